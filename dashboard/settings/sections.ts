// The sections of the settings, in their order; each is a file of its own.
import { ACCESS } from './access/sections.ts';
import { KEEPING } from './keeping/sections.ts';
import type { SettingsSection } from './section.ts';
import { storeSection } from './store.tsx';

export const SECTIONS: readonly SettingsSection[] = [storeSection, ...ACCESS, ...KEEPING];
