// Who is here: the visitor and the visit, shared by all tabs of the shop.
import { LIMITS } from './event.ts';
import { random, visitId } from './id.ts';
import { box, keep } from './storage.ts';

const KEY = 'tundish';

/** `events` are those of this visit so far, in all tabs. */
export type Visit = [visitor: string, visit: string, events: number];

/** The visit that an event at this time belongs to; a new one after a gap, with no events yet. */
export const visitAt = (at: number): Visit => {
  const [visitor, visit, last, events] = (box[KEY] ?? '').split(' ') as [string, string, string, string];
  // The absolute distance: a clock that was far ahead when it was last written must not hold a visit open.
  return Math.abs(at - +last) < LIMITS.visitGap
    ? [visitor, visit, +events]
    : [visitor || random(), visitId(at), 0];
};

/** Counts one event in, so that the visit lives on, and returns the visit's id. */
export const touchVisit = (at: number): string => {
  const [visitor, visit, events] = visitAt(at);
  keep(KEY, `${visitor} ${visit} ${at} ${events + 1}`);
  return visit;
};
