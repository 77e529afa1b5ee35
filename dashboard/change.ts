// What changed between two periods, and whether chance alone could have done it.
import type { Rate } from '../worker/metrics/question.ts';

export interface Change {
  /** For a rate the difference of the two shares; for an amount the difference relative to before. */
  by: number;
  direction: 'up' | 'down' | 'same';
  /** Whether chance alone makes differences this large more often than one time in 20. */
  chance: boolean;
}

/** Two-sided 5 % of the normal distribution, the level of the intervals beside the rates. */
const Z_95 = 1.959963984540054;

/** Fewer expected successes or failures than this, and the normal approximation says nothing. */
const LEAST_EXPECTED = 5;

/** What rounds to nothing on the screen is called nothing: 0.005 points, 0.05 % of an amount. */
const NOTHING = { points: 0.000_05, relative: 0.000_5 } as const;

const directionOf = (by: number, kind: keyof typeof NOTHING): Change['direction'] =>
  Math.abs(by) < NOTHING[kind] ? 'same' : by > 0 ? 'up' : 'down';

/**
 * The difference of two rates with the pooled two-proportion z-test.
 * Null where either is a rate over nothing.
 */
export const rateChange = (now: Rate, before: Rate | undefined): Change | null => {
  if (before === undefined || now.value === null || before.value === null) return null;
  const by = now.value - before.value;
  const n = now.denominator;
  const m = before.denominator;
  const pooled = (now.numerator + before.numerator) / (n + m);
  const least = Math.min(n, m) * Math.min(pooled, 1 - pooled);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return {
    by,
    direction: directionOf(by, 'points'),
    chance: least < LEAST_EXPECTED || Math.abs(by) <= Z_95 * spread,
  };
};

/** The difference of two amounts relative to the earlier. Null where that was nothing. */
export const amountChange = (now: number, before: number | undefined): Change | null => {
  if (before === undefined || before === 0) return null;
  const by = (now - before) / before;
  return { by, direction: directionOf(by, 'relative'), chance: false };
};
