// Orders one by one: a stretch of a period's, the latest day first, and those of one visitor.
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';

export interface ListedOrder {
  order: string;
  day: number;
  /** Milliseconds since 1970; null while only its payment is known. */
  at: number | null;
  value: number | null;
  currency: string | null;
  paidAt: number | null;
  paid: number | null;
  paidCurrency: string | null;
  refunded: number;
  /** 1 when a server has confirmed the order, or its payment. */
  confirmed: number;
  paidConfirmed: number;
  /** What a browser alone claims above the store's bound: then `value`, or `paid`, is 0. */
  held: number | null;
  paidHeld: number | null;
  visitor: string | null;
  visit: string | null;
}

const COLUMNS = sql`order_id as "order", day, at, value, currency, paid_at as paidAt, paid, paid_currency as paidCurrency,
  refunded, confirmed, paid_confirmed as paidConfirmed, held,
  paid_held as paidHeld, visitor, visit`;

/** Where a list goes on: after this order of this day. */
export type OrderPlace = [day: number, order: string];

/** Text after every other: U+10FFFF sorts behind all that an order number may hold. */
const LAST = '\u{10ffff}';

/** Orders placed in the period, the latest day first; within a day by order number, which is how they are found. */
export function readOrders(
  env: Env,
  store: number,
  { from, to }: Days,
  after: OrderPlace | undefined,
  limit: number,
): Promise<ListedOrder[]> {
  const [day, order] = after ?? [to, LAST];
  return drizzle(env.DB).all<ListedOrder>(sql`
    select ${COLUMNS} from orders indexed by orders_day
    where store = ${store} and (day, order_id) < (${day}, ${order}) and day >= ${from}
    order by day desc, order_id desc limit ${limit}`);
}

/** Orders of one visitor that are looked through at most: nobody has more, and a forger learns nothing by it. */
const OF_VISITOR = 1_000;

const someOf = (values: readonly string[]): SQL =>
  sql`(select value from json_each(${JSON.stringify(values)}))`;

/** A visitor's orders that were made in these visits. */
export function ordersOfVisits(
  env: Env,
  store: number,
  visitor: string,
  visits: readonly string[],
): Promise<ListedOrder[]> {
  return drizzle(env.DB).all<ListedOrder>(sql`
    select * from (
      select ${COLUMNS} from orders indexed by orders_visitor
      where store = ${store} and visitor = ${visitor} limit ${OF_VISITOR}
    ) where visit in ${someOf(visits)}`);
}

/** What was given back of some orders, and when; whole minor units of the payment's currency. */
export function refundsOf(
  env: Env,
  store: number,
  orders: readonly string[],
): Promise<{ order: string; at: number; value: number }[]> {
  return drizzle(env.DB).all(sql`
    select r.order_id as "order", r.at, r.value
    from json_each(${JSON.stringify(orders)}) o cross join refunds r
    where r.store = ${store} and r.order_id = o.value and r.value > 0 limit ${OF_VISITOR}`);
}
