// Whether two shares differ by more than chance, among several that are looked at together. Pure.

/** Fewer expected successes or failures than this on either side, and the test says nothing (W. G. Cochran, 1954). */
export const LEAST_EXPECTED = 5;

/** How often chance alone may mark something, at most, in all that is looked at together. */
export const LEVEL = 0.05;

/** Where the series of erfc loses digits to cancellation and the continued fraction has gained them all. */
const SERIES_UNTIL = 2.5;
/** More than the fraction needs at SERIES_UNTIL for all digits of a double. */
const DEPTH = 80;

/**
 * The complementary error function for x >= 0, to about 12 digits: the series 7.1.6 and the continued fraction 7.1.14 of
 * Abramowitz and Stegun (1964). Small values keep their digits.
 */
export function erfc(x: number): number {
  if (x < SERIES_UNTIL) {
    let [term, sum] = [x, x];
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let rest = x;
  for (let n = DEPTH; n > 0; n--) rest = x + n / 2 / rest;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / rest;
}

export interface Share {
  numerator: number;
  denominator: number;
}

/**
 * The two-sided p of two independent shares by the pooled two-proportion z-test (the chi-squared test of their four
 * numbers, without correction for continuity). Null where fewer than LEAST_EXPECTED successes or failures are expected
 * of either: there the normal distribution is no approximation, and there is too little data for any answer.
 */
export function differenceP(one: Share, other: Share): number | null {
  const [n, m] = [one.denominator, other.denominator];
  if (n === 0 || m === 0) return null;
  const pooled = (one.numerator + other.numerator) / (n + m);
  if (Math.min(n, m) * Math.min(pooled, 1 - pooled) < LEAST_EXPECTED) return null;
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  const z = Math.abs(one.numerator / n - other.numerator / m) / spread;
  return erfc(z / Math.SQRT2);
}

/**
 * Corrects p-values for being looked at together (S. Holm, 1979, Scandinavian Journal of Statistics 6:65-70): with all
 * below LEVEL marked, chance alone marks any at all at most that often, however they depend on each other. What is null
 * was not tested, stays null, and does not count.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const tested = ps
    .map((p, place) => ({ p, place }))
    .filter((one): one is { p: number; place: number } => one.p !== null)
    .sort((a, b) => a.p - b.p);
  const corrected: (number | null)[] = ps.map(() => null);
  let most = 0;
  for (const [n, { p, place }] of tested.entries()) {
    most = Math.max(most, Math.min(1, p * (tested.length - n)));
    corrected[place] = most;
  }
  return corrected;
}
