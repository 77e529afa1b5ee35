// The texts of the language on the screen: only that language travels, and of it only what is shown.
import { signal } from '@preact/signals';
import { language, setLanguage } from '../state.ts';
import { type Language, LOADERS, type Part, type Texts } from './parts.ts';

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
