// Counts of a period, read from visits and orders in one round trip. Formulas and rates are made downstream.
import type { D1Result } from '@cloudflare/workers-types';
import { type SQL, sql } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Env } from '../env.ts';

export type Scope = 'visitor' | 'visit';
export type Grouping = 'channel' | 'day';

/** Whole days, both included, as day numbers of the store's calendar. */
export interface Days {
  from: number;
  to: number;
}

export interface FiguresQuestion {
  scope: Scope;
  by?: Grouping | undefined;
}

/** Distinct people (or visits, by scope) and what they did; `key` is a channel, a day number, or '' for all. */
export interface UnitCounts {
  key: string;
  visitors: number;
  effective: number;
  consulting: number;
  buyers: number;
  consultingBuyers: number;
  paying: number;
  consultingPaying: number;
  visits: number;
  pages: number;
  inquiries: number;
}

/** Orders placed in the period, by the currency of the order or of its payment; whole minor units. */
export interface OrderCounts {
  key: string;
  currency: string;
  orders: number;
  paidOrders: number;
  unattributed: number;
  value: number;
  gross: number;
  refunded: number;
  /** Of `gross`, what was paid by known visitors, and how many they are. */
  attributedGross: number;
  payers: number;
}

export interface Figures {
  units: UnitCounts[];
  orders: OrderCounts[];
}

/** A direct visit inherits the visitor's last other channel for this long. */
const INHERITED_FOR = 30 * 86_400_000;

/**
 * The channel of each person, or of each of their visits, of some people: `seen (visitor)`. One pass over a person's
 * visits however many there are; a browser chooses its visitor id, so that nothing here may grow with its square.
 */
const channels = (store: number, scope: Scope) =>
  scope === 'visitor'
    ? sql`channels as materialized (
      select s.visitor, (
        select f.channel from visits f indexed by visits_visitor where f.store = ${store} and f.visitor = s.visitor
        order by f.day, f.start, f.visit limit 1) as channel
      from seen s
    )`
    : sql`of_visits as (
      select v.visitor, v.visit, v.start, v.channel
      from seen s cross join visits v indexed by visits_visitor
      where v.store = ${store} and v.visitor = s.visitor group by v.visitor, v.visit
    ),
    until_now as (
      select visitor, visit, start, channel, max(
        case when channel <> 'direct' then printf('%015d', start) || visit || ' ' || channel end
      ) over (partition by visitor order by start, visit) as last
      from of_visits
    ),
    channels as materialized (
      select visitor, visit, case
        when channel <> 'direct' then channel
        when cast(substr(last, 1, 15) as integer) >= start - ${INHERITED_FOR} then substr(last, instr(last, ' ') + 1)
        else 'direct' end as channel
      from until_now
    )`;

/** The channel of a unit's or an order's owner, found in `channels`. */
const channelOf = (scope: Scope, owner: SQL) =>
  scope === 'visitor'
    ? sql`coalesce((select c.channel from channels c where c.visitor = ${owner}.visitor), 'direct')`
    : sql`coalesce((
        select c.channel from channels c where c.visitor = ${owner}.visitor and c.visit = ${owner}.visit), 'direct')`;

/**
 * A visitor with any event in the period is a visitor of the period, and payments belong to the visit of their
 * order, so that facts are the days of visits and beside them the days of attributed orders and payments.
 */
const facts = (store: number, { from, to }: Days) => sql`facts as materialized (
      select visitor, visit, day, pages, inquiries, effective, inquiry, null as placed, 0 as paid
      from visits where store = ${store} and day between ${from} and ${to}
      union all
      select visitor, visit, day, 0, 0, 1, null, placed, 0
      from orders where store = ${store} and day between ${from} and ${to} and visitor is not null
      union all
      select visitor, visit, paid_day, 0, 0, 1, null, null, 1
      from orders where store = ${store} and paid_day between ${from} and ${to} and visitor is not null
    )`;

