// One number a stretch of time, from the answer's rows: the chosen series, the one compared, and what is not over.
import type { MetricsAnswer, Row, Totals } from '../../worker/metrics/question.ts';
import { type CardRate, RATES } from '../address.ts';
import { type Days, dayIn } from '../period.ts';
import type { SeriesName } from './shown.ts';
import { placeOfNow, type Step } from './stretch.ts';

export interface Series {
  step: Step;
  period: Days;
  /** The hours, days, weeks or months of the period, as the endpoint names them. */
  keys: string[];
  /** Null where a rate is over nothing. */
  values: (number | null)[];
  /** What the period is compared with, place by place; null without a comparison. */
  before: { period: Days; keys: string[]; values: (number | null)[] } | null;
  /** Position of the stretch that is not over, or -1. */
  open: number;
}

export const isRate = (name: string): name is CardRate => RATES.some((rate) => rate === name);

/** Minor units paid, in one currency: currencies are never added. */
export const grossOf = (totals: Totals, currency: string): number =>
  totals.money.find((one) => one.currency === currency)?.gross ?? 0;

const numberOf = ({ rates, totals }: Row, name: SeriesName, currency: string): number | null => {
  if (isRate(name)) return rates[name].value;
  return name === 'revenue' ? grossOf(totals, currency) : totals[name];
};

type Figures = Pick<MetricsAnswer, 'period' | 'rows'>;

const read = ({ period, rows = [] }: Figures, name: SeriesName, currency: string) => ({
  period: { from: period.from, to: period.to },
  keys: rows.map(({ key }) => key),
  values: rows.map((row) => numberOf(row, name, currency)),
});

/** Whether a stretch has not begun: it holds nothing, which is not the same as zero. */
const isAhead = (key: string, step: Step, today: string, now: number): boolean =>
  step === 'hour' ? Date.parse(key) > now : step === 'month' ? key > today.slice(0, 7) : key > today;

export const seriesOf = (answer: MetricsAnswer, name: SeriesName, currency: string, now: number): Series => {
  const step = (answer.by ?? 'day') as Step;
  const here = read(answer, name, currency);
  const today = dayIn(answer.period.timezone, now);
  return {
    ...here,
    step,
    values: here.values.map((value, n) => (isAhead(here.keys[n] ?? '', step, today, now) ? null : value)),
    before: answer.comparison === undefined ? null : read(answer.comparison, name, currency),
    open: placeOfNow(here.keys, step, today, now),
  };
};
