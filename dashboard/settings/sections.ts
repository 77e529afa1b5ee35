// The sections of the settings, in their order; each is a file of its own.
import { ACCESS } from './access/sections.ts';
import { channelRulesSection } from './channel-rules/section.tsx';
import { countingSection } from './counting.tsx';
import { KEEPING } from './keeping/sections.ts';
import { secretsSection } from './secrets/section.tsx';
import type { SettingsSection } from './section.ts';
import { storeSection } from './store.tsx';
import { tokensSection } from './tokens/section.tsx';

export const SECTIONS: readonly SettingsSection[] = [
  storeSection,
  countingSection,
  channelRulesSection,
  ...ACCESS,
  tokensSection,
  secretsSection,
  ...KEEPING,
];
