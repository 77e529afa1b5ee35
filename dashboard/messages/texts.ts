// The texts of the language on the screen: only that language travels, and of it only what is shown.
import { signal } from '@preact/signals';
import { type Language, language, setLanguage } from '../state.ts';
import type { en, Text } from './en.ts';
import type { setUpEn } from './set-up/en.ts';

export type MessageKey = keyof typeof en | keyof typeof setUpEn;
export type Texts = Record<MessageKey, Text>;

/** `main` comes with the page; the others with the views that need them. */
type Part = 'main' | 'set-up';

const LOADERS: Record<Language, Record<Part, () => Promise<Partial<Texts>>>> = {
  en: {
    main: async () => (await import('./en.ts')).en,
    'set-up': async () => (await import('./set-up/en.ts')).setUpEn,
  },
  'zh-CN': {
    main: async () => (await import('./zh-CN.ts')).zhCN,
    'set-up': async () => (await import('./set-up/zh-CN.ts')).setUpZhCN,
  },
};

/** What was asked for so far: another language needs all of it. */
const parts = new Set<Part>();

export const texts = signal<Texts>({} as Texts);

/** Awaited before the first drawing that needs them, so that no key is ever shown for its text. */
export const loadTexts = async (part: Part): Promise<void> => {
  parts.add(part);
  const spoken = language.value;
  const more = await LOADERS[spoken][part]();
  // If another language was chosen meanwhile, its texts are complete already.
  if (spoken === language.value) texts.value = { ...texts.value, ...more };
};

/** The texts first, then the language: numbers and words change together. False where the texts do not come. */
export const speak = async (wanted: Language): Promise<boolean> => {
  const all = await Promise.all([...parts].map((part) => LOADERS[wanted][part]())).catch(() => null);
  if (all === null) return false;
  texts.value = Object.assign({}, ...all);
  setLanguage(wanted);
  return true;
};
