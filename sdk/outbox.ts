// The write-ahead outbox: an event is on the device before it is on the wire, and leaves when it is acknowledged.
import type { WireEvent } from './event.ts';
import { box, KEY, keep, keysOf, target } from './storage.ts';

/** Events kept at most: about half a megabyte of the 5 MB that the whole shop may store. */
const CAPACITY = 1000;

/** How many events had to be dropped since a request last told it. */
export const DROPPED = 'tundish.d';

/**
 * One key an event, so that tabs never overwrite each other, and with the store in it, because what is meant for
 * one store must not reach another. Ids begin with their time, in digits, and those of orders and payments with
 * letters: what is last is sent first, what is first is dropped first.
 */
const keyOf = (id: string): string => `${KEY}:${target.store}:${id}`;

/** The keys of what waits: sales before others, younger before older. */
export const waiting = (): string[] => keysOf(box, keyOf('')).reverse();

/** Puts an event on the device, and drops what is too much. What waits under its id already stays as it is. */
export const put = (event: WireEvent): void => {
  const key = keyOf(event.id);
  if (!box[key]) keep(key, JSON.stringify(event));
  for (const key of waiting().slice(CAPACITY)) {
    // The smallest way to count up from undefined or text.
    keep(DROPPED, -~(box[DROPPED] as string));
    delete box[key];
  }
};
