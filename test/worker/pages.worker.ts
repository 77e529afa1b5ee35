// GET /v1/pages: who saw a page and what they did from then on, by example and against counting by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PagesAnswer } from '../../worker/metrics/pages-seen.ts';
import { DIMENSIONS } from '../../worker/store/traits.ts';
import { assertMeeting, runs } from '../effort.ts';
import { act, DAY, MINUTE, NOON, PERIOD } from './acts.ts';
import { journeys } from './journeys.ts';
import { dayIn } from './oracle.ts';
import { pagesByHand } from './pages-oracle.ts';
import { rowsRead } from './rows.ts';
import {
  createStore,
  fetchWorker,
  funnel,
  importEvents,
  metrics,
  ORIGIN,
  operator,
  pagesSeen,
  type Question,
  queryOf,
  setConfirm,
} from './shop.ts';
import { originOf } from './streams.ts';

const view = (visitor: string, path: string, minutes: number, fields: object = {}) =>
  act(visitor, 'visit', minutes, { url: `${ORIGIN}${path}`, ...fields });

/** The counts of a page as the examples below speak of it. */
const told = ({ totals }: Pick<PagesAnswer, 'totals'>) => ({
  ...{ saw: totals.visitors, views: totals.views, in: totals.entries, out: totals.exits },
  ...{ asked: totals.consulting_visitors, ordered: totals.buyers, paid: totals.paying_visitors },
});
const NOTHING = { saw: 0, views: 0, in: 0, out: 0, asked: 0, ordered: 0, paid: 0 };

async function shop(...events: object[]): Promise<string> {
  const { id } = await createStore();
  expect(await importEvents(id, events)).toMatchObject({ accepted: events.length });
  return id;
}

