// Chance that is the same every time: what made-up traffic is drawn from.

/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** mulberry32: a small generator that is good enough to spread visitors, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list, each as likely. */
export const oneOf = <T>(random: Random, list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
