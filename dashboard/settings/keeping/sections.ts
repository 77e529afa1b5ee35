// The sections about what is kept of a store, and for how long.
import type { SettingsSection } from '../section.ts';

export const KEEPING: readonly SettingsSection[] = [];
