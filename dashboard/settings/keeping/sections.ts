// The sections about what is kept of a store, and for how long.
import type { SettingsSection } from '../section.ts';
import { budgetSection } from './budget.tsx';
import { deleteSection } from './delete.tsx';
import { eraseSection } from './erase.tsx';
import { exportSection } from './export.tsx';
import { retentionSection } from './retention.tsx';

export const KEEPING: readonly SettingsSection[] = [
  budgetSection,
  retentionSection,
  eraseSection,
  exportSection,
  deleteSection,
];
