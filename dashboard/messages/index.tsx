// Texts and numbers in the language of the page: t() for a string, f() for formats, <Rich> where parts of it are elements.
import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { makeFormat } from '../format.ts';
import { locale } from '../state.ts';
import { fill, type Values } from './fill.ts';
import type { MessageKey } from './parts.ts';
import { texts } from './texts.ts';

/** Reading the signal makes whoever renders the text render again when the language changes. */
export const t = (key: MessageKey, values: Values = {}): string =>
  fill(texts.value[key], values, locale.value);

const format = computed(() => makeFormat(locale.value));
/** Numbers, money and days as the page's language writes them. */
export const f = () => format.value;

const isKey = (key: string): key is MessageKey => key in texts.value;
/** For keys made from the server's words: null where there is no text for one. */
export const tMaybe = (key: string): string | null => (isKey(key) ? t(key) : null);

interface RichProps {
  text: MessageKey;
  /** Chooses the plural form. */
  n?: number;
  parts: Record<string, ComponentChildren>;
}

export const Rich = ({ text, n, parts }: RichProps) => (
  <>
    {t(text, n === undefined ? {} : { n })
      .split(/(\{\w+\})/)
      .map((piece) => parts[piece.slice(1, -1)] ?? piece)}
  </>
);
