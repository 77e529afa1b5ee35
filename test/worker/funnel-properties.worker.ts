// Random shops: the funnel endpoints answer what walking by hand gives, step by step, row by row, name by name.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FunnelStep, FunnelVisitor } from '../../worker/metrics/funnel-question.ts';
import { DIMENSIONS } from '../../worker/store/traits.ts';
import { assertMeeting, runs } from '../effort.ts';
import { type AskedFunnel, countSteps, type Walker, walkByHand } from './funnel-oracle.ts';
import { journeys } from './journeys.ts';
import { dayIn } from './oracle.ts';
import { createStore, funnel, funnelVisitors, importEvents, type Question, setConfirm } from './shop.ts';
import { originOf } from './streams.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The whole list, a page at a time. */
async function listed(store: string, question: Question, limit: number): Promise<FunnelVisitor[]> {
  const all: FunnelVisitor[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more = cursor ? { cursor } : {};
    const page = await funnelVisitors(store, { ...question, limit: String(limit), ...more });
    expect(page.visitors.length).toBeLessThanOrEqual(limit);
    all.push(...page.visitors);
    // A cursor that stands still would never end.
    expect(all.length).toBeLessThan(1_000);
    cursor = page.next;
  }
  return all;
}

const WINDOWS = { '30m': 30 * MINUTE, '4h': 240 * MINUTE, '1d': DAY, '7d': 7 * DAY, '60d': 60 * DAY };

const sales = fc.array(fc.constantFrom('order', 'payment', 'refund'), { minLength: 2, maxLength: 4 });
const OFTEN = ['visit', 'visit', '/p*', '/p1', 'cart', 'order'];
const SELDOM = ['product', 'checkout', 'inquiry', 'payment', 'refund', 'custom', 'custom:quiz', '/*/a'];
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...OFTEN) },
    { weight: 1, arbitrary: fc.constantFrom(...SELDOM) },
  ),
  { minLength: 2, maxLength: 5 },
);

const questions = fc
  .record({
    count: fc.constantFrom('visitor' as const, 'visitor' as const, 'visit' as const, 'order' as const),
    ofVisitors: steps,
    ofOrders: sales,
    order: fc.constantFrom('ordered' as const, 'ordered' as const, 'strict' as const, 'any' as const),
    window: fc.constantFrom(...(Object.keys(WINDOWS) as (keyof typeof WINDOWS)[])),
    start: fc.constantFrom(-3, -1, -1, 0, 0, 0, 1),
    length: fc.constantFrom(1, 2, 2, 7, 7, 40),
    by: fc.constantFrom(...DIMENSIONS),
    filters: fc.array(fc.record({ dimension: fc.constantFrom(...DIMENSIONS), nth: fc.nat(5) }), {
      maxLength: 2,
    }),
    limit: fc.integer({ min: 1, max: 3 }),
    step: fc.nat(7),
    dropped: fc.boolean(),
  })
  .map(({ ofVisitors, ofOrders, ...rest }) => ({
    ...rest,
    steps: rest.count === 'order' ? ofOrders : ofVisitors,
  }));

/** A rate as its two numbers, after a look at the rest. */
const rateOf = (rate: FunnelStep['from_first'] | null) => {
  if (rate === null) return null;
  expect(rate.value).toBe(rate.denominator === 0 ? null : rate.numerator / rate.denominator);
  expect(rate.ci === null).toBe(rate.denominator === 0);
  return [rate.numerator, rate.denominator];
};
const counted = (answered: readonly FunnelStep[]) =>
  answered.map((one) => ({
    ...one,
    from_first: rateOf(one.from_first),
    from_previous: rateOf(one.from_previous),
  }));

const shown = ({ visitor, visit, order, key, times, lastPage, lastSeen }: Walker): FunnelVisitor => ({
  visitor,
  visit,
  ...(order === null ? {} : { order }),
  key,
  reached: times.length,
  entered: times[0] as number,
  at: times.at(-1) as number,
  last_page: lastPage,
  last_seen: lastSeen,
});

const inOrder = (a: FunnelVisitor, b: FunnelVisitor) => {
  const [one, other] = [a, b].map(({ visitor, visit, order }) => `${visitor ?? ''} ${visit ?? ''} ${order}`);
  return b.at - a.at || ((one as string) < (other as string) ? -1 : 1);
};

test('funnel, rows and list are what walking by hand gives', { timeout: 180_000 }, async () => {
  const reached = new Map<number, number>();
  await assertMeeting(
    fc.asyncProperty(journeys, fc.array(questions, { minLength: 3, maxLength: 3 }), async (stream, asked) => {
      const { timezone, around, confirm, events } = stream;
      const store = await createStore({ timezone });
      await setConfirm(store.id, confirm);
      expect(await importEvents(store.id, events)).toMatchObject({ accepted: events.length });
      for (const { steps, order, window, count, by, ...one } of asked) {
        const from = dayIn(timezone, around + DAY / 2 + one.start * DAY);
        const to = new Date(Date.parse(from) + (one.length - 1) * DAY).toISOString().slice(0, 10);
        const common = {
          timezone,
          confirm,
          from,
          to,
          steps,
          order,
          window: WINDOWS[window],
          count,
          originOf,
        };
        const hand = (more: Partial<AskedFunnel>) =>
          walkByHand(events, { ...common, ...more } as AskedFunnel);
        // Values that occur, so that filters let something through.
        const filter: Record<string, string> = {};
        for (const { dimension, nth } of one.filters) {
          const keys = hand({ by: dimension }).map(({ key }) => key);
          if (keys.length > 0) filter[dimension] = keys[nth % keys.length] as string;
        }
        const question = {
          ...{ from, to, steps, order, window, count, by },
          ...Object.fromEntries(Object.entries(filter).map(([name, key]) => [`filter[${name}]`, key])),
        };
        const walkers = hand({ by, filter });
        for (const { times } of walkers) reached.set(times.length, (reached.get(times.length) ?? 0) + 1);

        const answer = await funnel(store.id, question);
        expect(counted(answer.steps)).toEqual(countSteps(steps, walkers));
        const rows = [...Map.groupBy(walkers, ({ key }) => key)]
          .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
          .map(([key, some]) => ({ key, steps: countSteps(steps, some) }));
        expect(answer.rows?.map((row) => ({ ...row, steps: counted(row.steps) }))).toEqual(rows);
        for (const [n, { count }] of answer.steps.entries())
          expect(answer.rows?.reduce((sum, row) => sum + (row.steps[n]?.count ?? 0), 0)).toBe(count);
        const { by: _, ...without } = question;
        expect(await funnel(store.id, without)).toEqual({ ...answer, by: undefined, rows: undefined });

        const step = 1 + (one.step % steps.length);
        const dropped = one.dropped && step < steps.length;
        const list = await listed(
          store.id,
          { ...question, step: String(step), dropped: String(dropped) },
          one.limit,
        );
        const who = walkers.filter(({ times }) => (dropped ? times.length === step : times.length >= step));
        expect(list).toEqual(who.map(shown).sort(inOrder));
        expect(list.length).toBe(answer.steps[dropped ? step : step - 1]?.[dropped ? 'lost' : 'count']);
      }
    }),
    runs(15, 160),
    // The funnels were worth walking: some got far.
    () => [1, 2, 3, 4].every((far) => reached.has(far)),
  );
});