describe('a page', () => {
  test.each<[string, object[], Record<string, Partial<typeof NOTHING>>]>([
    [
      'is seen by each once, however often, and an order counts for what was seen before it',
      [
        view('ann', '/a', 0),
        view('ann', '/a', 1),
        view('ann', '/b', 2),
        act('ann', 'order', 3),
        view('ann', '/c', 4),
      ],
      {
        '/a': { saw: 1, views: 2, in: 1, ordered: 1 },
        '/b': { saw: 1, views: 1, ordered: 1 },
        '/c': { saw: 1, views: 1, out: 1 },
      },
    ],
    [
      'seen again after the order has it still: the first view counts',
      [view('ann', '/a', 0), act('ann', 'order', 1), view('ann', '/a', 2)],
      { '/a': { saw: 1, views: 2, in: 1, out: 1, ordered: 1 } },
    ],
    [
      'seen up to 2 s after the order has it, and not later',
      [
        act('ann', 'order', 0),
        view('ann', '/a', 0, { at: NOON + 2_000 }),
        view('ann', '/b', 0, { at: NOON + 2_001 }),
      ],
      { '/a': { saw: 1, views: 1, in: 1, ordered: 1 }, '/b': { saw: 1, views: 1, out: 1 } },
    ],
    [
      'has an inquiry after it, but not after-sales service',
      [
        view('ann', '/a', 0),
        act('ann', 'inquiry', 1),
        act('ann', 'order', 2),
        view('bob', '/a', 0),
        act('bob', 'order', 1),
        act('bob', 'inquiry', 2),
        view('cy', '/b', 1),
        act('cy', 'inquiry', 0),
      ],
      {
        '/a': { saw: 2, views: 2, in: 2, out: 2, asked: 1, ordered: 2 },
        '/b': { saw: 1, views: 1, in: 1, out: 1 },
      },
    ],
    [
      'has a payment after it, of whichever order',
      [act('ann', 'order', -2 * 1440), view('ann', '/a', 0), act('ann', 'payment', 1)],
      { '/a': { saw: 1, views: 1, in: 1, out: 1, paid: 1 } },
    ],
    [
      'of a visit over midnight is entered and left on the days of these views',
      [view('ann', '/a', -721), view('ann', '/b', -719), act('ann', 'cart', 721)],
      { '/b': { saw: 1, views: 1, out: 1 } },
    ],
  ])('%s', async (_, events, expected) => {
    const { rows } = await pagesSeen(await shop(...events), PERIOD);
    const rowsTold = Object.fromEntries(rows.map((row) => [row.key, told(row)]));
    expect(rowsTold).toEqual(
      Object.fromEntries(Object.entries(expected).map(([path, some]) => [path, { ...NOTHING, ...some }])),
    );
  });

  test('of visits has what happened in the same visit', async () => {
    const later = { visit: 'later', at: NOON + 60 * MINUTE };
    const id = await shop(view('ann', '/a', 0), act('ann', 'order', 60, { ...later, id: 'later.1' }));
    expect((await pagesSeen(id, PERIOD)).rows.map(told)).toMatchObject([{ saw: 1, ordered: 1 }]);
    expect((await pagesSeen(id, { ...PERIOD, scope: 'visit' })).rows.map(told)).toMatchObject([
      { saw: 1, ordered: 0 },
    ]);
  });

  test('has what the funnel from it to an order has', async () => {
    const events = Array.from({ length: 40 }, (_, n) => [
      view(`v${n}`, '/a', n),
      ...(n % 2 ? [view(`v${n}`, '/b', n + 2)] : []),
      ...(n % 3 ? [] : [act(`v${n}`, 'order', n + 1)]),
    ]).flat();
    const id = await shop(...events);
    const { rows } = await pagesSeen(id, PERIOD);
    for (const { key, totals } of rows) {
      const { steps } = await funnel(id, { ...PERIOD, steps: [key, 'order'] });
      expect([totals.visitors, totals.buyers]).toEqual(steps.map(({ count }) => count));
    }
    expect(rows.map(({ totals }) => totals.buyers)).toEqual([14, 0]);
  });

  test('is text, whatever it says', async () => {
    const path = `/<img src=x onerror=alert(1)>/"'%22;--/=cmd|'/${'%F0%9F%8D%B5'}`;
    const id = await shop(view('ann', path, 0));
    const [row] = (await pagesSeen(id, PERIOD)).rows;
    expect(row?.key).toBe(new URL(ORIGIN + path).pathname);
    const response = await fetchWorker(`/v1/pages?${queryOf(id, { ...PERIOD, format: 'csv' })}`, {
      headers: operator(),
    });
    expect((await response.text()).split('\r\n')[0]).toMatch(
      /^key,visitors,views,entries,exits,consulting_visitors,/,
    );
  });
});

test.each([
  ['basis=order', 'unknown_parameter', 'basis'],
  ['limit=501', 'invalid_parameter', 'limit'],
  ['cursor=x', 'invalid_parameter', 'cursor'],
  ['to=2026-05-09', 'invalid_parameter', 'to'],
])('%s is refused', async (parameter, code, at) => {
  const { id } = await createStore();
  const query = new URLSearchParams({ store: id, ...PERIOD });
  for (const [name, value] of new URLSearchParams(parameter)) query.set(name, value);
  const response = await fetchWorker(`/v1/pages?${query}`, { headers: operator() });
  expect(await response.json()).toMatchObject({ status: 422, code, parameter: at });
});

test('reads each visit of the period, and not the store’s history', async () => {
  const days = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) =>
      [view(`d${from + n}`, '/a', 0), view(`d${from + n}`, '/b', 1)].map((event) => ({
        ...event,
        at: event.at + (from + n) * DAY,
      })),
    ).flat();
  const id = await shop(...days(0, 20));
  const question = { from: '2026-05-10', to: '2026-05-29' };
  const before = await rowsRead(() => pagesSeen(id, question));
  for (const from of [-60, -40, -20]) await importEvents(id, days(from, from + 20));
  expect(await rowsRead(() => pagesSeen(id, question))).toBe(before);
  // Each of 20 visits, with its two views, in the passes that count them.
  expect(before / 20).toBeLessThan(40);
});

