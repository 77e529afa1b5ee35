// What visitors did on which days, as a table `facts`: of a whole period, of some days with what came before, by hour.
import { type SQL, sql } from 'drizzle-orm';

/** A whole number in the statement itself: a bound one comes as a real, and divides like one. */
export function int(value: number): SQL {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number.`);
  return sql.raw(String(value));
}

/** Whole days, both included, as day numbers of the store's calendar. */
export interface Days {
  from: number;
  to: number;
}

/** Milliseconds since 1970 at which a day of the store begins. */
export type Midnights = readonly (readonly [day: number, at: number])[];

/** Hours of a day at most: 25 where summer time ends. */
export const HOURS_A_DAY = 25;
const HOUR = 3_600_000;

/**
 * Where facts are taken from.
 * `period`: every day from..to, and nothing before it matters.
 * `days`: the days that `asked` selects, and from `since` on what their visitors did before.
 * `hours`: a short period whose days are cut into hours, HOURS_A_DAY numbers a day counted from its first.
 */
export type Source =
  | ({ kind: 'period' } & Days)
  | { kind: 'days'; asked: SQL; since: number; until: number }
  | ({ kind: 'hours'; midnights: Midnights } & Days);

/**
 * A visitor with any event in the period is a visitor of the period, and payments belong to the visit of their order,
 * so that facts are the days of visits and beside them the days of attributed orders and payments.
 */
function ofPeriod(store: number, source: Source & { kind: 'period' }): SQL {
  const [placed, paid] = [datedRows(store, source, PLACED), datedRows(store, source, PAID)];
  return sql`facts as materialized (
      select visitor, visit, day, pages, inquiries, effective, inquiry, null as placed, 0 as paid
      from visits where store = ${store} and day between ${source.from} and ${source.to}
      union all
      select o.visitor, o.visit, o.day, 0, 0, 1, null, o.placed, 0 from ${placed.rows} and o.visitor is not null
      union all
      select o.visitor, o.visit, o.paid_day, 0, 0, 1, null, null, 1 from ${paid.rows} and o.visitor is not null
    ),
    seen as (
      select distinct visitor from facts
    )`;
}

function ofDays(store: number, source: Source & { kind: 'days' }): SQL {
  const { since, until } = source;
  const [placed, paid] = [datedRows(store, source, PLACED), datedRows(store, source, PAID)];
  return sql`seen as materialized (
      select v.visitor from asked a cross join visits v where v.store = ${store} and v.day = a.day
      union
      select o.visitor from ${placed.rows} and o.visitor is not null
      union
      select o.visitor from ${paid.rows} and o.visitor is not null
    ),
    facts as materialized (
      select v.visitor, v.visit, v.day, v.pages, v.inquiries, v.effective, v.inquiry, null as placed, 0 as paid
      from seen s cross join visits v indexed by visits_visitor
      where v.store = ${store} and v.visitor = s.visitor and v.day between ${since} and ${until}
      union all
      select * from (
        select o.visitor, o.visit, iif(act.value, o.paid_day, o.day) as day, 0, 0, 1, null,
          iif(act.value, null, o.placed), act.value
        from seen s cross join orders o indexed by orders_visitor cross join json_each('[0, 1]') act
        where o.store = ${store} and o.visitor = s.visitor
      ) where day between ${since} and ${until}
    )`;
}

/**
 * Orders, or refunds, dated by one of their days, as `o (…)` with `date`, the day or the hour that dates them. The
 * indexes are named, because the planner takes the whole key of a store for cheaper and reads it all.
 */
export function datedRows(
  store: number,
  source: Source,
  { table, index, day, at }: { table: string; index: string; day: string; at: string },
): { rows: SQL; date: SQL } {
  const [named, on] = [sql.raw(`${table} o indexed by ${index}`), sql.raw(`o.${day}`)];
  if (source.kind === 'period')
    return {
      rows: sql`${named} where o.store = ${store} and ${on} between ${source.from} and ${source.to}`,
      date: on,
    };
  return {
    rows: sql`asked a cross join ${named} where o.store = ${store} and ${on} = a.day`,
    date: source.kind === 'hours' ? hourOf(source, on, sql.raw(`o.${at}`)) : on,
  };
}

/** Where orders are found by the day of placing, and by the day of payment. */
export const PLACED = { table: 'orders', index: 'orders_day', day: 'day', at: 'at' };
export const PAID = { table: 'orders', index: 'orders_paid', day: 'paid_day', at: 'paid_at' };

/** The number of the hour of a day of `asked a (day, at)` in which a moment lies. */
const hourOf = ({ from }: Days, day: SQL, at: SQL): SQL =>
  sql`(${day} - ${int(from)}) * ${int(HOURS_A_DAY)} + (${at} - a.at) / ${int(HOUR)}`;

/** Hours are read from trails, whose texts are a number, a letter and, of an inquiry, its id; see trail.ts. */
function ofHours(store: number, source: Source & { kind: 'hours' }): SQL {
  const at = sql`v.start + cast(stop.value as integer)`;
  const what = sql`ltrim(stop.value, '0123456789')`;
  const [placed, paid] = [datedRows(store, source, PLACED), datedRows(store, source, PAID)];
  return sql`facts as materialized (
      select v.visitor, v.visit, ${hourOf(source, sql`v.day`, at)} as day, ${what} like 'v%' as pages,
        ${what} like 'i%' as inquiries, v.effective,
        case when ${what} like 'i%' then printf('%015d', ${at}) || substr(${what}, 2) end as inquiry,
        null as placed, 0 as paid
      from asked a cross join visits v cross join json_each(v.trail) stop
      where v.store = ${store} and v.day = a.day
      union all
      select o.visitor, o.visit, ${placed.date}, 0, 0, 1, null, o.placed, 0
      from ${placed.rows} and o.visitor is not null
      union all
      select o.visitor, o.visit, ${paid.date}, 0, 0, 1, null, null, 1
      from ${paid.rows} and o.visitor is not null
    ),
    seen as (
      select distinct visitor from facts
    )`;
}

/** The days asked for as a table `asked`, which everything else here is joined to; a period needs none. */
export function askedOf(source: Source): SQL {
  if (source.kind === 'period') return sql``;
  if (source.kind === 'days') return sql`asked as materialized (${source.asked}),`;
  return sql`asked as materialized (
      select value->>0 as day, value->>1 as at from json_each(${JSON.stringify(source.midnights)})
    ),`;
}

/** The tables `facts (visitor, visit, day, …)` and `seen (visitor)`; stands after `askedOf`. */
export function factsOf(store: number, source: Source): SQL {
  if (source.kind === 'period') return ofPeriod(store, source);
  if (source.kind === 'hours') return ofHours(store, source);
  return ofDays(store, source);
}

/** The condition that a day is asked for, of a table that also holds what came before. */
export const isAsked = (source: Source): SQL =>
  source.kind === 'days' ? sql`day in (select day from asked)` : sql`true`;
