// The write-ahead outbox: an event is on the device before it is on the wire, and leaves when it is acknowledged.
import type { WireEvent, WireEventOf } from './event.ts';
import { box, keep, target } from './storage.ts';

// One key an event, so that tabs never overwrite each other. The value is the event's rank and its JSON. The
// JSON begins with `at`, so plain text order is: guards, ordinary events by age, sales by age. What is last in
// that order is sent first; what is first is dropped first.
const GUARD = '0';
const ORDINARY = '1';
const SALE = '2';

/** Events kept at most: about half a megabyte of the 5 MB that the whole shop may store. */
const CAPACITY = 1000;

/** UTF-16 units of one request: three bytes each at worst, that stays under LIMITS.bytes. */
const BATCH_LENGTH = 16_000;

/** The key of an event; what is meant for one store must not reach another. */
const keyOf = (id: string): string => `tundish:${target.store}:${id}`;

const textOf = (key: string): string => box[key] as string;

const sorted = (): string[] =>
  Object.keys(box)
    .filter((key) => key.startsWith(keyOf('')))
    .sort((a, b) => (textOf(a) < textOf(b) ? 1 : -1));

/** Orders and payments have an id of their own, made from the order number; no other id has a colon. */
const isShared = (id: string): boolean => id.includes(':');

/** Whether this browser has the event already, waiting or delivered. */
export const recorded = (id: string): boolean => keyOf(id) in box;

export const put = (event: WireEvent): void => {
  const { id, type } = event;
  keep(keyOf(id), (isShared(id) || type === 'refund' ? SALE : ORDINARY) + JSON.stringify(event));
  for (const key of sorted().slice(CAPACITY)) delete box[key];
};

/** The keys of the next ones to send: sales before others, younger before older. */
export const nextKeys = (most: number, except: string[]): string[] => {
  let length = 0;
  return sorted()
    .filter((key) => {
      const text = textOf(key);
      if (text < ORDINARY || except.includes(key)) return false;
      length += text.length;
      return length < BATCH_LENGTH || length === text.length;
    })
    .slice(0, most);
};

/** Events as the wire has them. */
export const eventsOf = (keys: string[]): string => `${keys.map((key) => textOf(key).slice(1))}`;

/** Takes the items out of an order; false when there are none. */
export const lighten = (key: string): boolean => {
  const { items, ...rest } = JSON.parse(textOf(key).slice(1)) as WireEventOf<'order'>;
  if (items) keep(key, SALE + JSON.stringify(rest));
  return !!items;
};

/**
 * Ends the wait of one event. `refused` is the text that names the refused ones, or undefined when all are.
 * What the collector keeps under an order's own id leaves a guard in its place, by the same write: a reloaded
 * thank-you page finds it. A refused order leaves none and may be mended.
 */
export const settle = (key: string, refused?: string): void => {
  const id = key.slice(keyOf('').length);
  if (isShared(id) && refused && !refused.includes(JSON.stringify(id))) keep(key, GUARD);
  else delete box[key];
};
