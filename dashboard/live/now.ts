// What the last half hour looks like: asked for every few seconds unless it is paused, and spoken of now and then.
import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { getLive, type LiveAnswer } from '../api.ts';
import { asking } from '../asking.ts';
import { store } from '../data.ts';
import { t } from '../messages/index.tsx';
import { address } from '../state.ts';

const EVERY_MS = 5_000;
/** Screen readers hear of what is new at most so often: a shop that lives would never fall silent. */
const SPOKEN_MS = 30_000;

/** Whether the page stands still by its reader's wish. No link carries it. */
export const paused = signal(false);

export const live = asking(
  () =>
    address.value.view === 'live' && !paused.value && store.value !== null && store.value.first_event !== null
      ? { store: store.value.id }
      : null,
  (asked): Promise<LiveAnswer> => getLive(asked.store),
  EVERY_MS,
);

/** What nobody wants to miss. */
const TOLD = ['inquiry', 'order', 'payment'] as const;
type Told = (typeof TOLD)[number];

const isTold = ({ type }: LiveAnswer['latest'][number]): boolean => TOLD.includes(type as Told);
const nameOf = ({ type, at, visitor, order }: LiveAnswer['latest'][number]) =>
  JSON.stringify([type, at, visitor, order]);

/**
 * A sentence about what has come since the last one; what was there when the page opened is no news. Known by name and
 * not by time: what happens arrives some moments later.
 */
export const useNews = (answer: LiveAnswer): string => {
  const here = answer.latest.filter(isTold);
  const told = useRef({ at: 0, known: new Set(here.map(nameOf)), text: '' });
  const { at, known, text } = told.current;
  const fresh = here.filter((one) => !known.has(nameOf(one)));
  if (fresh.length === 0 || answer.at - at < SPOKEN_MS) return text;
  const many = (type: Told) => fresh.filter((one) => one.type === type).length;
  told.current = {
    at: answer.at,
    known: new Set(here.map(nameOf)),
    text: t('live.said', {
      inquiries: many('inquiry'),
      orders: many('order'),
      payments: many('payment'),
    }),
  };
  return told.current.text;
};
