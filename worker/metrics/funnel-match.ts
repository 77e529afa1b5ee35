// How far somebody got in a funnel: the best attempt among everything they did. Pure.
import { beginsAt, stepsAt, timeOf } from '../store/moments.ts';

/**
 * `ordered`: each step after the one before. `strict`: with nothing else done between them. `any`: in any sequence.
 */
export const ORDERS = ['ordered', 'strict', 'any'] as const;

export interface Rules {
  /** How many steps there are. */
  steps: number;
  order: (typeof ORDERS)[number];
  /** Milliseconds from the event of step 1, in which all others must lie; the last of them still counts. */
  window: number;
}

/**
 * Milliseconds within which two events count as simultaneous: what happens at once is stamped by several clocks, and
 * batched events share one, so that an inquiry may seem to come before the page it was made on.
 */
export const TOGETHER = 2_000;

/** The times of the steps reached, milliseconds since 1970; its length says how many they are. */
export type Attempt = readonly number[];

/** The first place from which on all moments (or those a list points to) are at `time` or later. */
function firstFrom(length: number, timeAt: (n: number) => number, time: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The attempt that gets furthest, the earliest among equals; empty where nothing begins one.
 *
 * Each event of step 1 in the period begins an attempt. Each further step takes the earliest event that matches it, that
 * no step of this attempt has taken, and that lies within the window. Unless any order will do, it may be at most
 * TOGETHER before the step before it, and its time is then that step's: 2 s do not add up to a way back. Strict
 * funnels end where something else was done between two steps, more than TOGETHER away from both.
 *
 * @param moments in sequence, as moments.ts makes them. Costs n log n: who visits a shop chooses how much they do.
 */
export function bestAttempt(moments: readonly number[], { steps, order, window }: Rules): Attempt {
  const matching: number[][] = Array.from({ length: steps }, () => []);
  for (const [n, moment] of moments.entries()) {
    const bits = stepsAt(moment);
    for (let step = 0; bits >> step > 0; step++) if ((bits >> step) & 1) matching[step]?.push(n);
  }
  const timeAt = (n: number) => timeOf(moments[n] as number);

  const isSomethingBetween = (before: number, after: number) => {
    if (after - before <= 2 * TOGETHER) return false;
    const n = firstFrom(moments.length, timeAt, before + TOGETHER + 1);
    return n < moments.length && timeAt(n) < after - TOGETHER;
  };

  function attemptFrom(first: number): Attempt {
    const began = timeAt(first);
    const taken = [first];
    const times = [began];
    for (const list of matching.slice(1)) {
      const before = times.at(-1) as number;
      const since = order === 'any' ? began - window : before - TOGETHER;
      let n = firstFrom(list.length, (place) => timeAt(list[place] as number), since);
      while (n < list.length && taken.includes(list[n] as number)) n++;
      const event = list[n];
      if (event === undefined || timeAt(event) > began + window) break;
      const time = order === 'any' ? timeAt(event) : Math.max(timeAt(event), before);
      if (order === 'strict' && isSomethingBetween(before, time)) break;
      taken.push(event);
      times.push(time);
    }
    return times;
  }

  let best: Attempt = [];
  for (const first of matching[0] ?? []) {
    if (!beginsAt(moments[first] as number)) continue;
    const attempt = attemptFrom(first);
    if (attempt.length > best.length) best = attempt;
    if (best.length === steps) break;
  }
  return best;
}
