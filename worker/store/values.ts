// The values that dimensions have had lately: what there is to filter by.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { DIMENSIONS, type Dimension, NONE } from './traits.ts';

/** Visits looked at: the latest of the period. What is rarer than one in so many is not worth a place in a menu. */
export const LOOKED_AT = 10_000;

/** Columns of `visits`; who is new is no column, and has two values. */
const COLUMNS = DIMENSIONS.filter((name) => name !== 'visitor_kind');

export interface SeenValue {
  value: string;
  visits: number;
}

/**
 * The values of each dimension among the latest visits of a period, those of most visits first. Counted here and not
 * in SQL, where eight dimensions would read each visit eighteen times.
 */
export async function seenValues(
  env: Env,
  store: number,
  { from, to }: Days,
): Promise<Map<Dimension, SeenValue[]>> {
  const rows = await drizzle(env.DB).values<(string | null)[]>(sql`
    select ${sql.raw(COLUMNS.join(', '))} from visits
    where store = ${store} and day between ${from} and ${to} order by day desc limit ${LOOKED_AT}`);
  return new Map(
    COLUMNS.map((name, n) => {
      const counts = new Map<string, number>();
      for (const row of rows) {
        const value = row[n] ?? NONE;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const values = [...counts].map(([value, visits]) => ({ value, visits }));
      return [name, values.sort((a, b) => b.visits - a.visits || (a.value < b.value ? -1 : 1))];
    }),
  );
}
