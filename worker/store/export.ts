// The truth as it is kept, a stretch at a time, in the sequence of its key.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { EventType } from '../../sdk/event.ts';
import type { Env } from '../env.ts';
import { VISIT_OF } from './derive-sales.ts';

export interface KeptEvent {
  id: string;
  type: EventType;
  at: number;
  visitor: string | null;
  visit: string | null;
  path: string | null;
  channel: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  device: string | null;
  country: string | null;
  engaged: number | null;
  order: string | null;
  value: number | null;
  currency: string | null;
  /** JSON of what only some types carry. */
  data: string | null;
}

/** The next events after an id ('' at first); reads as many rows as it returns. */
export function readEvents(env: Env, store: number, after: string, limit: number): Promise<KeptEvent[]> {
  return drizzle(env.DB).all<KeptEvent>(sql`
    select id, type, at, visitor, ${sql.raw(VISIT_OF)} as visit, path, channel, source, medium, campaign, device,
      country, engaged, order_id as "order", value, currency, data
    from events e where store = ${store} and id > ${after} order by id limit ${limit}`);
}
