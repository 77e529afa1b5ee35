// The metrics endpoint: the worked example, who consulted, both scopes, comparison, groupings and filters.
import { describe, expect, test } from 'vitest';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { act, DAY, MINUTE, NOON, PERIOD } from './acts.ts';
import { createStore, fetchWorker, importEvents, metrics, ORIGIN, operator, sealStore } from './shop.ts';

describe('the worked example', () => {
  test('100 visitors, 40 effective, 20 consulting, 5 buyers: 40 %, 20 %, 5 %', async () => {
    const store = await createStore();
    const events = Array.from({ length: 100 }, (_, n) => n).flatMap((n) => {
      const visitor = `person${n}`;
      return [
        act(visitor, 'visit', 0),
        ...(n < 40 ? [act(visitor, 'visit', 1)] : []),
        ...(n < 20 ? [act(visitor, 'inquiry', 2)] : []),
        ...(n >= 16 && n < 21 ? [act(visitor, 'order', 3)] : []),
      ];
    });
    await importEvents(store.id, events);
    const { totals, rates } = await metrics(store.id, PERIOD);
    expect(totals).toMatchObject({
      visitors: 100,
      effective_visitors: 40,
      consulting_visitors: 20,
      buyers: 5,
    });
    expect(rates.effective_entry_rate.value).toBe(0.4);
    expect(rates.consult_rate.value).toBe(0.2);
    expect(rates.visit_to_order_rate.value).toBe(0.05);
    expect(rates.consult_conversion).toMatchObject({ value: 0.2, numerator: 4, denominator: 20 });
    expect(rates.silent_conversion).toMatchObject({ value: 1 / 80, numerator: 1, denominator: 80 });
  });
});

describe('who consulted', () => {
  test.each([
    [
      'asks, then orders',
      ['inquiry', 'order'],
      { consulting_visitors: 1, consulting_buyers: 1, silent_buyers: 0 },
    ],
    [
      'orders, then asks',
      ['order', 'inquiry'],
      { consulting_visitors: 0, consulting_buyers: 0, silent_buyers: 1 },
    ],
    ['asks only', ['inquiry'], { consulting_visitors: 1, buyers: 0 }],
    ['asks, orders, asks', ['inquiry', 'order', 'inquiry'], { consulting_visitors: 1, consulting_buyers: 1 }],
    ['orders only', ['order'], { consulting_visitors: 0, silent_buyers: 1 }],
    ['looks only', ['visit'], { consulting_visitors: 0, silent_visitors: 1, buyers: 0 }],
  ])('%s', async (_, types, expected) => {
    const store = await createStore();
    await importEvents(
      store.id,
      types.map((type, n) => act('somebody', type, n)),
    );
    expect((await metrics(store.id, PERIOD)).totals).toMatchObject(expected);
  });

  test.each(['hour', 'day'])('by %s: what has one time is told apart by its id', async (by) => {
    const store = await createStore();
    await importEvents(store.id, [
      act('ann', 'order', 0, { id: 'order:of-ann' }),
      act('ann', 'inquiry', 0, { id: 'zz' }),
      act('bob', 'order', 0, { id: 'order:of-bob' }),
      act('bob', 'inquiry', 0, { id: 'aa' }),
    ]);
    const { rows } = await metrics(store.id, { ...PERIOD, by });
    const counted = rows?.filter(({ totals }) => totals.visitors > 0).map(({ totals }) => totals);
    expect(counted).toMatchObject([{ visitors: 2, consulting_visitors: 1, consulting_buyers: 1 }]);
  });

  test('an order before the period does not make an inquiry in it after-sales', async () => {
    const store = await createStore();
    await importEvents(store.id, [
      { ...act('late', 'order', 0), at: NOON - DAY },
      act('late', 'inquiry', 0, { id: 'late.2' }),
    ]);
    expect((await metrics(store.id, PERIOD)).totals).toMatchObject({ consulting_visitors: 1, buyers: 0 });
    expect((await metrics(store.id, { ...PERIOD, from: '2026-05-09' })).totals).toMatchObject({
      consulting_visitors: 0,
      silent_buyers: 1,
    });
  });
});

