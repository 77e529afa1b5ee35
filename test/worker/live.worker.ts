// The last half hour, minute by minute, at the cost of today's visits.
import { describe, expect, test, vi } from 'vitest';
import type { LiveAnswer } from '../../worker/metrics/live.ts';
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
        { page: '/a', visitors: 2, views: 2 },
        { page: '/b', visitors: 1, views: 1 },
      ],
    });
    expect(answer.events).toMatchObject({ visit: 3, inquiry: 1, order: 1, payment: 1, cart: 0 });
    expect(answer.channels).toEqual(
      expect.arrayContaining([
        { channel: 'email', visitors: 1 },
        { channel: 'direct', visitors: 1 },
      ]),
    );
    expect(answer.by_minute.length).toBe(30);
    expect(answer.by_minute[0]).toEqual({ at: NOON + 11 * MINUTE, visitors: 1, pages: 1 });
    expect(answer.by_minute.at(-1)).toEqual({ at: NOON + 40 * MINUTE, visitors: 1, pages: 0 });
    expect((await live(id, NOW + 4 * MINUTE)).visitors_now).toBe(1);
    expect((await live(id, NOW + 30 * MINUTE)).visitors).toBe(1);
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
