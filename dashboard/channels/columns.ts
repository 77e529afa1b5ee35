// The columns of the channel table: what each reads from a row, how it is written, compared and sorted.
import type { Rate, Row } from '../../worker/metrics/question.ts';
import { type CardRate, RATES } from '../address.ts';
import { amountChange, type Change, rateChange } from '../change.ts';
import { grossOf } from '../chart/series.ts';
import type { ColumnName, Sorting } from './sorting.ts';

export type Figures = Pick<Row, 'totals' | 'rates'>;

/** The row of orders that no visitor is known for. */
export const UNATTRIBUTED = 'unattributed';

export interface Column {
  name: Exclude<ColumnName, 'channel'>;
  kind: 'count' | 'rate' | 'money';
  /** Null where there is nothing to say: a rate over nothing. */
  value: (figures: Figures, currency: string) => number | null;
  change: (now: Figures, before: Figures | undefined, currency: string) => Change | null;
  /** The rate behind it, for its interval. */
  rate?: (figures: Figures) => Rate;
}

const rateColumn = (name: CardRate): Column => ({
  name,
  kind: 'rate',
  value: ({ rates }) => rates[name].value,
  change: (now, before) => rateChange(now.rates[name], before?.rates[name]),
  rate: ({ rates }) => rates[name],
});

const amountColumn = (
  name: Column['name'],
  kind: 'count' | 'money',
  value: (figures: Figures, currency: string) => number | null,
): Column => ({
  name,
  kind,
  value,
  change: (now, before, currency) => {
    const here = value(now, currency);
    const there = before === undefined ? null : value(before, currency);
    return here === null || there === null ? null : amountChange(here, there);
  },
});

export const COLUMN_LIST: readonly Column[] = [
  amountColumn('visitors', 'count', ({ totals }) => totals.visitors),
  ...RATES.map(rateColumn),
  amountColumn('orders', 'count', ({ totals }) => totals.orders),
  amountColumn('revenue', 'money', ({ totals }, currency) => grossOf(totals, currency)),
  amountColumn(
    'revenue_per_visitor',
    'money',
    ({ totals }, currency) =>
      totals.money.find((one) => one.currency === currency)?.revenue_per_visitor ??
      (totals.visitors === 0 ? null : 0),
  ),
];

/** Unattributed orders have no visitors, so that nothing is counted of them but orders and money. */
export const applies = (key: string, column: Column): boolean =>
  key !== UNATTRIBUTED || column.name === 'orders' || column.name === 'revenue';

/** Rows as the address asks: nothing last whichever way, unattributed under everything. */
export const sortRows = (
  rows: readonly Row[],
  sort: Sorting,
  currency: string,
  nameOf: (key: string) => string,
): Row[] => {
  const sign = sort.down ? -1 : 1;
  const column = COLUMN_LIST.find((one) => one.name === sort.column);
  const compare = (a: Row, b: Row): number => {
    if (column === undefined) return sign * nameOf(a.key).localeCompare(nameOf(b.key));
    const left = column.value(a, currency);
    const right = column.value(b, currency);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right) || b.totals.visitors - a.totals.visitors;
  };
  return [...rows].sort(
    (a, b) => Number(a.key === UNATTRIBUTED) - Number(b.key === UNATTRIBUTED) || compare(a, b),
  );
};
