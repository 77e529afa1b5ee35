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

/** A sentence about what has come since the last one; what was there when the page opened is no news. */
export const useNews = (answer: LiveAnswer): string => {
  const told = useRef({ spoken: 0, at: answer.at, text: '' });
  const { spoken, at, text } = told.current;
  if (answer.at - spoken < SPOKEN_MS) return text;
  const fresh = answer.latest.filter((one) => one.at > at);
  const [inquiries, orders, payments] = TOLD.map((type) => fresh.filter((one) => one.type === type).length);
  if (!inquiries && !orders && !payments) return text;
  told.current = {
    spoken: answer.at,
    at: answer.at,
    text: t('live.said', { inquiries: inquiries ?? 0, orders: orders ?? 0, payments: payments ?? 0 }),
  };
  return told.current.text;
};
