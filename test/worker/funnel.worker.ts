// The funnel endpoints: pitfalls of the field by name, orders and refunds, who left, more than one read holds.
import { describe, expect, test } from 'vitest';
import type { FunnelAnswer } from '../../worker/metrics/funnel-question.ts';
import { createStore, funnel, funnelVisitors, importEvents, metrics, ORIGIN, type Question } from './shop.ts';

const NOON = Date.UTC(2026, 4, 10, 12);
const MINUTE = 60_000;
const DAY = 86_400_000;
const PERIOD = { from: '2026-05-10', to: '2026-05-10' };

let made = 0;
/** An event of a visitor's only visit, some milliseconds after noon. */
const act = (visitor: string | null, type: string, after: number, fields: object = {}) => ({
  id: `e${String(made++).padStart(6, '0')}`,
  type,
  ...(visitor === null ? {} : { visitor, visit: `${visitor}w` }),
  at: NOON + after,
  ...(type === 'visit' ? { url: `${ORIGIN}/` } : {}),
  ...(type === 'order' || type === 'payment' || type === 'refund'
    ? { order: `of-${visitor}`, value: 10, currency: 'USD' }
    : {}),
  ...fields,
});
const page = (path: string) => ({ url: ORIGIN + path });

async function shopWith(events: readonly unknown[], timezone = 'UTC'): Promise<string> {
  const { id } = await createStore({ timezone });
  expect(await importEvents(id, events)).toMatchObject({ accepted: events.length });
  return id;
}

const counts = (steps: FunnelAnswer['steps']) => steps.map(({ count }) => count);
const counted = async (store: string, question: Question) =>
  counts((await funnel(store, { ...PERIOD, ...question })).steps);

describe('pitfalls', () => {
  test('ties: steps in the same second, and in one batch with one time, all count', async () => {
    const store = await shopWith(
      ['ann', 'bob'].flatMap((who) =>
        ['order', 'checkout', 'cart', 'product', 'visit'].map((type) => act(who, type, 0)),
      ),
    );
    const steps = ['visit', 'product', 'cart', 'checkout', 'order'];
    expect(await counted(store, { steps })).toEqual([2, 2, 2, 2, 2]);
    expect(await counted(store, { steps, order: 'strict' })).toEqual([2, 2, 2, 2, 2]);
  });

  test.each([
    ['/ab', '/a', [1, 1, 1]],
    ['/a', '/ab', [1, 1, 0]],
  ])('events with one time come as the visit had them: %s, %s', async (first, second, expected) => {
    const store = await shopWith([
      act('ann', 'cart', 0),
      ...[first, second].map((path) => act('ann', 'visit', MINUTE, page(path))),
    ]);
    expect(await counted(store, { steps: ['cart', '/a*', '/a'] })).toEqual(expected);
  });

  test('one event is not two steps, and the window runs from step 1', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0, page('/cart')),
      act('bob', 'visit', 0, page('/cart')),
      act('bob', 'visit', 5 * MINUTE, page('/cart')),
      act('bob', 'order', 40 * MINUTE),
    ]);
    expect(await counted(store, { steps: ['visit', '/cart'] })).toEqual([2, 1]);
    expect(await counted(store, { steps: ['/cart', '/c*'] })).toEqual([2, 1]);
    const steps = ['visit', 'visit', 'order'];
    expect(await counted(store, { steps, window: '40m' })).toEqual([2, 1, 1]);
    expect(await counted(store, { steps, window: '39m' })).toEqual([2, 1, 0]);
  });

  test('a breakdown does not split who comes back another way: the value is read at entry', async () => {
    const later = { visit: 'second', device: 'desktop' };
    const store = await shopWith([
      act('ann', 'visit', 0, { ...page('/?utm_source=letter&utm_medium=email'), device: 'mobile' }),
      act('ann', 'visit', DAY, { ...later, ...page('/?utm_source=google&utm_medium=cpc') }),
      act('ann', 'order', DAY + MINUTE, later),
    ]);
    for (const [by, key] of [
      ['channel', 'email'],
      ['source', 'letter'],
      ['device', 'mobile'],
    ] as const) {
      const { rows } = await funnel(store, { ...PERIOD, steps: ['visit', 'order'], by });
      expect(rows?.map((row) => [row.key, counts(row.steps)])).toEqual([[key, [1, 1]]]);
      const filter = { [`filter[${by}]`]: key };
      expect(await counted(store, { steps: ['visit', 'order'], ...filter })).toEqual([1, 1]);
    }
    expect(await counted(store, { steps: ['visit', 'order'], 'filter[device]': 'desktop' })).toEqual([0, 0]);
  });

  test('buying on a later visit is the norm: of a visitor it counts, of a visit it does not', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0),
      act('ann', 'visit', 3 * DAY, { visit: 'second' }),
      act('ann', 'order', 3 * DAY + MINUTE, { visit: 'second' }),
    ]);
    expect(await counted(store, { steps: ['visit', 'order'] })).toEqual([1, 1]);
    expect(await counted(store, { steps: ['visit', 'order'], count: 'visit' })).toEqual([1, 0]);
  });

  test('a filter is in the denominator too, and first steps are the visitors of the overview', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0, { device: 'mobile' }),
      act('bob', 'visit', 0, { device: 'desktop' }),
      act('bob', 'order', MINUTE),
    ]);
    const [, order] = (
      await funnel(store, { ...PERIOD, steps: ['visit', 'order'], 'filter[device]': 'mobile' })
    ).steps;
    expect(order).toMatchObject({ count: 0, from_first: { value: 0, numerator: 0, denominator: 1 } });
    const { totals } = await metrics(store, PERIOD);
    expect(await counted(store, { steps: ['visit', 'order'] })).toEqual([totals.visitors, totals.buyers]);
  });
});

