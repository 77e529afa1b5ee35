// Counts of a period, read from visits and orders in one round trip. Formulas and rates are made downstream.
import type { D1Result } from '@cloudflare/workers-types';
import { type SQL, sql } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Env } from '../env.ts';
import {
  type Dimension,
  type Filter,
  isFiltered,
  joinTraits,
  passes,
  type Scope,
  traitKey,
  traits,
  UNATTRIBUTED,
} from './traits.ts';

/** Calendar groupings; a week begins on Monday. */
export const CALENDAR = ['day', 'week', 'month'] as const;
export type Grouping = Dimension | (typeof CALENDAR)[number];

/** Whole days, both included, as day numbers of the store's calendar. */
export interface Days {
  from: number;
  to: number;
}

export interface FiguresQuestion {
  scope: Scope;
  by?: Grouping | undefined;
  filter?: Filter | undefined;
}

/**
 * Distinct people (or visits, by scope) and what they did. `key` is a trait, a day number (of a week its Monday's), a
 * month such as 2026-11, or '' for all.
 */
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

/**
 * A visitor with any event in the period is a visitor of the period, and payments belong to the visit of their
 * order, so that facts are the days of visits and beside them the days of attributed orders and payments. Kept aside
 * only where they are read twice: a kept row is a row read.
 */
const facts = (
  store: number,
  { from, to }: Days,
  twice: boolean,
) => sql`facts as ${twice ? sql`materialized` : sql`not materialized`} (
      select visitor, visit, day, pages, inquiries, effective, inquiry, null as placed, 0 as paid
      from visits where store = ${store} and day between ${from} and ${to}
      union all
      select visitor, visit, day, 0, 0, 1, null, placed, 0
      from orders where store = ${store} and day between ${from} and ${to} and visitor is not null
      union all
      select visitor, visit, paid_day, 0, 0, 1, null, null, 1
      from orders where store = ${store} and paid_day between ${from} and ${to} and visitor is not null
    )`;

/** The grouping as a stretch of the calendar, or as a trait of whom it counts. */
function groupingOf(by: Grouping | undefined): { stretch: SQL; trait?: Dimension } {
  if (by === undefined) return { stretch: sql`''` };
  if (by === 'day') return { stretch: sql`day` };
  // Day 0 was a Thursday: its Monday was day -3.
  if (by === 'week') return { stretch: sql`day - (day + 3) % 7` };
  if (by === 'month') return { stretch: sql`strftime('%Y-%m', day * 86400, 'unixepoch')` };
  return { stretch: sql`''`, trait: by };
}

function unitsQuery(store: number, days: Days, { scope, by, filter }: FiguresQuestion): SQL {
  const { stretch, trait } = groupingOf(by);
  const unit = scope === 'visit' ? sql`visitor, visit, stretch` : sql`visitor, stretch`;
  const traited = trait !== undefined || isFiltered(filter);
  return sql`
    with ${facts(store, days, traited)},
    ${traited ? sql`seen as (select distinct visitor from facts), ${traits(store, scope, days.from)},` : sql``}
    in_visits as (
      select visitor, visit, ${stretch} as stretch, sum(pages) as pages, sum(inquiries) as inquiries,
        max(effective) as effective, min(inquiry) as inquiry, min(placed) as placed, max(paid) as paid
      from facts group by 1, 2, 3
    ),
    units as (
      select visitor, visit, stretch, count(visit) as visits, sum(pages) as pages, sum(inquiries) as inquiries,
        max(effective) as effective, max(paid) as paid, min(placed) is not null as bought,
        min(inquiry) is not null and (min(placed) is null or min(inquiry) < min(placed)) as consulting
      from in_visits ${scope === 'visit' ? sql`where visit is not null` : sql``} group by ${unit}
    )
    select ${trait ? traitKey(trait) : sql`u.stretch`} as key, count(*) as visitors, sum(u.effective) as effective,
      sum(u.consulting) as consulting, sum(u.bought) as buyers, sum(u.bought and u.consulting) as "consultingBuyers",
      sum(u.paid) as paying, sum(u.paid and u.consulting) as "consultingPaying",
      sum(u.visits) as visits, sum(u.pages) as pages, sum(u.inquiries) as inquiries
    from units u ${traited ? joinTraits(scope, sql`u`) : sql``} ${passes(filter, traitKey)} group by 1`;
}

function ordersQuery(store: number, { from, to }: Days, { scope, by, filter }: FiguresQuestion): SQL {
  const { stretch, trait } = groupingOf(by);
  const traited = trait !== undefined || isFiltered(filter);
  const keyOf = (dimension: Dimension) =>
    sql`case when o.visitor is null then ${UNATTRIBUTED} else ${traitKey(dimension)} end`;
  return sql`
    with of_period as (
      select * from orders where store = ${store} and day between ${from} and ${to}
    ),
    ${
      traited
        ? sql`seen as (select distinct visitor from of_period where visitor is not null), ${traits(store, scope, from)},`
        : sql``
    }
    placed as (
      select ${trait ? keyOf(trait) : stretch} as key, o.visitor, o.currency, o.value, o.paid_day, o.paid,
        o.paid_currency, o.refunded
      from of_period o ${traited ? joinTraits(scope, sql`o`) : sql``} ${passes(filter, keyOf)}
    ),
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

/** Days come as numbers, traits as text; keys are text. */
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
