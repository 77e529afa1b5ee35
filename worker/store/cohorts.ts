// How soon those who consulted in a period bought, read from visits and orders in one statement.
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { type Dimension, type Filter, isFiltered, joinTraits, passes, traitKey, traits } from './traits.ts';

/** What a consulting visitor has time for: days after the day of their inquiry, of the store's calendar. */
export const WINDOWS = { same_day: 0, next_day: 1, seven_days: 7 } as const;
const NAMES = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];

export interface CohortsQuestion extends Days {
  /** What makes a buyer: placing an order, or the first payment of one. */
  basis: 'order' | 'payment';
  /** A trait of the visitor, or the day of their inquiry. */
  by?: Dimension | 'day' | undefined;
  filter: Filter;
}

/** One cohort: who consulted, and how many of them bought within each window, and ever. */
export type CohortCounts = Record<keyof typeof WINDOWS | 'final', number> & {
  /** A trait, a day number, or '' for all. */
  key: string;
  visitors: number;
};

/**
 * Who consulted in the period, dated by their first inquiry in it (SQLite takes the bare column `day` from the row
 * that holds the minimum), and the day of what they bought after it, whenever that was. Who ordered in the period
 * before they asked in it was after-sales; an earlier order does not matter. The index is named, because the planner
 * takes the whole key of a store for cheaper and reads it all.
 */
const cohort = (store: number, { from, to, basis }: CohortsQuestion): SQL => sql`asked as (
      select visitor, min(inquiry) as inquiry, day
      from visits where store = ${store} and day between ${from} and ${to} and inquiry is not null
      group by visitor
    ),
    cohort as (
      select a.visitor, a.day,
        min(case when o.placed > a.inquiry then ${basis === 'order' ? sql`o.day` : sql`o.paid_day`} end) as bought
      from asked a
      left join orders o indexed by orders_visitor on o.store = ${store} and o.visitor = a.visitor
      group by a.visitor
      having total(o.placed < a.inquiry and o.day between ${from} and ${to}) = 0
    )`;

function keyOf(by: CohortsQuestion['by']): SQL {
  if (by === undefined) return sql`''`;
  return by === 'day' ? sql`c.day` : traitKey(by);
}

/** The cohorts of a store that have anybody in them, in no sequence. Each visitor belongs to one. */
export async function readCohorts(
  env: Env,
  store: number,
  question: CohortsQuestion,
): Promise<CohortCounts[]> {
  const { from, by, filter } = question;
  const traited = isFiltered(filter) || (by !== undefined && by !== 'day');
  // A payment that is dated before its inquiry came at once: its days are negative and within each window.
  const within = NAMES.map(
    (name) =>
      sql`count(case when c.bought - c.day <= ${WINDOWS[name]} then 1 end) as ${sql.identifier(name)}`,
  );
  const counts = await drizzle(env.DB).all<CohortCounts>(sql`
    with ${cohort(store, question)}
    ${traited ? sql`, seen as (select visitor from cohort), ${traits(store, 'visitor', from)}` : sql``}
    select ${keyOf(by)} as key, count(*) as visitors, ${sql.join(within, sql`, `)}, count(c.bought) as final
    from cohort c ${traited ? joinTraits('visitor', sql`c`) : sql``} where ${passes(filter, traitKey)} group by 1`);
  return counts.map((row) => ({ ...row, key: String(row.key) }));
}
