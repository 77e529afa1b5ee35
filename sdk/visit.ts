// Who is here: the visitor and the visit, shared by all tabs of the shop.
import { LIMITS, UNNAMED } from './event.ts';
import { newId } from './id.ts';
import { box, cookieless, KEY } from './storage.ts';

export type Visit = [visitor: string, visit: string, begins?: boolean];

/** The visit that an event at this time belongs to; a new one after a gap. */
export const visitAt = (at: number): Visit => {
  const [visitor = cookieless ? UNNAMED : newId(at), visit, last] = (box[KEY]?.split(' ') ?? []) as [
    visitor?: string,
    visit?: string,
    last?: string,
  ];
  // The absolute distance: a clock that was far ahead when it was last written must not hold a visit open.
  return Math.abs(at - (last as unknown as number)) < LIMITS.visitGap
    ? [visitor, visit as string]
    : [visitor, newId(at), true];
};
