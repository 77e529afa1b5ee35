// What a month of a shop with a million events a year costs in rows and bytes, its days sealed: exact here too.
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { dateOfDay, dayOf } from '../../worker/collect/calendar.ts';
import { FIRST_DAY, SHOP, type TrafficEvent, traffic } from '../bench/traffic.ts';
import { createStore, importEvents, metrics, ROWS_PER_PAGE, sealStore } from './shop.ts';

const DAYS = 30;
const EVENTS_A_YEAR = 1_000_000;
const EVENTS_A_REQUEST = 2_000;
/** Rows that one question may read. */
const ROWS_READ = 30_000;
/** Rows read for each visit of a day that is not sealed yet, its visitor's history and traits included. */
const ROWS_A_LIVE_VISIT = 65;
/** Bytes on disk of an event, with everything derived from it. */
const BYTES = 220;
/** Rows that storing a page view writes, a request each; budget.worker.ts holds it. */
const ROWS_STORED = 2.4;

const lastDay = FIRST_DAY + DAYS - 1;
const period = { from: dateOfDay(FIRST_DAY), to: dateOfDay(lastDay) };

/** The first month of a year's traffic. */
function* month(eventsAYear: number): Generator<TrafficEvent> {
  for (const event of traffic(eventsAYear)) {
    const day = dayOf(event.at, SHOP.timezone);
    if (day <= lastDay) yield event;
    else if (day > lastDay + 1) return;
  }
}

/** Counts rows of whatever runs. */
async function rowsOf(run: () => Promise<unknown>): Promise<{ read: number; written: number }> {
  const rows = { read: 0, written: 0 };
  const original = env.DB.batch.bind(env.DB);
  const batches = vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
    const results = await original(statements);
    for (const { meta } of results) {
      rows.read += meta.rows_read;
      rows.written += meta.rows_written;
    }
    return results as never;
  });
  try {
    await run();
  } finally {
    batches.mockRestore();
  }
  return rows;
}

const size = async () => (await env.DB.prepare('select 1').run()).meta.size_after;

async function fill(eventsAYear: number) {
  const { id } = await createStore({ timezone: SHOP.timezone, currency: SHOP.currency });
  const before = await size();
  let events: TrafficEvent[] = [];
  const stored = { events: 0, pages: 0 };
  const send = async () => {
    await importEvents(id, events);
    events = [];
  };
  for (const event of month(eventsAYear)) {
    events.push(event);
    stored.events++;
    if (event.type === 'visit') stored.pages++;
    if (events.length === EVENTS_A_REQUEST) await send();
  }
  await send();
  const sealing = await rowsOf(() => sealStore(id));
  return { id, ...stored, sealed: sealing.written, bytes: (await size()) - before };
}

type Shop = Awaited<ReturnType<typeof fill>>;

describe('a month of a million events a year', () => {
  let shop: Shop;
  let quarter: Shop;
  beforeAll(async () => {
    shop = await fill(EVENTS_A_YEAR);
    quarter = await fill(EVENTS_A_YEAR / 4);
  }, 120_000);

  test('is what it says', () => {
    expect(shop.events).toBeGreaterThan((EVENTS_A_YEAR * DAYS) / 365 / 1.5);
    expect(shop.events / quarter.events).toBeGreaterThan(3.8);
  });

  test(`storing and sealing a page view writes at most ${ROWS_PER_PAGE} rows`, () => {
    expect(shop.sealed).toBeGreaterThan(2 * DAYS - 1);
    expect(ROWS_STORED + shop.sealed / shop.pages).toBeLessThanOrEqual(ROWS_PER_PAGE);
  });

  test(`an event takes at most ${BYTES} bytes`, () => {
    expect(shop.bytes / shop.events).toBeGreaterThan(100);
    expect(shop.bytes / shop.events).toBeLessThanOrEqual(BYTES);
  });

  const questions: Record<string, string>[] = ['visitor', 'visit'].flatMap((scope) => [
    { scope },
    { scope, by: 'channel' },
    { scope, by: 'day' },
    { scope, by: 'device', 'filter[device]': 'mobile' },
  ]);

  test.each(questions)('sealed days are read by the day: %o', async (question) => {
    const { read } = await rowsOf(() => metrics(shop.id, { ...period, ...question }));
    // A row for each day of each of the two statements that look at it, for the totals and for the rows.
    expect(read).toBeLessThanOrEqual(DAYS * 16);
  });

  test('cost grows with days and not with events', async () => {
    const question = { ...period, scope: 'visitor' };
    const rows = await rowsOf(() => metrics(shop.id, question));
    const fewer = await rowsOf(() => metrics(quarter.id, question));
    expect(rows.read / fewer.read).toBeLessThan(2.2);
  });

  test.each(questions)('a day that is live costs by its visits alone: %o', async (question) => {
    const key = await env.DB.prepare('select key from stores where id = ?').bind(shop.id).first('key');
    const bound = [key, lastDay];
    await env.DB.prepare('delete from sealed where store = ? and day = ?')
      .bind(...bound)
      .run();
    const visits = await env.DB.prepare('select count(*) as n from visits where store = ? and day = ?')
      .bind(...bound)
      .first<number>('n');
    const { read } = await rowsOf(() => metrics(shop.id, { ...period, ...question }));
    expect(read).toBeGreaterThan(visits ?? 0);
    expect(read).toBeLessThanOrEqual((visits ?? 0) * ROWS_A_LIVE_VISIT);
    if (!('by' in question)) expect(read).toBeLessThanOrEqual(ROWS_READ);
  });
});
