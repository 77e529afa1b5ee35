// A column of a table of figures: what it reads from a row, how that is written, compared and sorted.
import type { Money, Rate } from '../../worker/metrics/question.ts';
import { amountChange, type Change, rateChange } from '../change.ts';

export interface Column<F> {
  name: string;
  kind: 'count' | 'rate' | 'money';
  /** In the reader's language, as it is when the heading is drawn. */
  label: () => string;
  /** The whole name, where the label is short. */
  long?: () => string;
  /** Null where there is nothing to say: a rate over nothing. */
  value: (figures: F, currency: string) => number | null;
  /** The rate behind it, for its interval. */
  rate?: (figures: F) => Rate;
}

/** Since another period: of rates with a test for chance. */
export const changeOf = <F>(
  { value, rate }: Column<F>,
  now: F,
  before: F | undefined,
  currency: string,
): Change | null => {
  if (before === undefined) return null;
  if (rate !== undefined) return rateChange(rate(now), rate(before));
  const [here, there] = [value(now, currency), value(before, currency)];
  return here === null || there === null ? null : amountChange(here, there);
};

/** Amounts in one currency: currencies are never added. */
export const moneyIn = ({ money }: { money: readonly Money[] }, currency: string): Money | undefined =>
  money.find((one) => one.currency === currency);
