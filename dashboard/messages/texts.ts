// The texts of the language on the screen: only that language travels.
import { signal } from '@preact/signals';
import { type Language, language, setLanguage } from '../state.ts';
import type { MessageKey, Text } from './en.ts';

export type Texts = Record<MessageKey, Text>;

const LOADERS: Record<Language, () => Promise<Texts>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
};

export const texts = signal<Texts>({} as Texts);

/** Awaited before the first drawing, so that no key is ever shown for its text. */
export const loadTexts = async (): Promise<void> => {
  texts.value = await LOADERS[language.value]();
};

/** The texts first, then the language: numbers and words change together. False where the texts do not come. */
export const speak = async (wanted: Language): Promise<boolean> => {
  const next = await LOADERS[wanted]().catch(() => null);
  if (next === null) return false;
  texts.value = next;
  setLanguage(wanted);
  return true;
};
