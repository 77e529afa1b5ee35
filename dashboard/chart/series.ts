// One number a day, from the answer's rows: the chosen series, the period before, and which day is not over.
import type { MetricsAnswer, Row, Totals } from '../../worker/metrics/question.ts';
import { type CardRate, RATES } from '../address.ts';
import { dayIn, listDays } from '../period.ts';
import type { SeriesName } from './shown.ts';

export interface Series {
  days: string[];
  /** Null where a rate is over nothing. */
  values: (number | null)[];
  /** The days and values of the period before, by position; empty without a comparison. */
  beforeDays: string[];
  before: (number | null)[];
  /** Position of the day that is not over, or -1. */
  open: number;
}

export const isRate = (name: string): name is CardRate => RATES.some((rate) => rate === name);

/** Minor units paid, in one currency: currencies are never added. */
export const grossOf = (totals: Totals, currency: string): number =>
  totals.money.find((one) => one.currency === currency)?.gross ?? 0;

const numberOf = (row: Row | undefined, name: SeriesName, currency: string): number | null => {
  if (isRate(name)) return row?.rates[name].value ?? null;
  if (row === undefined) return 0;
  return name === 'revenue' ? grossOf(row.totals, currency) : row.totals[name];
};

const read = (figures: Pick<MetricsAnswer, 'period' | 'rows'>, name: SeriesName, currency: string) => {
  const rows = new Map((figures.rows ?? []).map((row) => [row.key, row]));
  const days = listDays(figures.period);
  return { days, values: days.map((day) => numberOf(rows.get(day), name, currency)) };
};

export const seriesOf = (answer: MetricsAnswer, name: SeriesName, currency: string, now: number): Series => {
  const here = read(answer, name, currency);
  const before = answer.comparison === undefined ? null : read(answer.comparison, name, currency);
  const today = dayIn(answer.period.timezone, now);
  // Days that have not begun hold nothing, which is not the same as zero.
  const values = here.values.map((value, index) => ((here.days[index] ?? '') > today ? null : value));
  return {
    days: here.days,
    values,
    beforeDays: before?.days ?? [],
    before: before?.values ?? [],
    open: here.days.indexOf(today),
  };
};