describe('channels by scope', () => {
  test('first touch for visitors; own or inherited channel for visits', async () => {
    const store = await createStore();
    const visit = (n: number, url: string, extra: object[] = []) => [
      { id: `v${n}.a`, type: 'visit', visitor: 'ann', visit: `v${n}`, at: NOON + n * 60 * MINUTE, url },
      ...extra,
    ];
    const order = {
      id: 'order:1',
      type: 'order',
      visitor: 'ann',
      visit: 'v3',
      at: NOON + 181 * MINUTE,
      order: '1',
      value: 5,
      currency: 'USD',
    };
    await importEvents(store.id, [
      ...visit(1, `${ORIGIN}/?utm_source=letter&utm_medium=email`),
      ...visit(2, `${ORIGIN}/?utm_source=google&utm_medium=cpc`),
      ...visit(3, `${ORIGIN}/`, [order]),
    ]);
    const byVisitor = await metrics(store.id, { ...PERIOD, by: 'channel' });
    expect(byVisitor.rows?.map(({ key, totals }) => [key, totals.visitors, totals.buyers])).toEqual([
      ['email', 1, 1],
    ]);
    const byVisit = await metrics(store.id, { ...PERIOD, by: 'channel', scope: 'visit' });
    expect(
      byVisit.rows?.map(({ key, totals }) => [key, totals.visitors, totals.buyers, totals.orders]),
    ).toEqual([
      ['paid_search', 2, 1, 1],
      ['email', 1, 0, 0],
    ]);
  });

  test('an order belongs to its visit, also where its id begins with the visit’s', async () => {
    const store = await createStore();
    await importEvents(store.id, [act('ann', 'visit', 0), act('ann', 'order', 1, { id: 'annw.order' })]);
    const { totals } = await metrics(store.id, { ...PERIOD, scope: 'visit' });
    expect(totals).toMatchObject({ visitors: 1, buyers: 1 });
  });

  test('an order of no known visitor counts in orders and revenue and is shown as unattributed', async () => {
    const store = await createStore();
    await importEvents(store.id, [
      act('ann', 'visit', 0),
      { id: 'order:S', type: 'order', at: NOON, order: 'S', value: 30, currency: 'USD' },
    ]);
    const { totals, rows } = await metrics(store.id, { ...PERIOD, by: 'channel' });
    expect(totals).toMatchObject({ visitors: 1, buyers: 0, orders: 1, unattributed_orders: 1 });
    expect(totals.money[0]).toMatchObject({ order_value: 3000, revenue_per_visitor: 0 });
    expect(rows?.map(({ key }) => key)).toEqual(['direct', 'unattributed']);
  });
});

describe('comparison', () => {
  test('the previous period is as long and ends the day before', async () => {
    const store = await createStore();
    await importEvents(store.id, [act('ann', 'visit', 0), { ...act('bob', 'visit', 0), at: NOON - 3 * DAY }]);
    const { comparison, period } = await metrics(store.id, {
      from: '2026-05-09',
      to: '2026-05-10',
      by: 'day',
      compare: 'previous',
    });
    expect(period).toEqual({
      from: '2026-05-09',
      to: '2026-05-10',
      days: 2,
      timezone: 'UTC',
      complete: true,
    });
    expect(comparison?.period).toMatchObject({ from: '2026-05-07', to: '2026-05-08', days: 2 });
    expect(comparison?.rows?.map(({ key, totals }) => [key, totals.visitors])).toEqual([
      ['2026-05-07', 1],
      ['2026-05-08', 0],
    ]);
  });

  test('a period that is not over says so', async () => {
    const store = await createStore();
    const today = new Date().toISOString().slice(0, 10);
    expect((await metrics(store.id, { from: today, to: today })).period.complete).toBe(false);
  });
});

describe('groupings and filters', () => {
  test('who is new in the period is so on each of its days, sealed or not', async () => {
    const store = await createStore();
    await importEvents(store.id, [
      { ...act('ann', 'visit', 0), at: NOON - 2 * DAY },
      act('ann', 'visit', 0),
      { ...act('bob', 'visit', 0), at: NOON - 9 * DAY },
      act('bob', 'visit', 0),
    ]);
    const ask = async (kind: string) => {
      const period = { from: '2026-05-08', to: '2026-05-10', by: 'day', 'filter[visitor_kind]': kind };
      return (await metrics(store.id, period)).rows?.map(({ totals }) => totals.visitors);
    };
    for (const seal of [false, true]) {
      if (seal) await sealStore(store.id);
      expect([await ask('new'), await ask('returning')]).toEqual([
        [1, 0, 1],
        [0, 0, 1],
      ]);
    }
  });

  test('several values of a filter are either, several filters are both', async () => {
    const store = await createStore();
    const tagged = (visitor: string, source: string, device: string) => ({
      ...act(visitor, 'visit', 0),
      url: `${ORIGIN}/?utm_source=${source}&utm_medium=email`,
      device,
    });
    await importEvents(store.id, [
      tagged('ann', 'a', 'mobile'),
      tagged('bob', 'b', 'mobile'),
      tagged('cy', 'c', 'mobile'),
      tagged('dee', 'a', 'desktop'),
    ]);
    const question = new URLSearchParams({
      store: store.id,
      ...PERIOD,
      by: 'source',
      'filter[device]': 'mobile',
    });
    question.append('filter[source]', 'a');
    question.append('filter[source]', 'b');
    const answer = await (
      await fetchWorker(`/v1/metrics?${question}`, { headers: operator() })
    ).json<MetricsAnswer>();
    expect(answer.totals.visitors).toBe(2);
    expect(answer.rows?.map(({ key, totals }) => [key, totals.visitors])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('a year before is the same dates, and weeks begin on Monday', async () => {
    const store = await createStore();
    const { comparison, rows } = await metrics(store.id, {
      from: '2024-02-29',
      to: '2024-03-11',
      by: 'week',
      compare: 'year',
    });
    expect(comparison?.period).toMatchObject({ from: '2023-02-28', to: '2023-03-11' });
    expect(rows?.map(({ key }) => key)).toEqual(['2024-02-26', '2024-03-04', '2024-03-11']);
  });
});
