// Derives everything anew from the truth, a bounded step at a time, while events keep arriving.
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { derivation, FORGET_VISITS, touchedBy } from './derive.ts';
import { VISIT_OF } from './derive-sales.ts';

/** Events whose visits and orders one step derives: well inside D1's 30 s and 2 MB. */
const STEP = 2_000;

/** The time zone may have changed since the events came. */
const RESTAMP = `
update events set day = moved.value->>1 from json_each(?2) moved
where events.store = ?1 and events.id = moved.value->>0`;

interface Read {
  id: string;
  at: number;
  day: number;
  visitor: string | null;
  visit: string | null;
  order: string | null;
}

/**
 * Makes what follows from the next events after `after` ('' at first) anew, and returns the id to go on from, or null
 * at the end. Each step is one transaction and repeating it changes nothing, so that a rebuild may be stopped, resumed
 * or run twice, and nobody ever reads half of it. What is right already is not written again and stays sealed.
 */
export async function rebuildStep(
  env: Env,
  store: StoreSettings,
  after: string,
  step = STEP,
): Promise<string | null> {
  const { results } = await env.DB.prepare(
    `select e.id, e.at, e.day, e.visitor, ${VISIT_OF} as visit, e.order_id as "order"
    from events e where e.store = ? and e.id > ? order by e.id limit ?`,
  )
    .bind(store.key, after, step)
    .all<Read>();
  const last = results.at(-1);
  if (!last) return null;
  const moved = results.flatMap(({ id, at, day }) => {
    const now = dayOf(at, store.timezone);
    return now === day ? [] : [[id, now]];
  });
  const { visits, orders } = touchedBy(results);
  await env.DB.batch([
    ...(moved.length > 0 ? [env.DB.prepare(RESTAMP).bind(store.key, JSON.stringify(moved))] : []),
    env.DB.prepare(FORGET_VISITS).bind(store.key, JSON.stringify(visits)),
    ...derivation(env, store, { visits, orders }),
  ]);
  return results.length < step ? null : last.id;
}
