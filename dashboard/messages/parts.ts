// All texts, in the parts in which they travel: `main` with the page, each other with the views that need it.
import type { accessEn } from './access/en.ts';
import type { channelsEn } from './channels/en.ts';
import type { en, Text } from './en.ts';
import type { funnelsEn } from './funnels/en.ts';
import type { keepingEn } from './keeping/en.ts';
import type { liveEn } from './live/en.ts';
import type { pagesEn } from './pages/en.ts';
import type { peopleEn } from './people/en.ts';
import type { setUpEn } from './set-up/en.ts';
import type { settingsEn } from './settings/en.ts';
import type { tablesEn } from './tables/en.ts';
import type { wordsEn } from './words/en.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export type MessageKey =
  | keyof typeof en
  | keyof typeof accessEn
  | keyof typeof channelsEn
  | keyof typeof funnelsEn
  | keyof typeof keepingEn
  | keyof typeof liveEn
  | keyof typeof pagesEn
  | keyof typeof peopleEn
  | keyof typeof setUpEn
  | keyof typeof settingsEn
  | keyof typeof tablesEn
  | keyof typeof wordsEn;
export type Texts = Record<MessageKey, Text>;

export const PARTS = [
  'main',
  'access',
  'channels',
  'funnels',
  'keeping',
  'live',
  'pages',
  'people',
  'set-up',
  'settings',
  'tables',
  'words',
] as const;
export type Part = (typeof PARTS)[number];

export const LOADERS: Record<Language, Record<Part, () => Promise<Partial<Texts>>>> = {
  en: {
    main: async () => (await import('./en.ts')).en,
    access: async () => (await import('./access/en.ts')).accessEn,
    channels: async () => (await import('./channels/en.ts')).channelsEn,
    funnels: async () => (await import('./funnels/en.ts')).funnelsEn,
    keeping: async () => (await import('./keeping/en.ts')).keepingEn,
    live: async () => (await import('./live/en.ts')).liveEn,
    pages: async () => (await import('./pages/en.ts')).pagesEn,
    people: async () => (await import('./people/en.ts')).peopleEn,
    'set-up': async () => (await import('./set-up/en.ts')).setUpEn,
    settings: async () => (await import('./settings/en.ts')).settingsEn,
    tables: async () => (await import('./tables/en.ts')).tablesEn,
    words: async () => (await import('./words/en.ts')).wordsEn,
  },
  'zh-CN': {
    main: async () => (await import('./zh-CN.ts')).zhCN,
    access: async () => (await import('./access/zh-CN.ts')).accessZhCN,
    channels: async () => (await import('./channels/zh-CN.ts')).channelsZhCN,
    funnels: async () => (await import('./funnels/zh-CN.ts')).funnelsZhCN,
    keeping: async () => (await import('./keeping/zh-CN.ts')).keepingZhCN,
    live: async () => (await import('./live/zh-CN.ts')).liveZhCN,
    pages: async () => (await import('./pages/zh-CN.ts')).pagesZhCN,
    people: async () => (await import('./people/zh-CN.ts')).peopleZhCN,
    'set-up': async () => (await import('./set-up/zh-CN.ts')).setUpZhCN,
    settings: async () => (await import('./settings/zh-CN.ts')).settingsZhCN,
    tables: async () => (await import('./tables/zh-CN.ts')).tablesZhCN,
    words: async () => (await import('./words/zh-CN.ts')).wordsZhCN,
  },
};
