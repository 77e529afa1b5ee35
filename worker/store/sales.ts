// Orders and money of each day, by the day of the order or by the days of its payment and refunds.
import { type SQL, sql } from 'drizzle-orm';
import { datedRows, isAsked, PAID, PLACED, type Source } from './facts.ts';
import { type MoneyDate, ORDER_CODES, PAYMENT_CODES } from './measures.ts';
import { NEVER, unitVisit } from './steps.ts';
import type { Scope } from './traits.ts';

const RETURNED = { table: 'refunds', index: 'refunds_day', day: 'day', at: 'at' };

/**
 * Units that paid, with the days that date it, each with the last such day before: of each currency, and under the
 * currency '' of any.
 */
function payersOf(store: number, scope: Scope, source: Source, date: MoneyDate): SQL {
  const sales = sql.raw(date === 'order' ? 'sales' : 'receipts');
  const column = sql.raw(date === 'order' ? 'o.day' : 'o.paid_day');
  // Of chosen days, what the same people did before counts too.
  const rows =
    source.kind === 'days'
      ? sql`(select distinct visitor from ${sales} where visitor is not null) s
          cross join orders o indexed by orders_visitor cross join json_each('["","own"]') c
          where o.store = ${store} and o.visitor = s.visitor and o.paid_day is not null
            and ${column} between ${source.since} and ${source.until}`
      : sql`${sales} o cross join json_each('["","own"]') c
          where o.visitor is not null and o.paid_day is not null`;
  return sql`select visitor, visit, day, currency,
        coalesce(lag(day) over (partition by visitor, visit, currency order by day), ${NEVER}) as low
      from (
        select distinct o.visitor, ${scope === 'visit' ? sql`o.visit` : sql`null`} as visit,
          ${source.kind === 'days' ? column : sql`o.date`} as day, iif(c.value = '', '', o.paid_currency) as currency
        from ${rows}
      )`;
}

const quoted = <T extends Record<string, string>>(codes: T) =>
  Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, sql.raw(`'${code}'`)])) as Record<
    keyof T,
    SQL
  >;

/** The amounts of one way to date, of what is paid and given back. */
function paidAmounts(store: number, scope: Scope, source: Source, date: MoneyDate): SQL {
  const unit = sql`visitor, ${unitVisit(scope)} as visit`;
  const paid = date === 'order' ? sql`sales where paid_day is not null` : sql`receipts`;
  const returned = datedRows(store, source, RETURNED);
  const codes = quoted(PAYMENT_CODES[date]);
  return sql`select ${unit}, date as day, ${codes.gross} as measure, paid_currency as currency, ${NEVER} as low,
        date as high, paid as n
      from ${paid}
      union all
      select ${unit}, date, ${codes.unattributedGross}, paid_currency, ${NEVER}, date, paid
      from (select * from ${paid}) where visitor is null
      union all
      ${
        date === 'order'
          ? sql`select ${unit}, date, ${codes.refunded}, paid_currency, ${NEVER}, date, refunded from ${paid}`
          : sql`select p.visitor, ${scope === 'visit' ? sql`p.visit` : sql`null`}, r.date,
              ${codes.refunded}, p.paid_currency, ${NEVER}, r.date, r.value
            from (select o.order_id, o.value, ${returned.date} as date from ${returned.rows}) r
            join orders p on p.store = ${store} and p.order_id = r.order_id where r.value > 0`
      }
      union all
      select visitor, visit, day, ${codes.payers}, currency, low, day, 1
      from (${payersOf(store, scope, source, date)}) where ${isAsked(source)}`;
}

/** Measures that have a row even where they are 0, because it names the currency of an order or a payment. */
const NAMING = [ORDER_CODES.orders, PAYMENT_CODES.order.gross, PAYMENT_CODES.payment.gross].map(
  (code) => sql`${code}`,
);

/**
 * The table `sums (visitor, visit, day, measure, currency, low, high, n)`, whose rows count as those of a measure in
 * steps.ts do; a null visitor is an order of nobody known.
 */
export function salesOf(store: number, scope: Scope, source: Source, dates: readonly MoneyDate[]): SQL {
  const placed = datedRows(store, source, PLACED);
  const paid = datedRows(store, source, PAID);
  const columns = sql`o.visitor, o.visit, o.value, o.currency, o.paid_day, o.paid, o.paid_currency, o.refunded`;
  const codes = quoted(ORDER_CODES);
  const parts = dates.map(
    (date) => sql` union all select * from (${paidAmounts(store, scope, source, date)})`,
  );
  return sql`sales as materialized (
      select ${placed.date} as date, ${columns} from ${placed.rows}
    ),
    ${
      dates.includes('payment')
        ? sql`receipts as materialized (select ${paid.date} as date, ${columns} from ${paid.rows}),`
        : sql``
    }
    amounts as (
      select visitor, ${unitVisit(scope)} as visit, date as day, m.value as measure, currency, ${NEVER} as low,
        date as high,
        case m.value when ${codes.orders} then 1 when ${codes.paidOrders} then paid_day is not null
          when ${codes.unattributed} then visitor is null when ${codes.value} then s.value end as n
      from sales s cross join json_each(${JSON.stringify(Object.values(ORDER_CODES))}) m
      ${sql.join(parts, sql``)}
    ),
    sums as materialized (
      select * from amounts where n > 0 or measure in (${sql.join(NAMING, sql`, `)})
    )`;
}
