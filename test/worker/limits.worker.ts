// Too much: of one network, of one store, of a day; and amounts that a browser alone claims.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../worker/api/schemas.ts';
import { claimLimits } from '../../worker/collect/claim.ts';
import {
  DAILY_EVENTS,
  DayCounts,
  isLoopback,
  networkName,
  RATES,
  Windows,
} from '../../worker/collect/limits.ts';
import type { OrdersAnswer } from '../../worker/metrics/orders.ts';
import { runJobs } from '../../worker/store/jobs.ts';
import { runs } from '../effort.ts';
import { act, DAY, PERIOD } from './acts.ts';
import { countByHand, dayIn } from './oracle.ts';
import {
  ask,
  batch,
  createStore,
  derivedTables,
  importEvents,
  metrics,
  pageView,
  post,
  sealStore,
  setConfirm,
} from './shop.ts';
import { confirm, createSecret } from './signed/sender.ts';
import { originOf, streams } from './streams.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const views = (n: number, from = 0) =>
  Array.from({ length: n }, (_, at) => pageView({ id: `visit1.${from + at}` }));
const key = async (id: string) =>
  (await env.DB.prepare('select key from stores where id = ?').bind(id).first<number>('key')) as number;

describe('a window', () => {
  test('takes so many, and all again when it is over', () => {
    const windows = new Windows({ requests: 3, seconds: 10 });
    const left = (name: string, now: number) => windows.take(name, now).left;
    expect([1, 2, 3, 4].map((now) => left('a', now))).toEqual([2, 1, 0, -1]);
    expect(left('b', 4)).toBe(2);
    expect(windows.take('a', 9_001)).toEqual({ left: -2, seconds: 1 });
    expect(left('a', 10_001)).toBe(2);
  });

  test.each<[string, string, boolean]>([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['2001:db8:1:2::7', '2001:db8:1:2:ffff:1:2:3', true],
    ['2001:db8:1:2::7', '2001:db8:1:3::7', false],
    ['2001:db8::7', '2001:db8:0:0:1:2:3:4', true],
    ['::1', '::2', true],
  ])('%s and %s are one network: %s', (a, b, same) => {
    expect(networkName('secret', a) === networkName('secret', b)).toBe(same);
    expect(networkName('secret', a)).not.toContain(a);
    expect(networkName('secret', a)).not.toBe(networkName('other', a));
  });
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['128.0.0.1', false],
  ['198.51.100.127', false],
  ['::1:7', false],
])('%s is this machine itself: %s', (ip, own) => {
  expect(isLoopback(ip)).toBe(own);
});

describe('too much of one network', () => {
  test('is refused until its window is over, told to the owner, and nobody else’s is', {
    timeout: 60_000,
  }, async () => {
    vi.setSystemTime(Date.UTC(2027, 1, 1));
    const { id } = await createStore();
    const flood = { 'cf-connecting-ip': '198.51.100.77' };
    vi.spyOn(Windows.prototype, 'take').mockImplementationOnce(() => ({ left: -1, seconds: 17 }));
    const refused = await post(batch(id, [pageView()]), flood);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '17']);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await post(batch(id, [pageView()]), flood)).status).toBe(200);
    expect(RATES.network.requests / RATES.network.seconds).toBeLessThan(
      RATES.store.requests / RATES.store.seconds,
    );
  });
});

describe('the events of a day', () => {
  test('are counted, and written for fifty of them at most once', async () => {
    vi.setSystemTime(Date.UTC(2027, 2, 1, 12));
    const { id, usage } = await createStore();
    expect(usage).toEqual({ events: 0, limit: DAILY_EVENTS });
    const prepared = vi.spyOn(env.DB, 'prepare');
    for (let n = 0; n < 30; n++) await post(batch(id, views(4, n * 4)));
    const writes = prepared.mock.calls.filter(([text]) => text.includes('insert into usage'));
    expect(writes.length).toBeLessThanOrEqual(1 + 120 / 50);
    vi.restoreAllMocks();
    const seen = await vi.waitUntil(
      async () => {
        const store = await ask<Store>('GET', `/v1/stores/${id}`);
        return store.usage.events > 60 && store.usage;
      },
      { timeout: 3_000 },
    );
    expect(seen.events).toBeLessThanOrEqual(120);
  });

  test('are refused above the store’s bound until midnight, for the sender to keep', async () => {
    vi.setSystemTime(Date.UTC(2027, 2, 2, 12));
    const { id } = await createStore();
    await env.DB.prepare('update stores set daily_events = 60 where id = ?').bind(id).run();
    for (let n = 0; n < 2; n++) expect((await post(batch(id, views(30, n * 30)))).status).toBe(200);
    const refused = await post(batch(id, [pageView()]));
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'over_budget' }]);
    // The script waits for no longer than half an hour.
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(1_200);
    // What the shop's own server confirms is never too much.
    const { secret } = await createSecret(id);
    const sold = { type: 'order', order: 'A-1', at: Date.now(), value: 1, currency: 'USD' };
    expect(await confirm(id, secret, [sold])).toMatchObject({ accepted: 1 });
    vi.setSystemTime(Date.UTC(2027, 2, 3, 0, 0, 1));
    expect((await post(batch(id, views(1, 90)))).status).toBe(200);
  });

  test('of other instances count too, once they have written', () => {
    const counts = new DayCounts();
    const one = { store: 1, day: 5, events: 1 };
    expect(counts.note(one, 1e9)).toBe(true);
    expect(counts.take(1e9)).toEqual([one]);
    counts.learn({ ...one, events: 900 });
    expect(counts.of(1, 5)).toBe(900);
    expect(counts.note({ ...one, events: 49 }, 1e9 + 1)).toBe(false);
    expect(counts.note(one, 1e9 + 2)).toBe(true);
    expect(counts.note(one, 1e9 + 2)).toBe(true);
    expect(counts.of(1, 5)).toBe(951);
    expect(counts.of(1, 6)).toBe(0);
  });

  test('are known for forty days', async () => {
    const now = Date.UTC(2027, 5, 1);
    const { id } = await createStore();
    const today = Math.floor(now / DAY);
    await env.DB.batch(
      [39, 41].map((ago) =>
        env.DB.prepare('insert into usage select key, ?, 7 from stores where id = ?').bind(today - ago, id),
      ),
    );
    await runJobs(env, now);
    const { results } = await env.DB.prepare('select day from usage where store = ?')
      .bind(await key(id))
      .all();
    expect(results).toEqual([{ day: today - 39 }]);
  });
});

