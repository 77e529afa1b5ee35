// Maturity case by case: what counts as converted, when a window is mature, and what is refused.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import { counted, DAY, MINUTE, matured, maturity, NOBODY, setClock } from './maturity.ts';
import type { HandCount } from './maturity-oracle.ts';
import { createStore, fetchWorker, importEvents, operator } from './shop.ts';

afterEach(() => {
  vi.useRealTimers();
});

const NOON = Date.UTC(2026, 4, 10, 12);
const PERIOD = { from: '2026-05-10', to: '2026-05-10' };

/** An event of a visitor's only visit; a sale is of the order named after it. */
const act = (id: string, type: string, at: number, fields: object = {}) => ({
  id,
  type,
  visitor: 'ann',
  visit: 'w1',
  at,
  ...(type === 'inquiry' || type === 'visit' ? {} : { order: 'A-1', value: 10, currency: 'USD' }),
  ...fields,
});

describe('what counts as converted', () => {
  const days = (n: number) => NOON + n * DAY;
  const cases: [string, object[], Partial<HandCount>, Partial<HandCount>][] = [
    [
      'asks and buys within the hour',
      [act('a', 'inquiry', NOON), act('b', 'order', NOON + MINUTE), act('c', 'payment', NOON + 2 * MINUTE)],
      { same_day: 1, next_day: 1, seven_days: 1, final: 1 },
      { same_day: 1, next_day: 1, seven_days: 1, final: 1 },
    ],
    [
      'pays three days later',
      [act('a', 'inquiry', NOON), act('b', 'order', NOON + MINUTE), act('c', 'payment', days(3))],
      { same_day: 1, next_day: 1, seven_days: 1, final: 1 },
      { same_day: 0, next_day: 0, seven_days: 1, final: 1 },
    ],
    [
      'never pays',
      [act('a', 'inquiry', NOON), act('b', 'order', days(1))],
      { same_day: 0, next_day: 1, seven_days: 1, final: 1 },
      { same_day: 0, next_day: 0, seven_days: 0, final: 0 },
    ],
    [
      'orders on the seventh day and pays on the eighth',
      [act('a', 'inquiry', NOON), act('b', 'order', days(7)), act('c', 'payment', days(8))],
      { next_day: 0, seven_days: 1, final: 1 },
      { next_day: 0, seven_days: 0, final: 1 },
    ],
    [
      'comes back after sixty days',
      [act('a', 'inquiry', NOON), act('b', 'order', days(60)), act('c', 'payment', days(60))],
      { seven_days: 0, final: 1 },
      { seven_days: 0, final: 1 },
    ],
    [
      'pays the second order before the first',
      [
        act('a', 'inquiry', NOON),
        act('b', 'order', days(0) + MINUTE),
        act('c', 'order', days(1), { order: 'A-2' }),
        act('d', 'payment', days(1) + MINUTE, { order: 'A-2' }),
        act('e', 'payment', days(5)),
      ],
      { same_day: 1, final: 1 },
      { same_day: 0, next_day: 1, final: 1 },
    ],
    [
      'pays, after asking, what was ordered before the period',
      [act('b', 'order', days(-1)), act('a', 'inquiry', NOON), act('c', 'payment', NOON + MINUTE)],
      { consulting_visitors: 1, final: 0 },
      { consulting_visitors: 1, final: 0 },
    ],
    [
      'asks after ordering, which is after-sales',
      [
        act('b', 'order', NOON),
        act('a', 'inquiry', NOON + MINUTE),
        act('c', 'order', days(1), { order: 'A-2' }),
      ],
      NOBODY,
      NOBODY,
    ],
    [
      'asks twice, and the first inquiry counts',
      [act('a', 'inquiry', NOON), act('b', 'order', NOON + MINUTE), act('c', 'inquiry', NOON + 2 * MINUTE)],
      { consulting_visitors: 1, same_day: 1 },
      { consulting_visitors: 1, same_day: 0 },
    ],
    [
      'orders in the millisecond of the inquiry, under a larger id',
      [act('m', 'inquiry', NOON), act('n', 'order', NOON), act('o', 'payment', NOON)],
      { consulting_visitors: 1, same_day: 1 },
      { consulting_visitors: 1, same_day: 1 },
    ],
    [
      'orders in the millisecond of the inquiry, under a smaller id',
      [act('m', 'inquiry', NOON), act('l', 'order', NOON)],
      NOBODY,
      NOBODY,
    ],
    [
      'has an order of no known visitor',
      [act('a', 'inquiry', NOON), act('b', 'order', NOON + MINUTE, { visitor: undefined, visit: undefined })],
      { consulting_visitors: 1, final: 0 },
      { consulting_visitors: 1, final: 0 },
    ],
    [
      'is paid without ever being placed',
      [act('a', 'inquiry', NOON), act('b', 'payment', NOON + MINUTE)],
      { consulting_visitors: 1, final: 0 },
      { consulting_visitors: 1, final: 0 },
    ],
    [
      'has a payment dated before the inquiry, which came at once',
      [act('c', 'payment', days(-1)), act('a', 'inquiry', NOON), act('b', 'order', NOON + MINUTE)],
      { consulting_visitors: 1, same_day: 1 },
      { consulting_visitors: 1, same_day: 1, next_day: 1, seven_days: 1, final: 1 },
    ],
  ];
  test.each(cases)('who %s', async (_, events, byOrder, byPayment) => {
    // Late enough for orders of sixty days after.
    setClock(NOON + 70 * DAY);
    const store = await createStore();
    expect(await importEvents(store.id, events)).toMatchObject({ accepted: events.length });
    expect(counted(await maturity(store.id, PERIOD))).toMatchObject(byOrder);
    expect(counted(await maturity(store.id, { ...PERIOD, basis: 'payment' }))).toMatchObject(byPayment);
  });

  test('days are the store’s: midnight in Kathmandu is a quarter past six in the evening', async () => {
    const midnight = Date.UTC(2026, 4, 10, 18, 15);
    const asked = (visitor: string, minutes: number) =>
      act(`${visitor}.a`, 'inquiry', midnight + minutes * MINUTE, { visitor, visit: visitor });
    const bought = (visitor: string, minutes: number) =>
      act(`${visitor}.b`, 'order', midnight + minutes * MINUTE, { visitor, visit: visitor, order: visitor });
    const events = [
      // Both before midnight, one across it, and both after it on two days of UTC's calendar.
      ...[asked('ann', -2), bought('ann', -1)],
      ...[asked('bob', -1), bought('bob', 1)],
      ...[asked('cy', 1), bought('cy', 23 * 60)],
    ];
    const store = await createStore({ timezone: 'Asia/Kathmandu' });
    await importEvents(store.id, events);
    const { rows } = await maturity(store.id, { from: '2026-05-10', to: '2026-05-11', by: 'day' });
    expect(rows?.map((row) => [row.key, counted(row)])).toEqual([
      ['2026-05-10', { consulting_visitors: 2, same_day: 1, next_day: 2, seven_days: 2, final: 2 }],
      ['2026-05-11', { consulting_visitors: 1, same_day: 1, next_day: 1, seven_days: 1, final: 1 }],
    ]);
  });

  test('one who asks on two days belongs to the first, and a wider period dates them anew', async () => {
    const store = await createStore();
    await importEvents(store.id, [
      act('a', 'inquiry', NOON),
      act('b', 'inquiry', NOON + 3 * DAY),
      act('c', 'order', NOON + 3 * DAY + MINUTE),
    ]);
    const wide = await maturity(store.id, { from: '2026-05-10', to: '2026-05-13', by: 'day' });
    expect(wide.rows?.map((row) => [row.consulting_visitors, row.windows.same_day.numerator])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const narrow = await maturity(store.id, { from: '2026-05-13', to: '2026-05-13' });
    expect(counted(narrow)).toMatchObject({ consulting_visitors: 1, same_day: 1 });
  });
});

describe('when a window is mature', () => {
  const last = { from: '2026-05-01', to: '2026-05-10' };
  test.each([
    ['on the last day', '2026-05-10T23:59:59Z', [false, false, false, false]],
    ['on the day after', '2026-05-11T00:00:00Z', [true, false, false, false]],
    ['two days after', '2026-05-12T00:00:00Z', [true, true, false, false]],
    ['seven days after', '2026-05-17T23:59:59Z', [true, true, false, false]],
    ['eight days after', '2026-05-18T00:00:00Z', [true, true, true, true]],
  ])('%s', async (_, now, expected) => {
    const store = await createStore();
    setClock(Date.parse(now));
    expect(Object.values(matured(await maturity(store.id, last)))).toEqual(expected);
  });

  test('today is the store’s, not UTC’s', async () => {
    const store = await createStore({ timezone: 'Asia/Kathmandu' });
    setClock(Date.parse('2026-05-10T18:14:59Z'));
    expect(matured(await maturity(store.id, last)).same_day).toBe(false);
    setClock(Date.parse('2026-05-10T18:15:00Z'));
    expect(matured(await maturity(store.id, last)).same_day).toBe(true);
  });

  test('each row by itself: a week and a month end with the period', async () => {
    const store = await createStore();
    setClock(Date.parse('2026-05-13T12:00:00Z'));
    const question = { from: '2026-04-28', to: '2026-05-12' };
    const byWeek = await maturity(store.id, { ...question, by: 'week' });
    expect(byWeek.rows?.map((row) => [row.key, matured(row)])).toEqual([
      ['2026-04-27', { same_day: true, next_day: true, seven_days: true, final: true }],
      ['2026-05-04', { same_day: true, next_day: true, seven_days: false, final: false }],
      ['2026-05-11', { same_day: true, next_day: false, seven_days: false, final: false }],
    ]);
    const byMonth = await maturity(store.id, { ...question, by: 'month' });
    expect(byMonth.rows?.map((row) => [row.key, matured(row).final])).toEqual([
      ['2026-04', true],
      ['2026-05', false],
    ]);
  });
});

test('the answer has the words of the other one, and its traits the same sequence', async () => {
  const store = await createStore();
  const landing = (visitor: string, query: string) => [
    act(`${visitor}.0`, 'visit', NOON, { visitor, visit: visitor, url: `https://shop.example/${query}` }),
    act(`${visitor}.1`, 'inquiry', NOON + MINUTE, { visitor, visit: visitor }),
  ];
  const email = '?utm_source=letter&utm_medium=email';
  await importEvents(store.id, [
    ...landing('ann', ''),
    ...landing('bob', email),
    ...landing('cy', email),
    act('o', 'order', NOON + DAY, { visitor: 'cy', visit: 'cy' }),
  ]);
  const { rows, windows, ...rest } = await maturity(store.id, { ...PERIOD, by: 'channel' });
  expect(rest).toEqual({
    store: store.id,
    period: { ...PERIOD, days: 1, timezone: 'UTC', complete: true },
    basis: 'order',
    by: 'channel',
    consulting_visitors: 3,
  });
  expect(windows.next_day).toEqual({
    value: 1 / 3,
    numerator: 1,
    denominator: 3,
    ci: [expect.closeTo(0.0615, 4), expect.closeTo(0.7923, 4)],
    mature: true,
  });
  expect(rows?.map((row) => [row.key, row.consulting_visitors, row.windows.next_day.value])).toEqual([
    ['email', 2, 0.5],
    ['direct', 1, 0],
  ]);
  const mail = await maturity(store.id, { ...PERIOD, 'filter[channel]': 'email' });
  expect(counted(mail)).toMatchObject({ consulting_visitors: 2, final: 1 });
});

describe('what it refuses', () => {
  const bad: [string, Record<string, string>, number, string, string][] = [
    ['a scope, as only people ask', { ...PERIOD, scope: 'visit' }, 422, 'unknown_parameter', 'scope'],
    ['a comparison', { ...PERIOD, compare: 'previous' }, 422, 'unknown_parameter', 'compare'],
    ['a grouping by the hour', { ...PERIOD, by: 'hour' }, 422, 'invalid_parameter', 'by'],
    ['a basis of no list', { ...PERIOD, basis: 'cart' }, 422, 'invalid_parameter', 'basis'],
    ['a period turned round', { from: '2026-05-11', to: '2026-05-10' }, 422, 'invalid_parameter', 'to'],
    ['six years', { from: '2020-01-01', to: '2026-05-10' }, 422, 'invalid_parameter', 'from'],
    ['a day that is none', { from: '2026-02-30', to: '2026-03-01' }, 422, 'invalid_parameter', 'from'],
    [
      'a filter of no dimension',
      { ...PERIOD, 'filter[moon]': 'full' },
      422,
      'unknown_parameter',
      'filter[moon]',
    ],
    ['an unknown store', { ...PERIOD, store: 'st_0000000000' }, 404, 'unknown_store', 'store'],
  ];
  test.each(bad)('%s', async (_, question, status, code, parameter) => {
    const store = await createStore();
    const query = new URLSearchParams({ store: store.id, ...question });
    const response = await fetchWorker(`/v1/maturity?${query}`, { headers: operator() });
    expect(response.status).toBe(status);
    expect(await response.json<Problem>()).toMatchObject({ code, parameter, status });
  });

  test('whoever has no credential', async () => {
    const store = await createStore();
    const query = new URLSearchParams({ store: store.id, ...PERIOD });
    expect((await fetchWorker(`/v1/maturity?${query}`)).status).toBe(401);
  });
});
