// A period's visitors one by one: they agree with a count by hand and with the figures, on pages of any size.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import type { OrdersAnswer } from '../../worker/metrics/orders.ts';
import type { VisitorsAnswer } from '../../worker/metrics/visitors.ts';
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
  setConfirm,
} from './shop.ts';
import { streamsOf } from './streams.ts';
import { standings } from './visitors-oracle.ts';

const get = <T>(path: string, store: string, question: Question = {}) =>
  ask<T>('GET', `${path}?${queryOf(store, question)}`);
const visitors = (store: string, question: Question) => get<VisitorsAnswer>('/v1/visitors', store, question);

/** All pages. */
async function everybody(store: string, question: Question): Promise<VisitorsAnswer['visitors']> {
  const found: VisitorsAnswer['visitors'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await visitors(store, { ...question, ...(cursor ? { cursor } : {}) });
    found.push(...page.visitors);
    cursor = page.next;
  }
  return found;
}
const namesOf = (some: VisitorsAnswer['visitors']) => some.map(({ visitor }) => visitor).sort();

const sold = (visitor: string, type: string, minutes: number, fields: object = {}) =>
  act(visitor, type, minutes, { id: `${type}:${visitor}`, order: visitor, ...fields });

describe('/v1/visitors', () => {
  test('says of each how far it got, when, by which way, where it was last seen and what lay in the cart', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('ann', 'visit', 0, { url: `${ORIGIN}/tea?utm_source=letter&utm_medium=email` }),
      act('ann', 'inquiry', 1),
      act('ann', 'cart', 2, { value: 12.5, currency: 'EUR' }),
      act('ann', 'checkout', 3, { value: 17, currency: 'EUR' }),
      act('ann', 'visit', 4, { url: `${ORIGIN}/cart` }),
      { ...act('ann', 'visit', 0, { visit: 'later', id: 'later.1', url: `${ORIGIN}/sale` }), at: NOON + DAY },
      act('bob', 'visit', 9),
    ]);
    const answer = await visitors(id, PERIOD);
    expect(answer.counts).toEqual({
      open: { inquiry: 1, cart: 1 },
      furthest: { visit: 1, effective: 0, product: 0, cart: 0, checkout: 1, order: 0, payment: 0 },
    });
    expect(answer.visitors).toEqual([
      {
        ...{ visitor: 'bob', channel: 'direct', furthest: 'visit', inquired: null, at: NOON + 9 * MINUTE },
        ...{ last_page: '/', last_seen: NOON + 9 * MINUTE, value: null, currency: null, digits: null },
      },
      {
        ...{ visitor: 'ann', channel: 'email', furthest: 'checkout', at: NOON + 3 * MINUTE },
        ...{ inquired: NOON + MINUTE, last_page: '/sale', last_seen: NOON + DAY },
        ...{ value: 1700, currency: 'EUR', digits: 2 },
      },
    ]);
    expect((await visitors(id, { ...PERIOD, open: 'inquiry' })).visitors[0]?.at).toBe(NOON + MINUTE);
  });

  test('forgets who orders or pays, also after the period', async () => {
    const { id } = await createStore();
    const lists = async () => {
      const { counts } = await visitors(id, PERIOD);
      return [counts.open.inquiry, counts.open.cart, counts.furthest.order, counts.furthest.payment];
    };
    await importEvents(id, [
      ...['ann', 'bob'].flatMap((who) => [act(who, 'inquiry', 1), act(who, 'cart', 2)]),
      // Asked only after ordering: that is service, and no open inquiry.
      sold('cy', 'order', 1),
      act('cy', 'inquiry', 2),
    ]);
    expect(await lists()).toEqual([2, 2, 1, 0]);
    await importEvents(id, [{ ...sold('ann', 'order', 0), at: NOON + 3 * DAY }]);
    expect(await lists()).toEqual([1, 1, 2, 0]);
    await importEvents(id, [{ ...sold('cy', 'payment', 0), at: NOON + 4 * DAY }]);
    expect(await lists()).toEqual([1, 1, 1, 1]);
  });

  test('a cart filled after an order is open again; one on another visitor’s order is not closed', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('ann', 'cart', 1),
      sold('ann', 'order', 2),
      act('ann', 'cart', 3),
      act('bob', 'checkout', 1),
      { ...sold('bob', 'order', 1), at: NOON + MINUTE - 1_900 },
      act('cy', 'checkout', 1),
      { ...sold('cy', 'order', 1), at: NOON + MINUTE - 2_100 },
    ]);
    expect(namesOf(await everybody(id, { ...PERIOD, open: 'cart' }))).toEqual(['ann', 'cy']);
  });

  test('agrees with a count by hand and with the figures on random shops, on pages of any size', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        // Short streams have nobody who asks, fills a cart and orders.
        streamsOf(25),
        fc.integer({ min: 1, max: 3 }),
        fc.tuple(fc.integer({ min: -3, max: 0 }), fc.integer({ min: 0, max: 3 })),
        async ({ timezone, confirm, around, events }, limit, [before, after]) => {
          const { id } = await createStore({ timezone });
          await setConfirm(id, confirm);
          // Streams have carts only: some of them become the steps beside.
          const raw = events.map((event, n) =>
            event.type === 'cart'
              ? { ...event, type: ['cart', 'product', 'checkout'][n % 3] as string }
              : event,
          );
          await importEvents(
            id,
            raw.map((event) => ({ ...event, confirmed: event.id.includes('!:') })),
          );
          const date = (days: number) => new Date(around + days * DAY).toISOString().slice(0, 10);
          const period = { from: date(before), to: date(after) };
          const expected = standings(raw, { timezone, confirm, ...period });
          const { counts } = await visitors(id, period);
          const all = await everybody(id, { ...period, limit: String(limit) });
          expect(namesOf(all)).toEqual([...expected.keys()].sort());
          expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a));
          for (const one of all) {
            const by = expected.get(one.visitor);
            expect([one.visitor, one.furthest, one.last_seen]).toEqual([
              one.visitor,
              by?.furthest,
              by?.lastSeen,
            ]);
          }
          for (const open of ['inquiry', 'cart'] as const) {
            const listed = await everybody(id, { ...period, open, limit: String(limit) });
            const wanted = [...expected].filter(([, standing]) => standing[open]).map(([name]) => name);
            expect([open, namesOf(listed)]).toEqual([open, wanted.sort()]);
            expect(counts.open[open]).toBe(listed.length);
          }
          const { totals, rows } = await metrics(id, { ...period, by: 'channel' });
          expect(Object.values(counts.furthest).reduce((sum, n) => sum + n, 0)).toBe(totals.visitors);
          for (const { key, totals } of rows ?? []) {
            if (key === 'unattributed') continue;
            const some = await everybody(id, { ...period, 'filter[channel]': key, limit: '500' });
            expect([key, some.length]).toEqual([key, totals.visitors]);
            expect(namesOf(some)).toEqual(namesOf(all.filter(({ channel }) => channel === key)));
          }
          // Up to now, the open inquiries are the consulting visitors who did not become buyers.
          const rest = { from: period.from, to: date(60) };
          const whole = (await metrics(id, rest)).totals;
          const open = (await visitors(id, rest)).counts;
          expect(open.open.inquiry).toBe(whole.consulting_visitors - whole.consulting_buyers);
          expect(open.furthest.visit).toBe(whole.visitors - whole.effective_visitors);
          expect(open.furthest.payment).toBe(whole.paying_visitors);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('reads a row for each visit and sale of the period, and a few for each that is shown', async () => {
    const { id } = await createStore();
    const visits = (count: number, day: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...act(`d${day}v${n}`, 'cart', n % 30),
        at: NOON + day * DAY + n,
      }));
    await importEvents(id, [...visits(600, 0), ...visits(600, -1), ...visits(600, 1)]);
    const read = await rowsRead(() => visitors(id, { ...PERIOD, open: 'cart', limit: '20' }));
    expect(read).toBeGreaterThanOrEqual(600);
    // Of each shown: first visit, latest visit and cart, most of them through temporary tables.
    expect(read).toBeLessThanOrEqual(600 + 25 * 20 + 30);
  });

  test.each([
    ['open', 'payment'],
    ['furthest', 'moon'],
    ['to', '2026-05-09'],
    ['limit', '501'],
    ['cursor', btoa('["a",1]')],
  ])('refuses %s=%s', async (parameter, value) => {
    const { id } = await createStore();
    const query = queryOf(id, { ...PERIOD, [parameter]: value });
    const response = await fetchWorker(`/v1/visitors?${query}`, { headers: operator() });
    expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, parameter]);
  });
});

