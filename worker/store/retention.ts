// Forgets what is older than a store keeps it: the events, and with them all that was derived from them.
import { dayOf } from '../collect/calendar.ts';
import type { Env } from '../env.ts';
import { ownEvents } from './derive.ts';
import { REMOVED_A_STEP, type Removable, removeEvents } from './remove.ts';
import { type StoredStore, settingsOf } from './stores.ts';

/**
 * ?1 store key, ?2 the first day that is kept, ?3 how many. Whoever was here on a day has a visit on it, and sales of
 * nobody known have an index of their own: a store that has nothing to forget reads next to nothing.
 */
const NEXT = `
with touched as materialized (
  select distinct visitor, visit from (
    select visitor, visit from visits where store = ?1 and day < ?2 order by day limit ?3
  )
)
select id, visitor, visit, "order" from (
  ${ownEvents('e.id, e.visitor, t.visit as visit, e.order_id as "order", e.day')}
) where day < ?2
union all
select id, null, null, order_id from events indexed by events_unattributed
where store = ?1 and day < ?2 and visitor is null
limit ?3`;

/** The first day that a store keeps at a moment: what is older is forgotten. */
const firstKept = ({ timezone }: StoredStore, days: number, now: number): number =>
  dayOf(now, timezone) - days;

/** The next step of forgetting. @returns whether there was one. */
export async function retentionStep(
  env: Env,
  store: StoredStore,
  now: number,
  step = REMOVED_A_STEP,
): Promise<boolean> {
  if (store.retentionDays === null) return false;
  const { results } = await env.DB.prepare(NEXT)
    .bind(store.key, firstKept(store, store.retentionDays, now), step)
    .all<Removable>();
  await removeEvents(env, settingsOf(store), results);
  return results.length > 0;
}
