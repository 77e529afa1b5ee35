// One visitor's timeline: what it says, in which sequence, and what it costs.
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import type { VisitorAnswer } from '../../worker/metrics/visitor.ts';
import { act, DAY, MINUTE, NOON } from './acts.ts';
import { rowsRead } from './rows.ts';
import {
  ask,
  createStore,
  fetchWorker,
  importEvents,
  ORIGIN,
  operator,
  type Question,
  queryOf,
} from './shop.ts';

const get = <T>(path: string, store: string, question: Question = {}) =>
  ask<T>('GET', `${path}?${queryOf(store, question)}`);

describe('/v1/visitors/{id}', () => {
  test('tells visits, pages, inquiries, orders, payments and refunds in sequence', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('ann', 'visit', 0, { url: `${ORIGIN}/p/1?utm_source=letter&utm_medium=email` }),
      act('ann', 'inquiry', 1),
      act('ann', 'custom', 2, { name: 'quiz' }),
      act('ann', 'order', 3, { id: 'order:A', order: 'A', value: 12.5 }),
      act('ann', 'payment', 4, { id: 'payment:A', order: 'A', value: 12.5 }),
      act('ann', 'payment', 5, { id: 'again', order: 'A', value: 99 }),
      act('ann', 'refund', 9, { order: 'A', value: 2 }),
      { ...act('ann', 'visit', 0, { visit: 'later', id: 'later.1' }), at: NOON + DAY },
      act('bob', 'visit', 0),
    ]);
    const answer = await get<VisitorAnswer>('/v1/visitors/ann', id);
    expect(answer).toMatchObject({ store: id, visitor: 'ann', next: null });
    expect(answer.visits.map(({ visit, day }) => [visit, day])).toEqual([
      ['later', '2026-05-11'],
      ['annw', '2026-05-10'],
    ]);
    const [, first] = answer.visits;
    expect(first).toMatchObject({
      channel: 'email',
      source: 'letter',
      entry: '/p/1',
      pages: 1,
      effective: true,
    });
    expect(first?.events).toEqual([
      { at: NOON, type: 'visit', page: '/p/1' },
      { at: NOON + MINUTE, type: 'inquiry' },
      { at: NOON + 2 * MINUTE, type: 'custom', name: 'quiz' },
      { at: NOON + 3 * MINUTE, type: 'order', order: 'A', value: 1250, currency: 'USD', digits: 2 },
      { at: NOON + 4 * MINUTE, type: 'payment', order: 'A', value: 1250, currency: 'USD', digits: 2 },
      { at: NOON + 9 * MINUTE, type: 'refund', order: 'A', value: 200, currency: 'USD', digits: 2 },
    ]);
  });

  test('a visit over midnight comes once for each day, and its order once', async () => {
    const { id } = await createStore({ timezone: 'Asia/Kathmandu' });
    const midnight = Date.UTC(2026, 4, 10, 18, 15);
    const at = (minutes: number) => ({ at: midnight + minutes * MINUTE });
    await importEvents(id, [
      { ...act('ann', 'visit', 0), ...at(-5) },
      { ...act('ann', 'order', 0, { id: 'order:A', order: 'A' }), ...at(-4) },
      { ...act('ann', 'visit', 0), ...at(5) },
    ]);
    const { visits } = await get<VisitorAnswer>('/v1/visitors/ann', id);
    expect(visits.map(({ day, events }) => [day, events.map(({ type }) => type)])).toEqual([
      ['2026-05-11', ['order', 'visit']],
      ['2026-05-10', ['visit']],
    ]);
  });

  test('comes in pages, and any id that a visitor may have can be asked for', async () => {
    const { id } = await createStore();
    const visitor = 'a/b?c#d%e';
    const visits = Array.from({ length: 12 }, (_, n) => ({
      ...act(visitor, 'visit', 0, { visit: `w${n}`, id: `w${n}.1` }),
      at: NOON - Math.floor(n / 2) * DAY,
    }));
    await importEvents(id, visits);
    const seen: string[] = [];
    const path = `/v1/visitors/${encodeURIComponent(visitor)}`;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: VisitorAnswer = await get<VisitorAnswer>(path, id, {
        limit: '5',
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.visits.map(({ day, visit }) => `${day} ${visit}`));
      cursor = page.next;
    }
    expect(seen.length).toBe(12);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  test('who is not there, or is another store’s, is a 404', async () => {
    const [mine, other] = [await createStore(), await createStore()];
    await importEvents(other.id, [act('ann', 'visit', 0)]);
    for (const visitor of ['ann', 'nobody']) {
      const response = await fetchWorker(`/v1/visitors/${visitor}?store=${mine.id}`, { headers: operator() });
      expect(await response.json<Problem>()).toMatchObject({
        status: 404,
        code: 'unknown_visitor',
        parameter: 'id',
      });
    }
  });

  test('costs rows by its page, however many visits there are', async () => {
    const { id } = await createStore();
    const visits = (visitor: string, count: number) =>
      Array.from({ length: count }, (_, n) =>
        act(visitor, 'visit', n, { visit: `${visitor}${n}`, id: `${visitor}${n}.1` }),
      );
    await importEvents(id, [...visits('few', 30), ...visits('many', 2_000)]);
    const [few, many] = [
      await rowsRead(() => get('/v1/visitors/few', id)),
      await rowsRead(() => get('/v1/visitors/many', id)),
    ];
    expect(few).toBeGreaterThan(20);
    expect(many).toBe(few);
    // Each visit from its index and from its table, and the store.
    expect(many).toBeLessThanOrEqual(2 * 21 + 30);
  });
});
