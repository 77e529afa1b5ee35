// The money of the period: a ledger for each currency, never one added to another.
import type { Money } from '../../worker/metrics/question.ts';
import type { MetricsAnswer } from '../api.ts';
import { amountChange } from '../change.ts';
import { f, t } from '../messages/index.tsx';
import { Delta } from '../parts/delta.tsx';
import { Empty } from '../parts/empty.tsx';
import './money.css';

const LINES = [
  'order_value',
  'gross',
  'refunded',
  'net',
  'average_order_value',
  'paid_per_buyer',
  'revenue_per_visitor',
] as const satisfies readonly (keyof Money)[];
type LineName = (typeof LINES)[number];

interface LineProps {
  name: LineName;
  money: Money;
  before: Money | undefined;
  scope: MetricsAnswer['scope'];
}

const Line = ({ name, money, before, scope }: LineProps) => {
  const value = money[name];
  const earlier = before?.[name];
  const [called, is] =
    name === 'revenue_per_visitor'
      ? ([`money.${name}.${scope}`, `money.${name}.${scope}.is`] as const)
      : ([`money.${name}`, `money.${name}.is`] as const);
  return (
    <div class={`money-line is-${name}`}>
      <dt>
        {t(called)}
        <span class="money-is">{t(is, { n: money.orders })}</span>
      </dt>
      <dd>
        <span class="money-value" data-test={`money-${name}-${money.currency}`} data-value={value ?? ''}>
          {value === null ? '–' : f().money(value, money.currency, money.digits)}
        </span>
        {before !== undefined && value !== null && (
          <Delta
            change={amountChange(value, earlier ?? undefined)}
            kind="relative"
            good={name === 'refunded' ? 'down' : 'up'}
            brief
          />
        )}
      </dd>
    </div>
  );
};

export const MoneyLedger = ({ answer }: { answer: MetricsAnswer }) => {
  const { money } = answer.totals;
  if (money.length === 0) return <Empty title={t('money.none')}>{t('money.none.hint')}</Empty>;
  const before = new Map((answer.comparison?.totals.money ?? []).map((one) => [one.currency, one]));
  return (
    <>
      {money.map((one) => (
        <section
          key={one.currency}
          class="ledger"
          data-test={`money-${one.currency}`}
          aria-label={f().currency(one.currency)}
        >
          {money.length > 1 && <h3>{f().currency(one.currency)}</h3>}
          <dl>
            {LINES.map((name) => (
              <Line
                key={name}
                name={name}
                money={one}
                before={before.get(one.currency)}
                scope={answer.scope}
              />
            ))}
          </dl>
        </section>
      ))}
      {money.length > 1 && <p class="table-notes">{t('money.apart')}</p>}
    </>
  );
};
