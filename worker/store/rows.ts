// What lies on some days, row by row and a page at a time: visits with their trails, orders, payments, refunds.
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';

/** Rows of one read: some megabytes of trails. */
const PAGE = 10_000;

type Key = readonly (string | number)[];

/** All rows of a statement, a page at a time; it begins its columns with its key, and sorts by it. */
async function* paged<Row extends unknown[]>(
  env: Env,
  first: Key,
  statement: (after: Key) => SQL,
): AsyncGenerator<Row> {
  let after: Key | undefined = first;
  while (after) {
    const rows: Row[] = await drizzle(env.DB).values<Row>(statement(after));
    yield* rows;
    after = rows.length < PAGE ? undefined : (rows.at(-1)?.slice(0, first.length) as Key);
  }
}

export type VisitRow = [
  day: number,
  visitor: string,
  visit: string,
  start: number,
  trail: string,
  effective: number,
];

export const visitRows = (env: Env, store: number, { from, to }: Days) =>
  paged<VisitRow>(
    env,
    [from, '', ''],
    ([day, visitor, visit]) => sql`
      select day, visitor, visit, start, trail, effective from visits
      where store = ${store} and (day, visitor, visit) > (${day}, ${visitor}, ${visit}) and day <= ${to}
      order by day, visitor, visit limit ${PAGE}`,
  );

export type SaleRow = [day: number, order: string, visitor: string | null, visit: string | null, at: number];
export type RefundRow = [
  day: number,
  order: string,
  at: number,
  visitor: string | null,
  visit: string | null,
];

/** Orders by when they were placed. The partial indexes are named because the planner would read the key instead. */
export const placedRows = (env: Env, store: number, { from, to }: Days) =>
  paged<SaleRow>(
    env,
    [from, ''],
    ([day, order]) => sql`
      select day, order_id, visitor, visit, at from orders indexed by orders_day
      where store = ${store} and (day, order_id) > (${day}, ${order}) and day <= ${to}
      order by day, order_id limit ${PAGE}`,
  );

export const paidRows = (env: Env, store: number, { from, to }: Days) =>
  paged<SaleRow>(
    env,
    [from, ''],
    ([day, order]) => sql`
      select paid_day, order_id, visitor, visit, paid_at from orders indexed by orders_paid
      where store = ${store} and (paid_day, order_id) > (${day}, ${order}) and paid_day <= ${to}
      order by paid_day, order_id limit ${PAGE}`,
  );

/** Moments at which money was given back. */
export const refundedRows = (env: Env, store: number, { from, to }: Days) =>
  paged<RefundRow>(
    env,
    [from, '', 0],
    ([day, order, at]) => sql`
      select refunds.day, order_id, refunds.at, visitor, visit
      from refunds indexed by refunds_day cross join orders using (store, order_id)
      where store = ${store} and (refunds.day, order_id, refunds.at) > (${day}, ${order}, ${at})
        and refunds.day <= ${to} and refunds.value > 0
      order by refunds.day, order_id, refunds.at limit ${PAGE}`,
  );
