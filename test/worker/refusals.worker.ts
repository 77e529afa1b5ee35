// What is refused, as the owner is told it; and that refusing costs next to nothing.
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Arrivals } from '../../worker/api/arriving.ts';
import type { RefusalReason } from '../../worker/collect/tally.ts';
import { BOUNDS } from '../../worker/collect/tally.ts';
import { runJobs } from '../../worker/store/jobs.ts';
import { keepRefusals } from '../../worker/store/refusals.ts';
import { ask, batch, createStore, ORIGIN, pageView, post, sale } from './shop.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Each test is a quiet while after the last: the first refusal is written at once. */
let clock = Date.now();
beforeEach(() => {
  clock += MINUTE;
  vi.setSystemTime(clock);
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

const arrivals = (store: string) => ask<Arrivals>('GET', `/v1/stores/${store}/arrivals`);
const rows = async () =>
  (await env.DB.prepare('select * from refusals order by store, named, reason, origin').all()).results;

/** What is refused is written after the answer. */
const written = (store: string, wanted: (seen: Arrivals) => boolean): Promise<Arrivals> =>
  vi.waitUntil(
    async () => {
      const seen = await arrivals(store);
      return wanted(seen) && seen;
    },
    { timeout: 3_000, interval: 20 },
  );

const FOREIGN = 'https://evil.example';

describe('a refusal is told to the owner with its words', () => {
  const good = (store: string) => batch(store, [pageView()]);
  const cases: [
    RefusalReason,
    origin: string | null,
    (store: string) => Promise<Response>,
    count?: number,
  ][] = [
    ['foreign_origin', FOREIGN, (store) => post(good(store), { origin: FOREIGN })],
    ['missing_origin', null, (store) => post(good(store), { origin: 'null' })],
    ['invalid_json', ORIGIN, () => post('visit!')],
    ['too_large', ORIGIN, () => post('x'.repeat(500_001))],
    ['invalid_body', ORIGIN, (store) => post({ v: 1, store })],
    ['unsupported_version', ORIGIN, (store) => post({ ...good(store), v: 9 })],
    ['no_events', ORIGIN, (store) => post(batch(store, []))],
    [
      'too_many_events',
      ORIGIN,
      (store) =>
        post(
          batch(
            store,
            Array.from({ length: 51 }, () => 1),
          ),
        ),
    ],
    [
      'bot',
      ORIGIN,
      (store) => post(batch(store, [pageView(), pageView()]), { 'user-agent': 'Googlebot' }),
      2,
    ],
    ['missing_order', ORIGIN, (store) => post(batch(store, [pageView(), sale({ order: '' })]))],
    ['unknown_type', ORIGIN, (store) => post(batch(store, [{ id: 'a' }, { id: 'b' }, { id: 'c' }])), 3],
    ['dropped', ORIGIN, (store) => post({ ...good(store), dropped: 17 }), 17],
  ];
  test.each(cases)('%s', async (reason, origin, send, count = 1) => {
    const { id } = await createStore();
    await env.DB.prepare('delete from refusals').run();
    const now = Date.now();
    await send(id);
    const { refusals, unknown_stores } = await written(id, (seen) => seen.refusals.length > 0);
    expect(refusals).toEqual([
      { reason, says: expect.stringMatching(/\w{4}.*\.|admin/), origin, first: now, last: now, count },
    ]);
    expect(unknown_stores).toEqual([]);
  });

  test('unavailable, where the database fails', async () => {
    const { id } = await createStore();
    await post(good(id));
    const fails = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: overloaded'));
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await post(good(id))).status).toBe(503);
    fails.mockRestore();
    expect((await written(id, (seen) => seen.refusals.length > 0)).refusals).toMatchObject([
      { reason: 'unavailable', count: 1 },
    ]);
  });

  test('an id of no store is told to whose page has sent it', async () => {
    const origin = 'https://mine.example';
    const [mine, other] = [await createStore({ origins: [origin] }), await createStore()];
    await post(good('st_0000000000'), { origin });
    const { unknown_stores } = await written(mine.id, (seen) => seen.unknown_stores.length > 0);
    expect(unknown_stores).toMatchObject([{ store: 'st_0000000000', origin, count: 1 }]);
    expect((await arrivals(other.id)).unknown_stores).toEqual([]);
  });

  test.each([-1, 1.5, 'x', null, 1e300, 0])(
    'a number of dropped events such as %j is not counted',
    async (dropped) => {
      const { id } = await createStore();
      const prepared = vi.spyOn(env.DB, 'prepare');
      const answer = await post({ ...good(id), dropped });
      expect(await answer.json()).toMatchObject({ accepted: 1 });
      expect(prepared.mock.calls.some(([text]) => text.includes('refusals'))).toBe(false);
      vi.restoreAllMocks();
    },
  );

  test('neither address nor user agent nor more of a page than its origin is kept', async () => {
    const { id } = await createStore();
    const secrets = { 'cf-connecting-ip': '198.51.100.7', referer: `${ORIGIN}/cart?email=jane@shop.example` };
    await post(good(id), { ...secrets, origin: `${FOREIGN}/cart?email=jane` });
    await written(id, (seen) => seen.refusals.length > 0);
    expect(JSON.stringify(await rows())).not.toMatch(/198\.51|Mozilla|cart|jane/);
  });
});

