// A period's orders one by one: they agree with the figures, on pages of any size, at the cost of a page.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import { LOOKED_THROUGH, type OrdersAnswer } from '../../worker/metrics/orders.ts';
import { runs } from '../effort.ts';
import { act, DAY, MINUTE, NOON, PERIOD } from './acts.ts';
import { rowsRead } from './rows.ts';
import {
  ask,
  createStore,
  fetchWorker,
  importEvents,
  metrics,
  ORIGIN,
  operator,
  type Question,
  queryOf,
} from './shop.ts';
import { streams } from './streams.ts';

const get = <T>(path: string, store: string, question: Question = {}) =>
  ask<T>('GET', `${path}?${queryOf(store, question)}`);

describe('/v1/orders', () => {
  /** All pages. */
  async function ordersOf(store: string, question: Question): Promise<OrdersAnswer['orders']> {
    const orders: OrdersAnswer['orders'] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: OrdersAnswer = await get<OrdersAnswer>('/v1/orders', store, {
        ...question,
        ...(cursor ? { cursor } : {}),
      });
      orders.push(...page.orders);
      cursor = page.next;
    }
    return orders;
  }

  test('says of each what became of it and whose it was', async () => {
    const { id } = await createStore();
    const sold = (order: string, type: string, minutes: number, value: number) =>
      act('ann', type, minutes, { id: `${type}:${order}`, order, value });
    await importEvents(id, [
      act('ann', 'visit', 0, { url: `${ORIGIN}/?utm_source=letter&utm_medium=email` }),
      sold('placed', 'order', 1, 10),
      sold('paid', 'order', 2, 10),
      sold('paid', 'payment', 3, 11),
      sold('partly', 'order', 4, 10),
      sold('partly', 'payment', 5, 10),
      act('ann', 'refund', 6, { order: 'partly', value: 4 }),
      sold('wholly', 'order', 7, 10),
      sold('wholly', 'payment', 8, 10),
      act('ann', 'refund', 9, { order: 'wholly', value: 40 }),
      { id: 'order:server', type: 'order', at: NOON - DAY, order: 'server', value: 1, currency: 'EUR' },
    ]);
    const orders = await ordersOf(id, { ...PERIOD, from: '2026-05-09' });
    expect(orders.map(({ order, state, channel, refunded }) => [order, state, channel, refunded])).toEqual([
      ['wholly', 'refunded', 'email', 1000],
      ['placed', 'placed', 'email', 0],
      ['partly', 'partly_refunded', 'email', 400],
      ['paid', 'paid', 'email', 0],
      ['server', 'placed', 'unattributed', 0],
    ]);
    expect(orders[3]).toEqual({
      order: 'paid',
      day: '2026-05-10',
      at: NOON + 2 * MINUTE,
      state: 'paid',
      value: 1000,
      currency: 'USD',
      digits: 2,
      paid_at: NOON + 3 * MINUTE,
      paid: 1100,
      paid_currency: 'USD',
      refunded: 0,
      confirmed: false,
      paid_confirmed: false,
      held: null,
      paid_held: null,
      visitor: 'ann',
      visit: 'annw',
      channel: 'email',
    });
  });

  test('says what a server has confirmed', async () => {
    const { id } = await createStore();
    const said = (order: string, type: string, more: object = {}) => ({
      ...{ id: `${type}:${order}`, type, at: NOON, order, value: 1, currency: 'USD' },
      ...more,
    });
    const confirmed = { confirmed: true };
    await importEvents(id, [
      ...[said('claimed', 'order'), said('claimed', 'payment')],
      ...[said('paid', 'order'), said('paid', 'payment'), said('paid', 'payment', confirmed)],
      said('placed', 'order', confirmed),
    ]);
    const orders = await ordersOf(id, PERIOD);
    expect(orders.map((one) => [one.order, one.confirmed, one.paid_confirmed])).toEqual([
      ['placed', true, false],
      ['paid', false, true],
      ['claimed', false, false],
    ]);
  });

  test('agrees with the figures on random shops, by channel and by payment, on pages of any size', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        streams,
        fc.integer({ min: 1, max: 4 }),
        async ({ timezone, around, events }, limit) => {
          const { id } = await createStore({ timezone });
          await importEvents(id, events);
          const date = (days: number) => new Date(around + days * DAY).toISOString().slice(0, 10);
          const period = { from: date(-3), to: date(3) };
          const figures = await metrics(id, { ...period, by: 'channel', scope: 'visit' });
          const paged = { ...period, limit: String(limit) };
          const all = await ordersOf(id, paged);
          expect(all.length).toBe(figures.totals.orders);
          expect(new Set(all.map(({ order }) => order)).size).toBe(all.length);
          expect(all.map(({ day }) => day)).toEqual(
            all
              .map(({ day }) => day)
              .toSorted()
              .reverse(),
          );
          for (const { key, totals } of figures.rows ?? []) {
            const some = await ordersOf(id, { ...paged, 'filter[channel]': key });
            expect([key, some.length]).toEqual([key, totals.orders]);
            expect(all.filter(({ channel }) => channel === key)).toEqual(some);
          }
          const paid = await ordersOf(id, { ...paged, paid: 'true' });
          expect(paid.length).toBe(figures.totals.paid_orders);
          expect((await ordersOf(id, { ...paged, paid: 'false' })).length).toBe(all.length - paid.length);
          const usd = figures.totals.money.find(({ currency }) => currency === 'USD');
          const sum = (some: typeof all) => some.reduce((total, { value }) => total + value, 0);
          expect(sum(all.filter(({ currency }) => currency === 'USD'))).toBe(usd?.order_value ?? 0);
        },
      ),
      { numRuns: runs(10, 20) },
    );
  });

  test('costs rows by its page; with a filter that finds nothing it stops and says where to go on', async () => {
    const { id } = await createStore();
    const orders = (count: number, day: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...{ id: `order:${day}-${n}`, type: 'order', order: `${day}-${n}`, value: 1, currency: 'USD' },
        at: NOON + day * DAY,
      }));
    await importEvents(id, orders(1_500, 0));
    await importEvents(id, orders(1_500, 1));
    const days = { from: '2026-05-01', to: '2026-05-31' };
    const page = await rowsRead(() => get('/v1/orders', id, { ...days, limit: '50' }));
    expect(page).toBeGreaterThan(50);
    // Each order from its index and from its table, and three rows to learn that nobody made it.
    expect(page).toBeLessThanOrEqual(5 * 51);
    let first: OrdersAnswer | undefined;
    const filtered = await rowsRead(async () => {
      first = await get<OrdersAnswer>('/v1/orders', id, { ...days, paid: 'true' });
    });
    expect(first?.orders).toEqual([]);
    expect(first?.next).toEqual(expect.any(String));
    expect(filtered).toBeGreaterThan(LOOKED_THROUGH);
    expect(filtered).toBeLessThanOrEqual(2 * LOOKED_THROUGH + 100);
    const last = await get<OrdersAnswer>('/v1/orders', id, {
      ...days,
      paid: 'true',
      cursor: first?.next ?? '',
    });
    expect(last).toMatchObject({ orders: [], next: null });
  });

  test.each([
    ['paid', 'yes'],
    ['from', '2026-06-01'],
    ['filter[moon]', 'full'],
    ['limit', '501'],
    ['cursor', btoa('["a",1]')],
  ])('refuses %s=%s', async (parameter, value) => {
    const { id } = await createStore();
    const query = queryOf(id, { ...PERIOD, [parameter]: value });
    const response = await fetchWorker(`/v1/orders?${query}`, { headers: operator() });
    const at = parameter === 'from' ? 'to' : parameter;
    expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, at]);
  });
});