function unitsQuery(store: number, days: Days, { scope, by }: FiguresQuestion): SQL {
  const bucket = by === 'day' ? sql`day` : sql`''`;
  const unit = scope === 'visit' ? sql`visitor, visit, bucket` : sql`visitor, bucket`;
  const key = by === 'channel' ? channelOf(scope, sql`u`) : sql`u.bucket`;
  const named =
    by === 'channel' ? sql`, seen as (select distinct visitor from facts), ${channels(store, scope)}` : sql``;
  return sql`
    with ${facts(store, days)}${named},
    in_visits as (
      select visitor, visit, ${bucket} as bucket, sum(pages) as pages, sum(inquiries) as inquiries,
        max(effective) as effective, min(inquiry) as inquiry, min(placed) as placed, max(paid) as paid
      from facts group by 1, 2, 3
    ),
    units as (
      select visitor, visit, bucket, count(visit) as visits, sum(pages) as pages, sum(inquiries) as inquiries,
        max(effective) as effective, max(paid) as paid, min(placed) is not null as bought,
        min(inquiry) is not null and (min(placed) is null or min(inquiry) < min(placed)) as consulting
      from in_visits ${scope === 'visit' ? sql`where visit is not null` : sql``} group by ${unit}
    )
    select ${key} as key, count(*) as visitors, sum(effective) as effective, sum(consulting) as consulting,
      sum(bought) as buyers, sum(bought and consulting) as "consultingBuyers",
      sum(paid) as paying, sum(paid and consulting) as "consultingPaying",
      sum(visits) as visits, sum(pages) as pages, sum(inquiries) as inquiries
    from units u group by 1`;
}

function ordersQuery(store: number, { from, to }: Days, { scope, by }: FiguresQuestion): SQL {
  const key =
    by === 'day'
      ? sql`o.day`
      : by === 'channel'
        ? sql`case when o.visitor is null then 'unattributed' else ${channelOf(scope, sql`o`)} end`
        : sql`''`;
  const named =
    by === 'channel'
      ? sql`, seen as (select distinct visitor from of_period where visitor is not null), ${channels(store, scope)}`
      : sql``;
  return sql`
    with of_period as (
      select * from orders where store = ${store} and day between ${from} and ${to}
    )${named},
    placed as (select ${key} as key, o.* from of_period o),
    amounts as (
      select key, currency, 1 as orders, paid_day is not null as paid, visitor is null as unattributed, value,
        0 as gross, 0 as refunded, null as payer, 0 as attributed
      from placed
      union all
      select key, paid_currency, 0, 0, 0, 0, paid, refunded, visitor, case when visitor is null then 0 else paid end
      from placed where paid_day is not null
    )
    select key, currency, sum(orders) as orders, sum(paid) as "paidOrders", sum(unattributed) as unattributed,
      sum(value) as value, sum(gross) as gross, sum(refunded) as refunded,
      sum(attributed) as "attributedGross", count(distinct payer) as payers
    from amounts group by 1, 2 order by 1, sum(orders) desc, 2`;
}

const dialect = new SQLiteAsyncDialect();

/** Drizzle's own batch takes no raw SQL, so that the statement is made by hand from what drizzle composed. */
function prepare(env: Env, query: SQL) {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return env.DB.prepare(text).bind(...params);
}

/** Days come as numbers, channels as text; keys are text. */
const keyed = <T extends { key: string }>({ results }: D1Result<T>): T[] =>
  results.map((row) => ({ ...row, key: String(row.key) }));

/** Answers several questions about a store at once, in the order they were asked. */
export async function readFigures(
  env: Env,
  store: number,
  questions: readonly (FiguresQuestion & Days)[],
): Promise<Figures[]> {
  const results = await env.DB.batch(
    questions.flatMap((question) => [
      prepare(env, unitsQuery(store, question, question)),
      prepare(env, ordersQuery(store, question, question)),
    ]),
  );
  return questions.map((_, index) => ({
    units: keyed(results[index * 2] as D1Result<UnitCounts>),
    orders: keyed(results[index * 2 + 1] as D1Result<OrderCounts>),
  }));
}