describe('refusing costs', () => {
  test('one statement in ten seconds, whatever comes', async () => {
    const { id } = await createStore();
    await post(batch(id, [pageView()]));
    const prepared = vi.spyOn(env.DB, 'prepare');
    const writes = () => prepared.mock.calls.filter(([text]) => text.includes('insert into refusals')).length;
    for (let n = 0; n < 40; n++) await post(batch(id, [pageView()]), { origin: `https://${n}.example` });
    expect(writes()).toBe(1);
    vi.setSystemTime(Date.now() + 21_000);
    await post(batch(id, [pageView()]), { origin: FOREIGN });
    await vi.waitUntil(async () => (await arrivals(id)).refusals.length > 1);
    expect(writes()).toBe(2);
    const { refusals } = await arrivals(id);
    expect(refusals.reduce((sum, { count }) => sum + count, 0)).toBe(41);
    expect(refusals).toHaveLength(BOUNDS.store + 1);
  });

  test('no refusal its place in the count: what comes meanwhile is written when the ten seconds are over', async () => {
    // Of pages of its own: what a file before has sent of nobody's store, from the usual ones, may be written only now.
    const { id } = await createStore({ origins: ['https://quiet.example'] });
    const real = globalThis.setTimeout;
    const waits = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((run: () => void, ms: number) => real(run, ms / 50)) as typeof setTimeout);
    for (let n = 0; n < 4; n++) await post(batch(id, [pageView()]), { origin: FOREIGN });
    expect(waits.mock.calls.map(([, ms]) => ms)).toEqual([10_000]);
    const { refusals } = await written(id, (seen) => seen.refusals[0]?.count === 4);
    expect(refusals).toHaveLength(1);
  });

  test('nothing where everything is accepted', async () => {
    const { id } = await createStore();
    await post(batch(id, [pageView()]));
    const before = await rows();
    const prepared = vi.spyOn(env.DB, 'prepare');
    const answer = await post({ ...batch(id, [pageView({ id: 'visit1.b' })]), dropped: 0 });
    expect(await answer.json()).toMatchObject({ accepted: 1 });
    expect(prepared.mock.calls.some(([text]) => text.includes('refusals'))).toBe(false);
    expect(await rows()).toEqual(before);
  });

  test('a bounded table, over all isolates and writes', async () => {
    await env.DB.prepare('delete from refusals').run();
    const now = Date.now();
    const row = { named: '', reason: 'bot' as const, first: now, last: now, count: 1 };
    for (let write = 0; write < 5; write++) {
      const many = Array.from({ length: 60 }, (_, n) => `https://${write}-${n}.example`);
      await keepRefusals(env, [
        ...many.map((origin) => ({ ...row, store: 1, origin })),
        ...many.map((origin, n) => ({
          ...row,
          store: 0,
          named: `st_${write}_${n}`,
          reason: 'unknown_store' as const,
          origin,
        })),
      ]);
    }
    const { results } = await env.DB.prepare(
      'select store, count(*) as n, sum(count) as count from refusals group by store',
    ).all();
    expect(results).toEqual([
      { store: 0, n: BOUNDS.unknown + 1, count: 300 },
      { store: 1, n: BOUNDS.store + 1, count: 300 },
    ]);
  });

  test('nothing for ever: after a week without it a refusal is forgotten', async () => {
    await env.DB.prepare('delete from refusals').run();
    const now = Date.now();
    const row = { store: 1, named: '', origin: ORIGIN, count: 1, first: now - 30 * DAY };
    await keepRefusals(env, [
      { ...row, reason: 'bot', last: now - 7 * DAY + MINUTE },
      { ...row, reason: 'too_old', last: now - 7 * DAY - MINUTE },
    ]);
    await runJobs(env, now);
    expect(await rows()).toMatchObject([{ reason: 'bot' }]);
  });
});