/** The whole list, some pages at a time. */
async function listed(store: string, question: Question, limit: number): Promise<PagesAnswer> {
  const first = await pagesSeen(store, { ...question, limit: String(limit) });
  for (let cursor = first.next; cursor !== null; ) {
    const { rows, next, ...rest } = await pagesSeen(store, { ...question, limit: String(limit), cursor });
    const { rows: _, next: __, ...same } = first;
    expect(rest).toEqual(same);
    first.rows.push(...rows);
    expect(first.rows.length).toBeLessThan(100);
    cursor = next;
  }
  return first;
}

const questions = fc.record({
  scope: fc.constantFrom('visitor' as const, 'visit' as const),
  start: fc.constantFrom(-3, -1, -1, 0, 0, 0, 1),
  length: fc.constantFrom(1, 1, 2, 7, 40),
  filters: fc.array(fc.record({ dimension: fc.constantFrom(...DIMENSIONS), value: fc.nat(5) }), {
    maxLength: 2,
  }),
  limit: fc.integer({ min: 1, max: 3 }),
});

const shown = ({
  key = '',
  totals,
  rates,
}: Partial<PagesAnswer['rows'][number]> & Pick<PagesAnswer, 'totals' | 'rates'>) => {
  const { money, converted, ...counts } = totals;
  expect(converted).toBeNull();
  expect(
    Object.fromEntries(
      Object.entries(rates).map(([name, { numerator, denominator }]) => [name, [numerator, denominator]]),
    ),
  ).toEqual({
    exit_rate: [counts.exits, counts.views],
    consult_rate: [counts.consulting_visitors, counts.visitors],
    visit_to_order_rate: [counts.buyers, counts.visitors],
    deal_conversion: [counts.paying_visitors, counts.visitors],
  });
  const byCurrency = (a: { currency: string }, b: { currency: string }) => (a.currency < b.currency ? -1 : 1);
  return { key, ...counts, money: money.map(({ digits, ...rest }) => rest).sort(byCurrency) };
};

test('random shops: pages are what counting by hand gives', { timeout: 120_000 }, async () => {
  let [bought, straddled] = [0, 0];
  await assertMeeting(
    fc.asyncProperty(journeys, fc.array(questions, { minLength: 3, maxLength: 3 }), async (stream, asked) => {
      const { timezone, around, confirm, events } = stream;
      const store = await createStore({ timezone });
      await setConfirm(store.id, confirm);
      await importEvents(store.id, events);
      for (const { scope, start, length, filters, limit } of asked) {
        const from = dayIn(timezone, around + DAY / 2 + start * DAY);
        const to = new Date(Date.parse(from) + (length - 1) * DAY).toISOString().slice(0, 10);
        const filter: Record<string, string> = {};
        for (const { dimension, value } of filters) {
          // Values that occur, so that filters let something through.
          const keys = (await metrics(store.id, { from, to, scope, by: dimension })).rows ?? [];
          const key = keys[value % Math.max(1, keys.length)]?.key;
          if (key !== undefined) filter[dimension] = key;
        }
        const hand = pagesByHand(events, { timezone, confirm, from, to, scope, filter, originOf });
        const answer = await listed(
          store.id,
          {
            from,
            to,
            scope,
            ...Object.fromEntries(Object.entries(filter).map(([name, key]) => [`filter[${name}]`, key])),
          },
          limit,
        );
        const sorted = (row: (typeof hand)['whole']) => ({
          ...row,
          money: row.money.sort((a, b) => ((a.currency as string) < (b.currency as string) ? -1 : 1)),
        });
        expect(answer.rows.map(shown)).toEqual(hand.rows.map(sorted));
        expect(shown(answer)).toEqual(sorted(hand.whole));
        bought += hand.whole.buyers;
        straddled += Number(hand.rows.some(({ entries, exits }) => entries !== exits));
        // All views of the period are views of metrics too, which counts whole visits.
        const { totals } = await metrics(store.id, { from, to, scope });
        if (filters.length === 0) expect(answer.totals.views).toBe(totals.pages);
      }
    }),
    runs(6, 30),
    () => bought > 2 && straddled > 8,
  );
});
