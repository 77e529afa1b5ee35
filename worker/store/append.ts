// Appends events and re-derives what they touch, in one transaction: the only way anything enters the truth.
import type { D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import type { StampedEvent, StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { derivation, touchedBy } from './derive.ts';
import { repeatedly } from './trouble.ts';

/** What became of a batch. */
export interface Stored {
  accepted: number;
  duplicate: number;
}

/** Rows are D1's own count, exact locally too. */
export interface Appended extends Stored {
  rowsRead: number;
  rowsWritten: number;
}

// One JSON parameter stays under D1's 100 bound parameters whatever the batch. The columns travel as arrays,
// because SQLite then parses each event once, without looking up names.
const INSERT = `
insert into events (store, id, visitor, visit, apart, stem, type, at, day, path, channel, source, medium, campaign,
  device, country, engaged, order_id, value, currency, data)
select ?1, value->>0, value->>1, iif(value->>3, null, value->>2), iif(value->>3 or value->>2 is null, null, 1),
  iif(value->>3, length(value->>2), null),
  value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, value->>11, value->>12,
  value->>13, value->>14, value->>15, value->>16, value->>17, value->>18
from json_each(?2)
where true
on conflict do nothing
returning id`;

/** Whether an id begins with its visit and a dot, as the SDK makes it. */
const isStemmed = ({ id, visit }: StampedEvent) => visit !== null && id.startsWith(`${visit}.`);

const columns = (event: StampedEvent) => [
  event.id,
  event.visitor,
  event.visit,
  isStemmed(event),
  event.type,
  event.at,
  event.day,
  event.path,
  event.channel,
  event.source,
  event.medium,
  event.campaign,
  event.device,
  event.country,
  event.engaged,
  event.order,
  event.value,
  event.currency,
  event.data && JSON.stringify(event.data),
];

/**
 * Stores events that are not there yet and brings `visits` and `orders` up to date, all or nothing.
 * Any order, repetition or batching of the same events leaves the same tables, because what is derived is always
 * made anew from all events of a visit or an order, never from what it was before.
 */
export async function append(
  env: Env,
  store: StoreSettings,
  events: readonly StampedEvent[],
): Promise<Appended> {
  if (events.length === 0) return { accepted: 0, duplicate: 0, rowsRead: 0, rowsWritten: 0 };
  const statements = appending(env, store, events);
  return outcomeOf(await repeatedly(() => env.DB.batch(statements)), events);
}

/**
 * Several batches of one store in one transaction, as if one came after the other.
 * @returns what became of each; of those that bring the same event the first has it accepted.
 */
export async function appendTogether(
  env: Env,
  store: StoreSettings,
  batches: readonly (readonly StampedEvent[])[],
): Promise<Stored[]> {
  const statements = appending(env, store, batches.flat());
  const [inserted] = await repeatedly(() => env.DB.batch<{ id: string }>(statements));
  const ids = new Set(inserted?.results.map(({ id }) => id));
  return batches.map((batch) => {
    const accepted = batch.filter(({ id }) => ids.delete(id)).length;
    return { accepted, duplicate: batch.length - accepted };
  });
}

/** The statements of one transaction that append, for others to be put behind them. */
export const appending = (
  env: Env,
  store: StoreSettings,
  events: readonly StampedEvent[],
): D1PreparedStatement[] => [
  env.DB.prepare(INSERT).bind(store.key, JSON.stringify(events.map(columns))),
  ...derivation(env, store, touchedBy(events)),
];

/** What they did. */
export function outcomeOf(results: readonly D1Result[], events: readonly StampedEvent[]): Appended {
  const accepted = results[0]?.results.length ?? 0;
  return {
    accepted,
    duplicate: events.length - accepted,
    rowsRead: results.reduce((sum, { meta }) => sum + meta.rows_read, 0),
    rowsWritten: results.reduce((sum, { meta }) => sum + meta.rows_written, 0),
  };
}