describe('what a browser alone claims', () => {
  const orders = (id: string) =>
    ask<OrdersAnswer>('GET', `/v1/orders?${new URLSearchParams({ store: id, ...PERIOD })}`);

  test('above the bound is kept and shown, and not added up until a server confirms it', async () => {
    const { id } = await createStore();
    const { secret } = await createSecret(id);
    const huge = { value: 10_000_000, order: 'huge' };
    await importEvents(id, [
      act('ann', 'visit', 0),
      act('ann', 'order', 1, huge),
      act('ann', 'payment', 2, huge),
      act('bob', 'order', 1),
    ]);
    const claimed = (await metrics(id, PERIOD)).totals;
    expect(claimed).toMatchObject({ orders: 2, buyers: 2, paid_orders: 1 });
    expect(claimed.money).toMatchObject([{ currency: 'USD', order_value: 1_000, gross: 0 }]);
    expect((await orders(id)).orders).toMatchObject([
      { order: 'of-bob', value: 1_000, held: null },
      { order: 'huge', value: 0, held: 1e9, paid: 0, paid_held: 1e9, confirmed: false },
    ]);
    const { at } = act('ann', 'order', 1);
    // The payment alone confirms what was ordered, where it is as much.
    await confirm(id, secret, [{ type: 'payment', at, ...huge, currency: 'USD' }]);
    expect((await metrics(id, PERIOD)).totals.money).toMatchObject([
      { order_value: 1_000_001_000, gross: 1_000_000_000 },
    ]);
    expect((await orders(id)).orders[1]).toMatchObject({
      value: 1e9,
      held: null,
      paid: 1e9,
      paid_held: null,
    });
  });

  test('is bounded by the store, and a change has everything counted anew', async () => {
    const { id, claim_limit } = await createStore();
    expect(claim_limit).toBeNull();
    await importEvents(id, [act('ann', 'order', 1, { value: 50 }), act('bob', 'order', 1, { value: 50.01 })]);
    const value = async () => (await metrics(id, PERIOD)).totals.money[0]?.order_value;
    expect(await value()).toBe(10_001);
    await ask('PATCH', `/v1/stores/${id}`, { claim_limit: 5_000 });
    await runJobs(env, Date.now() + 61_000);
    expect(await value()).toBe(5_000);
  });

  test.each([
    ['USD', null, 'USD', 100_000_000],
    ['USD', null, 'JPY', 100_000_000],
    ['CNY', null, 'CNY', 500_000_000],
    ['USD', null, 'VND', 20_000_000_000],
    ['USD', null, 'KWD', 1_000_000_000],
    ['JPY', 1_000_000, 'USD', 1_000_000],
    ['EUR', 5_000, 'JPY', 5_000],
  ])('of a store in %s with %s as its bound: %s up to %i', (currency, limit, sold, bound) => {
    const limits = JSON.parse(claimLimits(currency, limit)) as Record<string, number>;
    expect(limits[sold] ?? limits['*']).toBe(bound);
  });

  test('random shops: the sums are those of the oracle, sealed or not, and equal a rebuild', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (stream) => {
        const { timezone, confirm: which, around, events } = stream;
        const [one, late] = [await createStore({ timezone }), await createStore({ timezone })];
        for (const { id } of [one, late]) {
          await setConfirm(id, which);
          await env.DB.prepare('update stores set claim_limit = 5000 where id = ?').bind(id).run();
        }
        await importEvents(one.id, events);
        for (const event of events.toReversed()) await importEvents(late.id, [event]);
        const asked = {
          from: dayIn(timezone, around - 3 * DAY),
          to: dayIn(timezone, around + 3 * DAY),
          scope: 'visitor',
          basis: 'order',
          money: 'order',
        } as const;
        const claims = { USD: 5_000, EUR: 5_000, JPY: 5_000 };
        const counted = countByHand(events, { ...asked, timezone, confirm: which, claims, originOf }, '');
        const sums = async () =>
          Object.fromEntries(
            (await metrics(one.id, asked)).totals.money.map(
              ({ currency, order_value, gross, refunded, paid_per_buyer }) => [
                ` ${currency}`,
                { order_value, gross, refunded, paid_per_buyer },
              ],
            ),
          );
        expect(await sums()).toEqual(Object.fromEntries(counted.amounts));
        for (const { id } of [one, late]) await sealStore(id);
        expect(await sums()).toEqual(Object.fromEntries(counted.amounts));
        expect(await derivedTables(late.id)).toBe(await derivedTables(one.id));
      }),
      { numRuns: runs(5, 25) },
    );
  });
});
