// What happened since a moment of today or yesterday: visits that went on after it, orders and payments.
import type { D1Result } from '@cloudflare/workers-types';
import { sql } from 'drizzle-orm';
import type { Env } from '../env.ts';
import { type Days, PAID, PLACED } from './facts.ts';
import { prepare } from './statement.ts';

/** Visits looked through at most: ten times what a database of this size sees on a good day. */
export const MOST_VISITS = 50_000;
/** Orders, and payments. */
const MOST_SALES = 10_000;

export interface RecentVisit {
  visitor: string;
  visit: string;
  start: number;
  channel: string;
  country: string | null;
  trail: string;
}

export interface RecentSale {
  type: 'order' | 'payment';
  at: number;
  order: string;
  visitor: string | null;
  visit: string | null;
  /** Whole minor units. */
  value: number;
  currency: string;
}

export interface Recent {
  visits: RecentVisit[];
  sales: RecentSale[];
  /** False where there were more visits than are looked through. */
  complete: boolean;
}

/**
 * `days` are those in which it lies. There is no index by time, which every page view would have to write to: what is
 * read is the visits of these days, a row each.
 */
export async function readRecent(
  env: Env,
  store: number,
  { from, to }: Days,
  since: number,
): Promise<Recent> {
  const sales = (type: RecentSale['type'], { index, day, at }: typeof PLACED) => {
    const [named, on, when] = [sql.raw(index), sql.raw(day), sql.raw(at)];
    const sum = sql.raw(type === 'order' ? 'value, currency' : 'paid as value, paid_currency as currency');
    return sql`select ${type} as type, * from (
        select ${when} as at, order_id as "order", visitor, visit, ${sum} from orders indexed by ${named}
        where store = ${store} and ${on} between ${from} and ${to} limit ${MOST_SALES}
      ) where at >= ${since}`;
  };
  const [visits, placed, paid] = await env.DB.batch([
    prepare(
      env,
      sql`select visitor, visit, start, channel, country, trail from (
          select visitor, visit, start, ended, channel, country, trail from visits
          where store = ${store} and day between ${from} and ${to} limit ${MOST_VISITS}
        ) where ended >= ${since}`,
    ),
    prepare(env, sales('order', PLACED)),
    prepare(env, sales('payment', PAID)),
  ]);
  const rowsOf = <T>(result: D1Result | undefined) => (result as D1Result<T> | undefined)?.results ?? [];
  return {
    visits: rowsOf<RecentVisit>(visits),
    sales: [...rowsOf<RecentSale>(placed), ...rowsOf<RecentSale>(paid)],
    complete: (visits?.meta.rows_read ?? 0) < MOST_VISITS,
  };
}
