// The latest events of a store, as its owner sees them arrive.
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Arrivals } from '../../worker/api/arriving.ts';
import type { Store } from '../../worker/api/schemas.ts';
import { latestEvents } from '../../worker/store/arrivals.ts';
import { findStore } from '../../worker/store/stores.ts';
import { ask, batch, createStore, fetchWorker, importEvents, ORIGIN, pageView, post, sale } from './shop.ts';

const MINUTE = 60_000;

const arrivals = (store: string) => ask<Arrivals>('GET', `/v1/stores/${store}/arrivals`);

describe('the latest events', () => {
  let store: Store;
  beforeEach(async () => {
    store = await createStore();
  });

  test('come with what matters, the last first', async () => {
    const at = Date.now() - MINUTE;
    await post(
      batch(store.id, [
        pageView({ at, url: `${ORIGIN}/?utm_source=letter&utm_medium=email` }),
        {
          ...pageView({ id: 'visit1.b', at: at + 1, url: `${ORIGIN}/contact?q=secret` }),
          type: 'inquiry',
          via: 'chat',
        },
        sale({ id: 'order:A-1', at: at + 2 }),
        { ...pageView({ id: 'visit1.c', at: at + 3 }), type: 'custom', name: 'quiz' },
      ]),
    );
    await importEvents(store.id, [
      { ...sale({ type: 'payment', id: 'payment:A-1', at: at + 4 }), visit: undefined },
    ]);
    const none = { via: null, order: null, name: null };
    expect((await arrivals(store.id)).events).toEqual([
      { ...none, type: 'payment', at: at + 4, path: '/', channel: 'unattributed', order: 'A-1' },
      { ...none, type: 'custom', at: at + 3, path: '/', channel: 'email', name: 'quiz' },
      { ...none, type: 'order', at: at + 2, path: '/', channel: 'email', order: 'A-1' },
      { ...none, type: 'inquiry', at: at + 1, path: '/contact', channel: 'email', via: 'chat' },
      { ...none, type: 'visit', at, path: '/', channel: 'email' },
    ]);
  });

  test('are fifty, of however many', async () => {
    const at = Date.now() - MINUTE;
    const events = Array.from({ length: 120 }, (_, n) => ({
      ...pageView({ id: `w${n % 7}.${n}`, visit: `w${n % 7}`, at: at + n, url: `${ORIGIN}/${n}` }),
      visitor: `v${n % 7}`,
    }));
    await importEvents(store.id, events);
    expect((await arrivals(store.id)).events.map(({ path }) => path)).toEqual(
      Array.from({ length: 50 }, (_, n) => `/${119 - n}`),
    );
  });

  test('are nobody else’s', async () => {
    await post(batch(store.id, [pageView()]));
    expect((await arrivals((await createStore()).id)).events).toEqual([]);
  });

  test('cost rows by the last days, not by the history', async () => {
    const history = Array.from({ length: 2_000 }, (_, n) => ({
      ...sale({ id: `order:${n}`, order: `${n}`, visit: `w${n}`, at: Date.now() - n * 60 * MINUTE }),
      visitor: `v${n}`,
    }));
    await importEvents(store.id, history);
    await post(batch(store.id, [pageView()]));
    const stored = await findStore(env, store.id);
    if (!stored) throw new Error('The store was just made.');
    const prepared = vi.spyOn(env.DB, 'prepare');
    expect(await latestEvents(env, stored)).toHaveLength(50);
    const text = prepared.mock.calls[0]?.[0] ?? '';
    prepared.mockRestore();
    const { meta, results } = await env.DB.prepare(text).bind(stored.key).all();
    expect(results).toHaveLength(50);
    const read = meta.rows_read;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1_000);
  });
});

test('a token reads the arrivals of its own store only', async () => {
  const [mine, other] = [await createStore(), await createStore()];
  const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: mine.id });
  const status = async (id: string) =>
    (
      await fetchWorker(`/v1/stores/${id}/arrivals`, {
        headers: { authorization: `Bearer ${secret}` },
      })
    ).status;
  expect([await status(mine.id), await status(other.id)]).toEqual([200, 403]);
});
