// The sections about who may see a store.
import type { SettingsSection } from '../section.ts';

export const ACCESS: readonly SettingsSection[] = [];
