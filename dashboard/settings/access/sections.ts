// The sections about who may see a store.
import type { SettingsSection } from '../section.ts';
import { accountSection } from './account.tsx';
import { membersSection } from './members.tsx';
import { sharesSection } from './shares.tsx';

export const ACCESS: readonly SettingsSection[] = [membersSection, sharesSection, accountSection];
