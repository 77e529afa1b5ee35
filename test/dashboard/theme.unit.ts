// Both themes keep their contrasts: text 4.5:1, and 3:1 for lines that carry meaning (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../dashboard/styles/tokens.css', import.meta.url), 'utf8');
const valuesIn = (block: string) =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)].map(([, name, value]) => [name, value]),
  );

const [first = '', second = ''] = css.split(':root[data-theme="dark"]');
const light = valuesIn(first);
const THEMES: Record<string, Record<string, string | undefined>> = {
  light,
  dark: { ...light, ...valuesIn(second) },
};

/** WCAG's relative luminance of an sRGB colour. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
};

const TEXT = 4.5;
const LINE = 3;

describe.each(Object.keys(THEMES))('in the %s theme', (theme) => {
  const colour = (name: string): string => {
    const value = THEMES[theme]?.[name];
    if (value === undefined) throw new Error(`tokens.css has no colour --${name}.`);
    return value;
  };
  test.each<[string, string[], number]>([
    ['ink', ['page', 'surface', 'hover', 'consulting-faint', 'bad-tint'], TEXT],
    ['ink-soft', ['page', 'surface', 'hover'], TEXT],
    ['page', ['ink'], TEXT],
    ['consulting-text', ['surface', 'consulting-tint', 'consulting-faint'], TEXT],
    ['silent-text', ['surface', 'silent-tint', 'silent-faint'], TEXT],
    ['on-tone', ['silent'], TEXT],
    ['good', ['surface', 'hover'], TEXT],
    ['bad', ['page', 'surface', 'hover'], TEXT],
    ['line-strong', ['page', 'surface', 'hover'], LINE],
    ['ghost', ['surface'], LINE],
    ['consulting', ['page', 'surface', 'hover'], LINE],
    ['silent', ['page', 'surface', 'hover'], LINE],
    ['focus', ['page', 'surface', 'hover'], LINE],
  ])('%s stands out', (name, backgrounds, least) => {
    for (const background of backgrounds) {
      const found = contrast(colour(name), colour(background));
      expect(found, `--${name} on --${background}`).toBeGreaterThanOrEqual(least);
    }
  });
});