describe('orders', () => {
  test('an order counts once however often it is sent, and at its own time', async () => {
    const store = await shopWith([
      act('ann', 'order', MINUTE, { id: 'order:of-ann' }),
      act('ann', 'order', 2 * MINUTE),
      act('ann', 'order', 3 * MINUTE),
    ]);
    expect(await counted(store, { steps: ['order', 'order'] })).toEqual([1, 0]);
    expect(await counted(store, { steps: ['order', 'order'], count: 'order' })).toEqual([1, 0]);
  });

  test('a payment that a server sent is its visitor’s step', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0),
      act('ann', 'order', MINUTE),
      act(null, 'payment', 3 * MINUTE, { order: 'of-ann' }),
    ]);
    const { steps } = await funnel(store, { ...PERIOD, steps: ['visit', 'order', 'payment'] });
    expect(steps.map(({ count, median_ms, p90_ms }) => [count, median_ms, p90_ms])).toEqual([
      [1, null, null],
      [1, MINUTE, MINUTE],
      [1, 2 * MINUTE, 2 * MINUTE],
    ]);
  });

  test('orders are counted with those of no known visitor, as unattributed', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0, page('/?utm_source=letter&utm_medium=email')),
      act('ann', 'order', MINUTE),
      act('ann', 'payment', 2 * MINUTE),
      act(null, 'order', MINUTE, { order: 'S' }),
    ]);
    const question = { ...PERIOD, steps: ['order', 'payment'], count: 'order', by: 'channel' };
    const { steps, rows } = await funnel(store, question);
    expect(counts(steps)).toEqual([2, 1]);
    expect(rows?.map((row) => [row.key, counts(row.steps)])).toEqual([
      ['email', [1, 1]],
      ['unattributed', [1, 0]],
    ]);
    const { visitors } = await funnelVisitors(store, { ...question, step: '1', dropped: 'true' });
    expect(visitors).toEqual([
      {
        visitor: null,
        visit: null,
        order: 'S',
        key: 'unattributed',
        reached: 1,
        entered: NOON + MINUTE,
        at: NOON + MINUTE,
        last_page: null,
        last_seen: NOON + MINUTE,
      },
    ]);
  });

  test('an order’s refund has its own moment, and one that gives nothing back is none', async () => {
    const refund = (id: string, at: number, value: number) => act('ann', 'refund', 0, { id, at, value });
    const store = await shopWith([
      act('ann', 'order', MINUTE),
      act('ann', 'payment', 2 * MINUTE),
      refund('r1', NOON + DAY, 10),
      refund('r2', NOON + 2 * DAY, 10),
    ]);
    const question = { ...PERIOD, count: 'order' };
    const { steps } = await funnel(store, { ...question, steps: ['order', 'payment', 'refund'] });
    expect(steps[2]).toMatchObject({ count: 1, median_ms: DAY - 2 * MINUTE });
    const twice = await funnel(store, { ...question, steps: ['order', 'refund', 'refund'] });
    expect(twice.steps.map(({ count }) => count)).toEqual([1, 1, 0]);
  });
});

