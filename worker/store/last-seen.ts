// Where some visitors were last seen, and what lay in their carts: looked up for the few that a list shows.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { VISIT_OF } from './derive-sales.ts';

export interface LastSeen {
  visitor: string;
  /** The exit page of the latest visit; null where it viewed none. */
  page: string | null;
  /** When that visit ended, milliseconds since 1970. */
  at: number;
}

/** Of each its latest visit, by now. Who has no visit is left out. */
export async function lastSeenOf(
  env: Env,
  store: number,
  visitors: readonly string[],
): Promise<Map<string, LastSeen>> {
  // A bare column comes from the row that holds the maximum.
  const found = await drizzle(env.DB).all<LastSeen>(sql`
    with last as materialized (
      select w.value as visitor, (
        select max(v.day) from visits v indexed by visits_visitor where v.store = ${store} and v.visitor = w.value
      ) as day
      from json_each(${JSON.stringify([...new Set(visitors)])}) w
    )
    select l.visitor, v.exit as page, max(v.ended) as at from last l cross join visits v
    where v.store = ${store} and v.day = l.day and v.visitor = l.visitor group by l.visitor`);
  return new Map(found.map((one) => [one.visitor, one]));
}

export interface CartValue {
  visitor: string;
  /** Whole minor units. */
  value: number;
  currency: string;
}

/** What the pages said last of a cart, in the visits named; many say nothing. */
export async function cartValuesOf(
  env: Env,
  store: number,
  visits: readonly (readonly [visitor: string, visit: string])[],
): Promise<Map<string, CartValue>> {
  const said = sql`e.type in ('cart', 'checkout') and e.value is not null and e.visitor = t.visitor`;
  const found = await drizzle(env.DB).all<CartValue>(sql`
    with touched as materialized (
      select value->>0 as visitor, value->>1 as visit from json_each(${JSON.stringify(visits)})
    ),
    said as (
      select t.visitor, e.at, e.id, e.value, e.currency from touched t cross join events e
      where e.store = ${store} and e.id >= t.visit || '.' and e.id < t.visit || '/'
        and ${sql.raw(VISIT_OF)} = t.visit and ${said}
      union all
      select t.visitor, e.at, e.id, e.value, e.currency
      from touched t cross join events e indexed by events_apart
      where e.store = ${store} and e.visit = t.visit and e.apart = 1 and ${said}
    )
    select visitor, value, currency, max(printf('%015d', at) || id) from said group by visitor`);
  return new Map(found.map((one) => [one.visitor, one]));
}