test('/v1/orders says where whoever ordered was last seen, if it is asked to, and has no ETag then', async () => {
  const { id } = await createStore();
  await importEvents(id, [
    act('ann', 'visit', 0),
    sold('ann', 'order', 1),
    { ...act('ann', 'visit', 0, { visit: 'w2', id: 'w2.1', url: `${ORIGIN}/help` }), at: NOON + DAY },
    { ...act('ann', 'visit', 0, { visit: 'w3', id: 'w3.1', url: `${ORIGIN}/` }), at: NOON + DAY - MINUTE },
    { id: 'order:server', type: 'order', at: NOON, order: 'server', value: 1, currency: 'JPY' },
  ]);
  const last = { last: 'true' };
  const { orders } = await get<OrdersAnswer>('/v1/orders', id, { ...PERIOD, ...last });
  expect(
    orders.map(({ order, digits, last_page, last_seen }) => [order, digits, last_page, last_seen]),
  ).toEqual([
    ['server', 0, null, null],
    ['ann', 2, '/help', NOON + DAY],
  ]);
  const plain = await get<OrdersAnswer>('/v1/orders', id, PERIOD);
  expect(plain.orders[0]).not.toHaveProperty('last_page');
  const response = await fetchWorker(`/v1/orders?${queryOf(id, { ...PERIOD, ...last })}`, {
    headers: operator(),
  });
  expect(response.headers.get('etag')).toBeNull();
});
