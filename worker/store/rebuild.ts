// Derives visits and orders anew from the truth, a bounded step at a time, while events keep arriving.
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { derivation, touchedBy } from './derive.ts';

/** Events whose visits and orders one step derives: well inside D1's 30 s and 2 MB. */
const STEP = 2_000;

const FORGET_VISITS = `
delete from visits where store = ?1 and (day, visitor, visit) in (
  select v.day, v.visitor, v.visit
  from json_each(?2) t cross join visits v indexed by visits_visitor
  where v.store = ?1 and v.visitor = t.value->>0 and v.visit = t.value->>1)`;

const FORGET_ORDERS = 'delete from orders where store = ?1 and order_id in (select value from json_each(?2))';

interface Read {
  id: string;
  visitor: string | null;
  visit: string | null;
  order: string | null;
}

/**
 * Makes the visits and orders of the next events after `after` ('' at first) anew, and returns the id to go on from,
 * or null at the end. Each step is one transaction and repeating it changes nothing, so that a rebuild may be
 * stopped, resumed or run twice, and nobody ever reads half of it.
 */
export async function rebuildStep(
  env: Env,
  store: StoreSettings,
  after: string,
  step = STEP,
): Promise<string | null> {
  const { results } = await env.DB.prepare(
    'select id, visitor, visit, order_id as "order" from events where store = ? and id > ? order by id limit ?',
  )
    .bind(store.key, after, step)
    .all<Read>();
  const last = results.at(-1);
  if (!last) return null;
  const touched = touchedBy(results);
  await env.DB.batch([
    env.DB.prepare(FORGET_VISITS).bind(store.key, JSON.stringify(touched.visits)),
    env.DB.prepare(FORGET_ORDERS).bind(store.key, JSON.stringify(touched.orders)),
    ...derivation(env, store, touched),
  ]);
  return results.length < step ? null : last.id;
}
