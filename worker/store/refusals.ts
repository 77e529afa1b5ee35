// What was refused and why, added up and bounded: written in one statement, read by store, forgotten after a week.
import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { BOUNDS, OTHERS, type Refused } from '../collect/tally.ts';
import type { Env } from '../env.ts';
import { refusals } from './schema.ts';
import type { StoredStore } from './stores.ts';

/** Milliseconds for which a refusal that does not come again is remembered. */
const LIFE = 7 * 86_400_000;

/** A row that is there already stays itself; a new one past the store's bound is folded into its reason's rest. */
const KEEP = `
with sent as (
  select value->>'store' as store, value->>'named' as named, value->>'reason' as reason, value->>'origin' as origin,
    value->>'first' as first, value->>'last' as last, value->>'count' as count
  from json_each(?1)
),
placed as (
  select s.*, r.store is not null as known,
    (select count(*) from refusals o where o.store = s.store and o.origin <> '${OTHERS}')
      + row_number() over (partition by s.store, r.store is null, s.origin = '${OTHERS}' order by s.first, s.named, s.reason, s.origin) as place
  from sent s left join refusals r
    on r.store = s.store and r.named = s.named and r.reason = s.reason and r.origin = s.origin
),
bound as (
  select *, known or origin = '${OTHERS}' or place <= iif(store = 0, ${BOUNDS.unknown}, ${BOUNDS.store}) as fits
  from placed
)
insert into refusals (store, named, reason, origin, first, last, count)
select store, iif(fits or named = '', named, '${OTHERS}'), reason, iif(fits, origin, '${OTHERS}'),
  min(first), max(last), sum(count)
from bound group by 1, 2, 3, 4
on conflict do update set last = max(last, excluded.last), count = count + excluded.count`;

/** Adds to what is there. */
export async function keepRefusals(env: Env, refused: readonly Refused[]): Promise<void> {
  if (refused.length > 0) await env.DB.prepare(KEEP).bind(JSON.stringify(refused)).run();
}

/** What was refused of a store, or of nobody's store by one of its pages; the latest first. */
export function refusalsOf(env: Env, store: StoredStore): Promise<Refused[]> {
  return drizzle(env.DB)
    .select()
    .from(refusals)
    .where(
      or(
        eq(refusals.store, store.key),
        and(eq(refusals.store, 0), inArray(refusals.origin, [...store.origins])),
      ),
    )
    .orderBy(desc(refusals.last))
    .all();
}

/** Forgets what has not come again for a week. */
export async function forgetRefusals(env: Env, now: number): Promise<void> {
  await drizzle(env.DB)
    .delete(refusals)
    .where(lt(refusals.last, now - LIFE));
}
