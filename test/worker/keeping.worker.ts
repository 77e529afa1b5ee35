// What a store keeps and for how long: retention with time moved on, and a store that is deleted.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Store, StoreChange } from '../../worker/api/schemas.ts';
import { runJobs } from '../../worker/store/jobs.ts';
import { retentionStep } from '../../worker/store/retention.ts';
import { findStore } from '../../worker/store/stores.ts';
import { runs } from '../effort.ts';
import { act, DAY, NOON } from './acts.ts';
import { dayIn } from './oracle.ts';
import {
  ask,
  batch,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  keptEvents,
  metrics,
  operator,
  pageView,
  post,
  sealStore,
  setConfirm,
} from './shop.ts';
import { createSecret } from './signed/sender.ts';
import { streams } from './streams.ts';

const change = (id: string, settings: StoreChange) => ask<Store>('PATCH', `/v1/stores/${id}`, settings);

/** All that the clock has to do, at a moment. */
async function jobs(now: number): Promise<void> {
  while (await runJobs(env, now));
}

describe('what a store keeps', () => {
  test('is forgotten after its days, as if it had never been', { timeout: 120_000 }, async () => {
    const cases = fc.record({
      stream: streams,
      /** Days after the moment around which it happens. */
      passed: fc.integer({ min: -10, max: 40 }),
      step: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ stream: { timezone, confirm, around, events }, passed, step }) => {
        const [whole, rest] = [await createStore({ timezone }), await createStore({ timezone })];
        for (const { id } of [whole, rest]) await setConfirm(id, confirm);
        await importEvents(whole.id, events);
        await sealStore(whole.id);
        await env.DB.prepare('update stores set retention_days = 30 where id = ?').bind(whole.id).run();
        const store = await findStore(env, whole.id);
        if (!store) throw new Error('The store was just made.');
        const now = around + (30 + passed) * DAY;
        while (await retentionStep(env, store, now, step));
        const oldest = new Date(Date.parse(dayIn(timezone, now)) - 30 * DAY).toISOString().slice(0, 10);
        const kept = events.filter(({ at }) => dayIn(timezone, at) >= oldest);
        if (kept.length > 0) await importEvents(rest.id, kept);
        for (const { id } of [whole, rest]) await sealStore(id);
        expect(await keptEvents(whole.id)).toBe(await keptEvents(rest.id));
        expect(await derivedTables(whole.id)).toBe(await derivedTables(rest.id));
      }),
      { numRuns: runs(6, 30) },
    );
  });

  test('is everything where it does not say otherwise, and what the clock finds too old where it does', async () => {
    const { id, retention_days } = await createStore();
    expect(retention_days).toBeNull();
    await importEvents(id, [act('old', 'visit', 0), act('young', 'visit', 0, { at: NOON + DAY })]);
    const period = { from: '2026-05-10', to: '2026-05-11' };
    const visitors = async () => (await metrics(id, period)).totals.visitors;
    await jobs(NOON + 400 * DAY);
    expect(await visitors()).toBe(2);
    expect((await change(id, { retention_days: 90 })).retention_days).toBe(90);
    await jobs(NOON + 90 * DAY);
    expect(await visitors()).toBe(2);
    await jobs(NOON + 91 * DAY);
    expect(await visitors()).toBe(1);
    await change(id, { retention_days: null });
    await jobs(NOON + 400 * DAY);
    expect(await visitors()).toBe(1);
  });

  test.each([29, 0, -1, 30.5, '90'])('cannot be %j days', async (retention_days) => {
    const { id } = await createStore();
    const response = await fetchWorker(`/v1/stores/${id}`, {
      method: 'PATCH',
      headers: operator(),
      body: JSON.stringify({ retention_days }),
    });
    expect([response.status, (await response.json<{ parameter: string }>()).parameter]).toEqual([
      422,
      'retention_days',
    ]);
  });

  test('a step is bounded, whatever there is to forget', async () => {
    const { id } = await createStore();
    await importEvents(
      id,
      Array.from({ length: 2_500 }, (_, n) => act(`p${n}`, 'visit', 0)),
    );
    await change(id, { retention_days: 30 });
    const store = await findStore(env, id);
    if (!store) throw new Error('The store was just made.');
    const now = NOON + 100 * DAY;
    const left: unknown[] = [];
    while (await retentionStep(env, store, now))
      left.push(
        await env.DB.prepare('select count(*) as n from events where store = ?').bind(store.key).first('n'),
      );
    expect(left).toEqual([1_500, 500, 0]);
  });
});

