// The columns that rows of the metrics endpoint fill, in the order in which they stand.
import type { Row } from '../../worker/metrics/question.ts';
import { type CardRate, RATES, type Scope } from '../address.ts';
import { grossOf } from '../chart/series.ts';
import { t } from '../messages/index.tsx';
import { type Column, moneyIn } from './column.ts';

export type Figures = Pick<Row, 'totals' | 'rates'>;

/** The row of orders that no visitor is known for. */
export const UNATTRIBUTED = 'unattributed';

const rateColumn = (name: CardRate): Column<Figures> => ({
  name,
  kind: 'rate',
  label: () => t(`column.${name}`),
  long: () => t(`rate.${name}`),
  value: ({ rates }) => rates[name].value,
  rate: ({ rates }) => rates[name],
});

export const metricsColumns = (scope: Scope): readonly Column<Figures>[] => [
  {
    name: 'visitors',
    kind: 'count',
    label: () => t(`column.visitors.${scope}`),
    value: ({ totals }) => totals.visitors,
  },
  ...RATES.map(rateColumn),
  { name: 'orders', kind: 'count', label: () => t('column.orders'), value: ({ totals }) => totals.orders },
  {
    name: 'revenue',
    kind: 'money',
    label: () => t('column.revenue'),
    value: ({ totals }, currency) => grossOf(totals, currency),
  },
  {
    name: 'revenue_per_visitor',
    kind: 'money',
    label: () => t(`column.revenue_per_visitor.${scope}`),
    long: () => t(`money.revenue_per_visitor.${scope}`),
    value: ({ totals }, currency) =>
      moneyIn(totals, currency)?.revenue_per_visitor ?? (totals.visitors === 0 ? null : 0),
  },
];

/** What only the views of channels and pages show. */
export const AVERAGE_ORDER: Column<Figures> = {
  name: 'average_order_value',
  kind: 'money',
  label: () => t('money.average_order_value'),
  value: ({ totals }, currency) => moneyIn(totals, currency)?.average_order_value ?? null,
};

const OF_ORDERS: readonly string[] = ['orders', 'revenue', 'average_order_value', 'payment_rate'];

/** Unattributed orders have no visitors, so that nothing is counted of them but what is of orders. */
export const applies = (key: string, column: string): boolean =>
  key !== UNATTRIBUTED || OF_ORDERS.includes(column);