describe('who left', () => {
  test('the latest first, where they got to, and where they were seen last', async () => {
    const store = await shopWith([
      act('ann', 'visit', 0, page('/p/1')),
      act('ann', 'cart', MINUTE),
      act('ann', 'visit', 3 * MINUTE, page('/shipping')),
      act('ann', 'engaged', 4 * MINUTE, { engaged: 1000 }),
      act('bob', 'visit', 0),
      act('bob', 'cart', 2 * MINUTE),
      act('cy', 'visit', 5 * MINUTE),
      act('dee', 'visit', 0),
      act('dee', 'cart', MINUTE),
      act('dee', 'order', 2 * MINUTE),
    ]);
    const question = { ...PERIOD, steps: ['visit', 'cart', 'order'] };
    const left = await funnelVisitors(store, { ...question, step: '2', dropped: 'true' });
    expect(left).toMatchObject({ step: 2, dropped: true, steps: question.steps, next: null });
    const common = { visit: null, reached: 2, entered: NOON };
    expect(left.visitors).toEqual([
      { ...common, visitor: 'bob', at: NOON + 2 * MINUTE, last_page: '/', last_seen: NOON + 2 * MINUTE },
      { ...common, visitor: 'ann', at: NOON + MINUTE, last_page: '/shipping', last_seen: NOON + 4 * MINUTE },
    ]);
    const all = await funnelVisitors(store, { ...question, step: '1', limit: '3' });
    expect(all.visitors.map(({ visitor, reached }) => [visitor, reached])).toEqual([
      ['cy', 1],
      ['bob', 2],
      ['dee', 3],
    ]);
    const rest = await funnelVisitors(store, { ...question, step: '1', cursor: all.next as string });
    expect(rest.visitors.map(({ visitor }) => visitor)).toEqual(['ann']);
    expect(rest.next).toBe(null);
  });
});

test('more visits and orders than one read holds', { timeout: 60_000 }, async () => {
  const store = await createStore();
  // Long names, so that they do not fit one parameter either.
  const who = (n: number) => `${'x'.repeat(50)}${n}`;
  const people = 10_300;
  for (let first = 0; first < people; first += 1_000)
    await importEvents(
      store.id,
      Array.from({ length: Math.min(1_000, people - first) }, (_, n) => first + n).flatMap((n) => [
        act(who(n), 'visit', n, { device: n % 2 ? 'mobile' : 'desktop' }),
        act(who(n), 'order', n + MINUTE),
      ]),
    );
  const question = { ...PERIOD, steps: ['visit', 'order'], by: 'device' };
  for (const count of ['visitor', 'visit']) {
    const { steps, rows } = await funnel(store.id, { ...question, count });
    expect(counts(steps)).toEqual([people, people]);
    expect(rows?.map(({ key, steps }) => [key, ...counts(steps)])).toEqual([
      ['desktop', people / 2, people / 2],
      ['mobile', people / 2, people / 2],
    ]);
  }
  const orders = { ...question, steps: ['order', 'payment'], count: 'order' };
  expect(counts((await funnel(store.id, orders)).steps)).toEqual([people, 0]);
});