describe('a store that is deleted', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const remove = (id: string, confirm?: string) =>
    fetchWorker(`/v1/stores/${id}${confirm === undefined ? '' : `?${new URLSearchParams({ confirm })}`}`, {
      method: 'DELETE',
      headers: operator(),
    });
  const status = async (path: string) => (await fetchWorker(path, { headers: operator() })).status;

  /** Tables with a column `store`, and how many rows of this store each has. */
  async function rowsOf(key: number): Promise<Record<string, number>> {
    const { results } = await env.DB.prepare(
      "select name from sqlite_master where type = 'table' and sql like '%`store`%'",
    ).all<{ name: string }>();
    const counts = await env.DB.batch<{ n: number }>(
      results.map(({ name }) =>
        env.DB.prepare(`select count(*) as n from "${name}" where store = ?`).bind(key),
      ),
    );
    return Object.fromEntries(results.map(({ name }, n) => [name, counts[n]?.results[0]?.n ?? -1]));
  }

  test.each([
    ['nothing', undefined],
    ['something else', 'yes'],
    ['another store’s id', 'st_0000000000'],
  ])('stays when its name is not typed: %s', async (_, confirm) => {
    const { id } = await createStore();
    const response = await remove(id, confirm);
    expect([response.status, (await response.json<{ parameter: string }>()).parameter]).toEqual([
      422,
      'confirm',
    ]);
    expect(await status(`/v1/stores/${id}`)).toBe(200);
  });

  test('stays when a token asks', async () => {
    const { id } = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id, scopes: ['admin'] });
    const response = await fetchWorker(`/v1/stores/${id}?confirm=${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([
      403,
      'not_for_tokens',
    ]);
  });

  test('is gone at once, and leaves no row in any table', async () => {
    const { id, name } = await createStore();
    const other = await createStore();
    await post(batch(id, [pageView()]));
    await importEvents(id, [
      ...Array.from({ length: 2_100 }, (_, n) => act(`p${n % 50}`, 'visit', n % 60)),
      act('ann', 'order', 3),
      act('ann', 'payment', 4),
      act('ann', 'refund', 5),
    ]);
    await importEvents(other.id, [act('ann', 'visit', 0), act('ann', 'order', 3)]);
    for (const store of [id, other.id]) await sealStore(store);
    const token = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id });
    await createSecret(id);
    await post(batch(id, [pageView()]), { origin: 'https://evil.example' });
    const key = (await findStore(env, id))?.key as number;
    // One row at least in every table, so that none is empty for want of a row.
    const now = Date.now();
    await env.DB.batch([
      env.DB.prepare('insert or ignore into usage values (?, 1, 1)').bind(key),
      env.DB.prepare("insert into members values ('u', ?, 'owner', 1)").bind(key),
      env.DB.prepare("insert into shares values ('s', ?, 'n', 'h', 1, null, null)").bind(key),
      env.DB.prepare("insert into annotations values ('a', ?, 1, 't', 1)").bind(key),
      env.DB.prepare("insert into funnels values ('f', ?, 'n', '{}', 1)").bind(key),
      env.DB.prepare("insert or ignore into refusals values (?, '', 'bot', '', 1, ?, 1)").bind(key, now),
    ]);
    const before = await rowsOf(key);
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(12);
    for (const [table, rows] of Object.entries(before)) expect([table, rows > 0]).toEqual([table, true]);
    const others = await derivedTables(other.id);

    expect((await remove(id, name)).status).toBe(204);
    expect(await status(`/v1/stores/${id}`)).toBe(404);
    expect(await status(`/v1/metrics?store=${id}&from=2026-05-10&to=2026-05-10`)).toBe(404);
    expect(await status(`/v1/export?store=${id}`)).toBe(404);
    expect((await post(batch(id, [pageView()]))).status).toBe(404);
    const { stores } = await ask<{ stores: Store[] }>('GET', '/v1/stores?limit=500');
    expect(stores.map((store) => store.id)).not.toContain(id);
    expect((await remove(id, name)).status).toBe(404);
    const withToken = await fetchWorker(`/v1/live?store=${id}`, {
      headers: { authorization: `Bearer ${token.secret}` },
    });
    expect([401, 404]).toContain(withToken.status);

    // Isolates that know it may still take its events; what they take goes too.
    await jobs(Date.now());
    expect((await rowsOf(key)).events).toBeGreaterThan(0);
    await jobs(Date.now() + 61_000);
    expect(Object.entries(await rowsOf(key)).filter(([, rows]) => rows > 0)).toEqual([]);
    expect(await env.DB.prepare('select 1 from stores where key = ?').bind(key).first()).toBeNull();
    expect(await derivedTables(other.id)).toBe(others);
  });
});
