// Ids: made once by whoever saw the thing, so that sending it again is free. Pure but for randomness.

/** Characters of a visitor's and of a visit's id: 82 random bits for a visitor, 41 beside the time for a visit. */
const LENGTH = 16;

/** Random characters behind an event's time: they part two tabs of one visit in the same millisecond. */
const TAIL = 4;

const base36 = (number: number): string => number.toString(36);

/**
 * Random base36 text, a visitor's id: a pseudonym that says nothing about its bearer. Not crypto.randomUUID,
 * which is missing on plain http pages. The modulo favours four of the 36 characters by a seventh, which costs
 * less than one bit in sixteen characters.
 */
export const random = (length: number = LENGTH): string =>
  crypto.getRandomValues(new Uint8Array(length)).reduce((text, byte) => text + base36(byte % 36), '');

/** Begins with its time: ids that grow are inserted about twice as fast as random ones. */
export const visitId = (at: number): string => (base36(at) + random()).slice(0, LENGTH);

let last = 0;

/**
 * `<visit>.<time><random>`. Inside one page later ids are greater, even in the same millisecond or after
 * the clock stepped back: the id breaks the tie between events of one time.
 */
export const eventId = (visit: string, at: number): string => {
  last = Math.max(at, last + 1);
  return `${visit}.${base36(last)}${random(TAIL)}`;
};
