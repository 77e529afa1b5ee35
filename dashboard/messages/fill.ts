// Fills a message's placeholders: the whole of the formatter, apart from the page so that it can be tested.
import type { Text } from './en.ts';

export type Values = Record<string, string | number>;

/** `{name}` becomes the value; numbers are written the language's way; `n` chooses the plural form. */
export const fill = (text: Text, values: Values, language: string): string => {
  const n = Number(values.n);
  const chosen =
    typeof text === 'string'
      ? text
      : new Intl.PluralRules(language).select(n) === 'one'
        ? text.one
        : text.other;
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
};
