// The last half hour, minute by minute, at the cost of today's visits.
import { describe, expect, test, vi } from 'vitest';
import type { LiveAnswer } from '../../worker/metrics/live-answer.ts';
import { act, DAY, MINUTE, NOON } from './acts.ts';
import { rowsRead } from './rows.ts';
import { ask, createStore, importEvents, ORIGIN, type Question, queryOf } from './shop.ts';

const get = <T>(path: string, store: string, question: Question = {}) =>
  ask<T>('GET', `${path}?${queryOf(store, question)}`);

describe('/v1/live', () => {
  const NOW = Date.UTC(2026, 4, 10, 12, 40, 30);
  const live = async (store: string, now = NOW) => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    try {
      return await get<LiveAnswer>('/v1/live', store);
    } finally {
      vi.useRealTimers();
    }
  };

  test('counts the last half hour, minute by minute, and nothing before it', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('gone', 'visit', 10),
      act('ann', 'visit', 11, { url: `${ORIGIN}/a?utm_source=letter&utm_medium=email` }),
      act('ann', 'visit', 12, { url: `${ORIGIN}/b` }),
      act('ann', 'inquiry', 38),
      act('bob', 'visit', 39, { url: `${ORIGIN}/a` }),
      act('bob', 'order', 40, { id: 'order:B', order: 'B' }),
      act('bob', 'order', 40, { id: 'claimed.again', order: 'B' }),
      act('bob', 'payment', 40, { id: 'payment:B', order: 'B' }),
      act('cy', 'visit', 50),
    ]);
    const answer = await live(id);
    expect(answer).toMatchObject({
      ...{ store: id, at: NOW, minutes: 30, complete: true },
      ...{ visitors_now: 2, visitors: 2, visits: 2 },
      pages: [
        { page: '/a', visitors: 2, visitors_now: 1, views: 2 },
        { page: '/b', visitors: 1, visitors_now: 0, views: 1 },
      ],
      countries: [{ country: null, visitors: 2, visitors_now: 2 }],
      money: [{ currency: 'USD', digits: 2, orders: 1, order_value: 1000, payments: 1, paid: 1000 }],
    });
    expect(answer.events).toMatchObject({ visit: 3, inquiry: 1, order: 1, payment: 1, cart: 0 });
    expect(answer.channels).toEqual(
      expect.arrayContaining([
        { channel: 'email', visitors: 1, visitors_now: 1 },
        { channel: 'direct', visitors: 1, visitors_now: 1 },
      ]),
    );
    expect(answer.by_minute.length).toBe(30);
    expect(answer.by_minute[0]).toEqual({ at: NOON + 11 * MINUTE, visitors: 1, pages: 1, orders: 0 });
    expect(answer.by_minute.at(-1)).toEqual({ at: NOON + 40 * MINUTE, visitors: 1, pages: 0, orders: 1 });
    expect((await live(id, NOW + 4 * MINUTE)).visitors_now).toBe(1);
    expect((await live(id, NOW + 30 * MINUTE)).visitors).toBe(1);
  });

  test('tells what happened one by one, the latest first, sales once and with what they are worth', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('gone', 'visit', 10),
      act('ann', 'visit', 12, { url: `${ORIGIN}/a?utm_source=letter&utm_medium=email`, country: 'DE' }),
      act('ann', 'engaged', 13, { engaged: 4_000 }),
      act('ann', 'custom', 14, { name: '<b>quiz</b>' }),
      act('ann', 'order', 15, { id: 'order:A', order: 'A' }),
      act('ann', 'order', 16, { id: 'again', order: 'A' }),
      act('ann', 'payment', 15, { id: 'payment:A', order: 'A', value: 12.5 }),
      { id: 'order:S', type: 'order', at: NOON + 20 * MINUTE, order: 'S', value: 7, currency: 'JPY' },
      ...Array.from({ length: 40 }, (_, n) => act('bob', 'visit', 21 + n / 60, { url: `${ORIGIN}/${n}` })),
    ]);
    const first = await live(id);
    expect(first.latest.length).toBe(30);
    expect(first.latest[0]).toEqual({
      ...{ at: NOON + 21 * MINUTE + 39_000, type: 'visit', visitor: 'bob' },
      ...{ channel: 'direct', country: null, page: '/39' },
    });
    const { latest } = await live(id, NOON + 20.5 * MINUTE);
    const email = { visitor: 'ann', channel: 'email', country: 'DE' };
    const sale = { order: 'A', currency: 'USD', digits: 2 };
    expect(latest).toEqual([
      {
        ...{ at: NOON + 20 * MINUTE, type: 'order', visitor: null, channel: null, country: null },
        ...{ order: 'S', value: 7, currency: 'JPY', digits: 0 },
      },
      { at: NOON + 15 * MINUTE, type: 'payment', ...email, ...sale, value: 1250 },
      { at: NOON + 15 * MINUTE, type: 'order', ...email, ...sale, value: 1000 },
      { at: NOON + 14 * MINUTE, type: 'custom', ...email, name: '<b>quiz</b>' },
      { at: NOON + 12 * MINUTE, type: 'visit', ...email, page: '/a' },
      { at: NOON + 10 * MINUTE, type: 'visit', visitor: 'gone', channel: 'direct', country: null, page: '/' },
    ]);
  });

  test('knows the carts that no order follows', async () => {
    const { id } = await createStore();
    const sold = (visitor: string, minutes: number) =>
      act(visitor, 'order', minutes, { id: `order:${visitor}`, order: visitor });
    await importEvents(id, [
      act('early', 'cart', 5),
      act('ann', 'cart', 20),
      act('bob', 'cart', 20),
      act('bob', 'checkout', 21),
      sold('bob', 22),
      // Ordered, and then filled the cart again.
      sold('cy', 23),
      act('cy', 'cart', 24),
      // Two clocks: the order seems to come before its checkout.
      { ...sold('dee', 25), at: NOON + 25 * MINUTE - 1_500 },
      act('dee', 'checkout', 25),
    ]);
    expect((await live(id)).open_carts).toBe(2);
  });

  test('just after midnight it still knows the day before', async () => {
    const { id } = await createStore({ timezone: 'Asia/Kathmandu' });
    const midnight = Date.UTC(2026, 4, 10, 18, 15);
    await importEvents(id, [
      { ...act('ann', 'visit', 0), at: midnight - 2 * MINUTE },
      { ...act('bob', 'visit', 0), at: midnight + MINUTE },
    ]);
    expect((await live(id, midnight + 2 * MINUTE)).visitors).toBe(2);
  });

  test('reads a row for each visit of the day, whatever other days hold', async () => {
    const { id } = await createStore();
    const visits = (day: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...act(`d${day}v${n}`, 'visit', n % 30),
        at: NOON + day * DAY + n,
      }));
    await importEvents(id, [...visits(0, 300), ...visits(-1, 900), ...visits(1, 900)]);
    const read = await rowsRead(() => live(id));
    expect(read).toBeGreaterThanOrEqual(300);
    expect(read).toBeLessThanOrEqual(300 + 10);
  });
});
