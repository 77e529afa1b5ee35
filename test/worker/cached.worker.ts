// Sealed periods are answered by their ETag: who has the answer gets a 304, for as long as it is the answer.
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { act, DAY, NOON } from './acts.ts';
import { ask, createStore, fetchWorker, importEvents, operator, sealStore } from './shop.ts';

const MAY = { from: '2026-05-01', to: '2026-05-31' };

async function sealedShop() {
  const store = await createStore();
  await importEvents(store.id, [
    act('ann', 'visit', 0),
    act('ann', 'order', 5, { id: 'order:of-ann' }),
    { ...act('bob', 'visit', 0), at: NOON + 5 * DAY },
  ]);
  await sealStore(store.id);
  return store.id;
}

const get = (path: string, store: string, question: Record<string, string>, etag?: string) =>
  fetchWorker(`${path}?${new URLSearchParams({ store, ...question })}`, {
    headers: { ...operator(), ...(etag ? { 'if-none-match': etag } : {}) },
  });
const tagOf = async (store: string, question: Record<string, string> = MAY) =>
  (await get('/v1/metrics', store, question)).headers.get('etag') ?? '';

describe('a sealed period', () => {
  test('has an ETag, and who sends it gets a 304 that reads no figures', async () => {
    const store = await sealedShop();
    const first = await get('/v1/metrics', store, { ...MAY, by: 'channel' });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toContain('Authorization');
    const batches = vi.spyOn(env.DB, 'batch');
    const statements = vi.spyOn(env.DB, 'prepare');
    const again = await get('/v1/metrics', store, { ...MAY, by: 'channel' }, etag);
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect(batches).not.toHaveBeenCalled();
    const texts = statements.mock.calls.map(([text]) => text);
    expect(texts.some((text) => /\b(visits|orders|refunds|events|pack|total)\b/.test(text))).toBe(false);
    expect(texts.length).toBe(2);
    vi.restoreAllMocks();
    for (const sent of ['*', `W/${etag}`, `"other", ${etag}`])
      expect((await get('/v1/metrics', store, { ...MAY, by: 'channel' }, sent)).status).toBe(304);
    expect((await get('/v1/metrics', store, { ...MAY, by: 'channel' }, '"other"')).status).toBe(200);
  });

  test('a 304 costs a row a day, and no more', async () => {
    const store = await sealedShop();
    const key = await env.DB.prepare('select key from stores where id = ?').bind(store).first<number>('key');
    const year = { from: '2025-06-01', to: '2026-05-31' };
    await importEvents(
      store,
      Array.from({ length: 365 }, (_, n) => ({ ...act(`p${n}`, 'visit', 0), at: NOON - n * DAY })),
    );
    await sealStore(store);
    const statements = vi.spyOn(env.DB, 'prepare');
    await tagOf(store, year);
    const [text] = statements.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('sealFrom'));
    vi.restoreAllMocks();
    const { meta } = await env.DB.prepare(text as string)
      .bind(key, JSON.stringify([[20240, 20604]]), key)
      .run();
    expect(meta.rows_read).toBeGreaterThan(340);
    expect(meta.rows_read).toBeLessThanOrEqual(365 + 3);
  });

  test.each<[string, (store: string) => Promise<unknown>]>([
    ['a late event', (store) => importEvents(store, [act('cy', 'visit', 1)])],
    [
      'a late payment',
      (store) => importEvents(store, [act('ann', 'payment', 9_000, { id: 'payment:of-ann' })]),
    ],
    [
      'a late refund',
      (store) =>
        importEvents(store, [
          act('ann', 'payment', 6, { id: 'payment:of-ann' }),
          act('ann', 'refund', 9_000),
        ]),
    ],
    [
      'a visit from before the period by somebody in it',
      (store) =>
        importEvents(store, [
          { ...act('bob', 'visit', 0, { visit: 'earlier', id: 'earlier.1' }), at: NOON - 40 * DAY },
        ]),
    ],
    ['another threshold', (store) => ask('PATCH', `/v1/stores/${store}`, { min_pages: 1 })],
    ['an exchange rate', (store) => ask('PATCH', `/v1/stores/${store}`, { exchange_rates: { EUR: 2 } })],
  ])('%s makes the old one worthless, before and after days are sealed again', async (_, change) => {
    const store = await sealedShop();
    const before = await tagOf(store);
    expect(before).not.toBe('');
    await change(store);
    const open = await get('/v1/metrics', store, MAY, before);
    expect(open.status).toBe(200);
    await env.DB.prepare('update stores set recount_at = 0').run();
    await ask('POST', '/v1/operator/jobs');
    const sealed = await get('/v1/metrics', store, MAY, before);
    expect(sealed.status).toBe(200);
    expect(sealed.headers.get('etag')).not.toBe(before);
    expect(sealed.headers.get('etag')).toMatch(/^"/);
  });

  test('what happens on other days leaves it right', async () => {
    const store = await sealedShop();
    const [may, april] = [await tagOf(store), await tagOf(store, { from: '2026-04-01', to: '2026-04-30' })];
    await importEvents(store, [{ ...act('dee', 'visit', 0), at: NOON + 30 * DAY }]);
    await sealStore(store);
    expect((await get('/v1/metrics', store, MAY, may)).status).toBe(304);
    expect(await tagOf(store, { from: '2026-04-01', to: '2026-04-30' })).toBe(april);
  });

  test('another question, form, store or comparison has another', async () => {
    const [store, other] = [await sealedShop(), await sealedShop()];
    const tags = await Promise.all([
      tagOf(store),
      tagOf(store, { ...MAY, scope: 'visit' }),
      tagOf(store, { ...MAY, by: 'channel' }),
      tagOf(store, { ...MAY, compare: 'previous' }),
      tagOf(store, { ...MAY, format: 'csv' }),
      tagOf(other),
    ]);
    expect(new Set(tags).size).toBe(tags.length);
    expect(tags).not.toContain('');
  });

  test('a comparison depends on the other period too', async () => {
    const store = await sealedShop();
    const compared = { ...MAY, compare: 'previous' };
    const before = await tagOf(store, compared);
    await importEvents(store, [{ ...act('eve', 'visit', 0), at: NOON - 20 * DAY }]);
    await sealStore(store);
    expect(await tagOf(store, compared)).not.toBe(before);
  });
});

describe('no ETag', () => {
  const today = () => new Date().toISOString().slice(0, 10);
  test('has a period with a day that is not over', async () => {
    const store = await sealedShop();
    const open = await get('/v1/metrics', store, { from: '2026-05-01', to: today() });
    expect([open.headers.get('etag'), open.headers.get('cache-control')]).toEqual([null, 'no-store']);
  });

  test('has maturity, because who asked may still buy', async () => {
    expect((await get('/v1/maturity', await sealedShop(), MAY)).headers.get('etag')).toBeNull();
  });

  test('has a funnel whose window is not sealed, and one has whose window is', async () => {
    const store = await sealedShop();
    const steps = '&steps=visit&steps=order';
    const funnel = (from: string, window: string, etag = '') =>
      fetchWorker(`/v1/funnel?store=${store}&from=2026-05-01&to=${from}&window=${window}${steps}`, {
        headers: { ...operator(), 'if-none-match': etag },
      });
    const closed = await funnel('2026-05-31', '7d');
    expect(closed.headers.get('etag')).toMatch(/^"/);
    expect((await funnel('2026-05-31', '7d', closed.headers.get('etag') ?? '')).status).toBe(304);
    const yesterday = new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10);
    expect((await funnel(yesterday, '7d')).headers.get('etag')).toBeNull();
  });
});
