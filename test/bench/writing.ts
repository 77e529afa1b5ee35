// What storing costs in rows written: a page view a request, an event a request, and the batches of an import.
import type { Answer } from '../../sdk/event.ts';
import { openDatabase } from './engine.ts';
import { BROWSER_HEADERS, bodyOf, livePieces } from './live.ts';
import { meteredWorker } from './meter.ts';
import { SHOP, type TrafficEvent, traffic } from './traffic.ts';

const IMPORT_EVENTS = 2_000;
const IMPORT_BATCHES = 5;
/** A year of it has this many events; the batches are its first weeks. */
const IMPORT_YEAR = 100_000;

type Worker = ReturnType<typeof meteredWorker>;

export interface Writing {
  /** Requests of the first two figures, each. */
  requests: number;
  /** Rows written per page view: visits of three pages on average, a request each, nothing else sent. */
  perPage: number;
  /** Rows written per event of the whole traffic, a request each. */
  perEvent: number;
  /** Rows written per event in an import's batches. */
  perImported: number;
}

async function createStore(worker: Worker): Promise<string> {
  const { name, origins, timezone, currency } = { name: 'Benchmark', origins: [SHOP.origin], ...SHOP };
  const wanted = { name, origins, timezone, currency };
  return (await worker.call<{ id: string }>('POST', '/v1/stores', wanted)).id;
}

/** Sends events of one kind or of all, one a request. @returns rows written per event. */
async function oneByOne(worker: Worker, requests: number, only?: TrafficEvent['type']): Promise<number> {
  const store = await createStore(worker);
  const { rows } = await worker.measure(async () => {
    let sent = 0;
    for (const events of livePieces(1, 7)) {
      if (sent === requests) break;
      if (only && events[0]?.type !== only) continue;
      const body = bodyOf(store, events);
      const { accepted } = await worker.call<Answer>('POST', '/v1/events', body, BROWSER_HEADERS);
      if (accepted !== 1) throw new Error(`The collector refused: ${JSON.stringify(body)}`);
      sent++;
    }
  });
  return rows.written / requests;
}

async function imported(worker: Worker): Promise<number> {
  const store = await createStore(worker);
  const events: TrafficEvent[] = [];
  for (const event of traffic(IMPORT_YEAR)) {
    if (events.length === IMPORT_EVENTS * IMPORT_BATCHES) break;
    events.push(event);
  }
  const { rows } = await worker.measure(async () => {
    for (let sent = 0; sent < events.length; sent += IMPORT_EVENTS)
      await worker.call('POST', '/v1/operator/import', {
        store,
        events: events.slice(sent, sent + IMPORT_EVENTS),
      });
  });
  return rows.written / events.length;
}

/** Counts on an empty database, with the Worker's own code. */
export async function measureWriting(requests: number): Promise<Writing> {
  const { database, close } = await openDatabase();
  try {
    const worker = meteredWorker(database);
    return {
      requests,
      perPage: await oneByOne(worker, requests, 'visit'),
      perEvent: await oneByOne(worker, requests),
      perImported: await imported(worker),
    };
  } finally {
    await close();
  }
}
