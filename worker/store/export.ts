// The truth as it is kept, a stretch at a time: a store's in the sequence of its key, a visitor's visit by visit.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { KeptEvent } from '../collect/export.ts';
import type { Env } from '../env.ts';
import { ownEvents } from './derive.ts';
import { VISIT_OF } from './derive-sales.ts';
import { VISITS_OF_VISITOR } from './erase.ts';

const REST = `e.path, e.channel, e.source, e.medium, e.campaign, e.device, e.country, e.engaged,
      e.order_id as "order", e.value, e.currency, e.data`;

/** The next events after an id ('' at first); reads as many rows as it returns. */
export function readEvents(env: Env, store: number, after: string, limit: number): Promise<KeptEvent[]> {
  return drizzle(env.DB).all<KeptEvent>(sql`
    select e.id, e.type, e.at, e.visitor, ${sql.raw(VISIT_OF)} as visit, ${sql.raw(REST)}
    from events e where e.store = ${store} and e.id > ${after} order by e.id limit ${limit}`);
}

/** Where a visitor's events go on: after this event of this visit. */
export type VisitorPlace = [visit: string, id: string];

/** ?1 store key, ?2 visitor, ?3 and ?4 the place to go on from, ?5 how many. */
const OF_VISITOR = `
with ${VISITS_OF_VISITOR}
select * from (${ownEvents(`e.id, e.type, e.at, e.visitor, t.visit as visit, ${REST}`)})
where (visit, id) > (?3, ?4) order by visit, id limit ?5`;

/** The next events of one visitor. */
export async function readVisitorEvents(
  env: Env,
  store: number,
  visitor: string,
  after: VisitorPlace,
  limit: number,
): Promise<KeptEvent[]> {
  const { results } = await env.DB.prepare(OF_VISITOR)
    .bind(store, visitor, ...after, limit)
    .all<KeptEvent>();
  return results;
}
