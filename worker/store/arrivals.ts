// The latest accepted events of a store, found from its latest visits and orders, because events lie by visit.
import type { EventType } from '../../sdk/event.ts';
import type { Env } from '../env.ts';
import { ownEvents } from './derive.ts';
import type { StoredStore } from './stores.ts';

/** One event that arrived and counts. */
export interface Arrival {
  type: EventType;
  at: number;
  path: string | null;
  /** The channel of its visit. */
  channel: string;
  /** The way of an inquiry. */
  via: string | null;
  order: string | null;
  /** The name of a custom step. */
  name: string | null;
}

export const ARRIVALS = 50;

const OWN = `e.id, e.type, e.at, e.path, t.channel, e.data->>'via' as via, e.order_id, e.data->>'name' as name`;

/** Rows of the days that the latest so many of a table lie on: the key knows days, not hours. */
const recent = (table: string, day: string) =>
  `${table} where store = ?1 and ${day} >= (
    select min(day) from (
      select ${day} as day from ${table} where store = ?1 and ${day} is not null order by ${day} desc limit ${ARRIVALS}))`;

/**
 * ?1 store key. What arrived last is in the visits and orders that went on last. Sales without a visitor lie in no
 * visit and come from their orders. What is read is the visits and orders of a day, or of as many as hold fifty.
 */
const LATEST = `
with touched as materialized (
  select visitor, visit, channel from ${recent('visits', 'day')}
  group by visitor, visit order by max(ended) desc limit ${ARRIVALS}
),
sold as materialized (
  select * from (select order_id from ${recent('orders', 'day')} order by at desc limit ${ARRIVALS})
  union select * from (select order_id from ${recent('orders', 'paid_day')} order by paid_at desc limit ${ARRIVALS})
  union select * from (select order_id from ${recent('refunds', 'day')} order by at desc limit ${ARRIVALS})
)
select type, at, path, channel, via, order_id as "order", name from (
  ${ownEvents(OWN)}
  union all
  select e.id, e.type, e.at, e.path, 'unattributed', null, e.order_id, null
  from sold s cross join events e indexed by events_order
  where e.store = ?1 and e.order_id = s.order_id and e.order_id is not null and e.visitor is null
)
order by at desc, id desc limit ${ARRIVALS}`;

/** The latest events, the last first. */
export async function latestEvents(env: Env, { key }: StoredStore): Promise<Arrival[]> {
  return (await env.DB.prepare(LATEST).bind(key).all<Arrival>()).results;
}
