// Each row of a question beside all others together: the difference of every rate, and whether chance explains it.
import { type AgainstRest, RATE_NAMES, type Rate, type RateDifference, type Rates } from './question.ts';
import { rateOf } from './rates.ts';
import { differenceP, holm, LEVEL } from './significance.ts';

/** A unit has one trait, so that what is not in a row is the total without it. */
const restOf = (total: Rate, row: Rate): Rate =>
  rateOf(total.numerator - row.numerator, total.denominator - row.denominator);

function verdictOf(difference: number | null, p: number | null): RateDifference['verdict'] {
  if (difference === null || p === null) return 'too_little_data';
  if (p >= LEVEL) return 'chance';
  return difference > 0 ? 'higher' : 'lower';
}

/** For each row the rest of the total; the rows of one rate are tested together. */
export function againstRest(rows: readonly Rates[], total: Rates): AgainstRest[] {
  const differences = RATE_NAMES.map((name) => {
    const rests = rows.map((row) => restOf(total[name], row[name]));
    const adjusted = holm(rows.map((row, n) => differenceP(row[name], rests[n] as Rate)));
    return rows.map((row, n): RateDifference => {
      const rest = rests[n] as Rate;
      const here = row[name].value;
      const difference = here === null || rest.value === null ? null : here - rest.value;
      const p = adjusted[n] ?? null;
      return { rest, difference, p, verdict: verdictOf(difference, p) };
    });
  });
  return rows.map(
    (_, n) =>
      Object.fromEntries(RATE_NAMES.map((name, rate) => [name, differences[rate]?.[n]])) as AgainstRest,
  );
}
