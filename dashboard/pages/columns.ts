// The columns of the pages seen, in the order in which they stand.
import type { PageRow } from '../../worker/metrics/pages-seen.ts';
import type { Scope } from '../address.ts';
import { t } from '../messages/index.tsx';
import { type Column, moneyIn } from '../table/column.ts';

export type Seen = Pick<PageRow, 'totals' | 'rates'>;

const after = (name: 'consult_rate' | 'visit_to_order_rate' | 'deal_conversion'): Column<Seen> => ({
  name,
  kind: 'rate',
  label: () => t(`pages.seen.${name}`),
  value: ({ rates }) => rates[name].value,
  rate: ({ rates }) => rates[name],
});

export const seenColumns = (scope: Scope): readonly Column<Seen>[] => [
  {
    name: 'visitors',
    kind: 'count',
    label: () => t(`pages.seen.visitors.${scope}`),
    value: ({ totals }) => totals.visitors,
  },
  { name: 'views', kind: 'count', label: () => t('pages.seen.views'), value: ({ totals }) => totals.views },
  { name: 'exits', kind: 'count', label: () => t('pages.seen.exits'), value: ({ totals }) => totals.exits },
  {
    name: 'exit_rate',
    kind: 'rate',
    label: () => t('pages.seen.exit_rate'),
    long: () => t('pages.seen.exit_rate.is'),
    value: ({ rates }) => rates.exit_rate.value,
    rate: ({ rates }) => rates.exit_rate,
  },
  after('consult_rate'),
  after('visit_to_order_rate'),
  after('deal_conversion'),
  {
    name: 'revenue_per_visitor',
    kind: 'money',
    label: () => t(`column.revenue_per_visitor.${scope}`),
    value: ({ totals }, currency) =>
      moneyIn(totals, currency)?.revenue_per_visitor ?? (totals.visitors === 0 ? null : 0),
  },
  { name: 'orders', kind: 'count', label: () => t('column.orders'), value: ({ totals }) => totals.orders },
  {
    name: 'revenue',
    kind: 'money',
    label: () => t('column.revenue'),
    value: ({ totals }, currency) => moneyIn(totals, currency)?.gross ?? 0,
  },
];
