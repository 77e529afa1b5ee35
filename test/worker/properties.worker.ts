// The properties the product stands on, over random shops: set semantics, oracle, coherence, conservation, rebuild.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, EVENT_REASONS } from '../../sdk/event.ts';
import {
  GROUPINGS,
  MAX_HOUR_DAYS,
  type MetricsAnswer,
  type Row,
  type Totals,
} from '../../worker/metrics/question.ts';
import { rebuildStep } from '../../worker/store/rebuild.ts';
import { findSettings } from '../../worker/store/stores.ts';
import { DIMENSIONS } from '../../worker/store/traits.ts';
import { runs } from '../effort.ts';
import { countByHand, dayIn } from './oracle.ts';
import {
  batch,
  createStore,
  derivedTables,
  importEvents,
  metrics,
  pageView,
  post,
  sealStore,
  setConfirm,
} from './shop.ts';
import { originOf, type Stream, streams } from './streams.ts';

const DAY = 86_400_000;
/** Random shops, each asked four questions in two ways, before and after sealing: at length, a thousand questions. */
const RUNS = runs(8, 250);
const QUESTIONS = 4;

/** A period of the stream's place: days counted from the interesting one. */
const periods = fc.record({
  start: fc.integer({ min: -3, max: 2 }),
  length: fc.constantFrom(1, 1, 2, 3, 7, 40),
  scope: fc.constantFrom('visitor' as const, 'visit' as const),
  basis: fc.constantFrom('order' as const, 'payment' as const),
  money: fc.constantFrom('order' as const, 'payment' as const),
  grouping: fc.constantFrom(...GROUPINGS),
  filters: fc.array(fc.record({ dimension: fc.constantFrom(...DIMENSIONS), nth: fc.nat(5) }), {
    maxLength: 2,
  }),
});

function daysOf({ timezone, around }: Stream, start: number, length: number) {
  const middle = around + DAY / 2;
  const from = dayIn(timezone, middle + start * DAY);
  const last = Date.parse(`${from}T12:00:00Z`) + (length - 1) * DAY;
  return { from, to: new Date(last).toISOString().slice(0, 10) };
}

const counts = ({ money: _, converted: __, ...rest }: Totals) => rest;

function amountsOf(key: string, { money }: Totals): [string, object][] {
  return money.map(({ currency, order_value, gross, refunded, paid_per_buyer }) => [
    `${key} ${currency}`,
    { order_value, gross, refunded, paid_per_buyer },
  ]);
}

function expectCoherent({ totals, rates }: Pick<Row, 'totals' | 'rates'>, dated: 'order' | 'payment'): void {
  expect(totals.silent_visitors + totals.consulting_visitors).toBe(totals.visitors);
  expect(totals.silent_buyers + totals.consulting_buyers).toBe(totals.buyers);
  expect(totals.silent_paying_visitors + totals.consulting_paying_visitors).toBe(totals.paying_visitors);
  for (const { value, numerator, denominator, ci } of Object.values(rates)) {
    expect(numerator).toBeLessThanOrEqual(denominator);
    if (denominator === 0) expect([value, ci]).toEqual([null, null]);
    else {
      expect(value).toBe(numerator / denominator);
      const [low, high] = ci as [number, number];
      expect(0 <= low && low <= (value as number) && (value as number) <= high && high <= 1).toBe(true);
    }
  }
  for (const { gross, refunded, net } of totals.money) {
    if (dated === 'order') expect(refunded).toBeLessThanOrEqual(gross);
    expect(net).toBe(gross - refunded);
  }
}

const ADDITIVE_BY_TRAIT = [
  'visitors',
  'effective_visitors',
  'consulting_visitors',
  'silent_visitors',
  'buyers',
  'consulting_buyers',
  'silent_buyers',
  'paying_visitors',
  'visits',
  'pages',
  'inquiries',
  'orders',
  'paid_orders',
  'unattributed_orders',
] as const;
const ADDITIVE_BY_TIME = ['pages', 'inquiries', 'orders', 'paid_orders', 'unattributed_orders'] as const;

function expectRowsToAddUp({ totals, rows = [] }: MetricsAnswer, fields: readonly (keyof Totals)[]): void {
  for (const field of fields)
    expect([field, rows.reduce((sum, row) => sum + (row.totals[field] as number), 0)]).toEqual([
      field,
      totals[field],
    ]);
}

type Asked = typeof periods extends fc.Arbitrary<infer T> ? T : never;

/** Asks one question in full and by its grouping, and compares with counting by hand. @returns the answers. */
async function expectCountedByHand(store: string, stream: Stream, asked: Asked): Promise<MetricsAnswer[]> {
  const { timezone, confirm, events } = stream;
  const { start, length, scope, basis, money, grouping, filters } = asked;
  const question = { ...daysOf(stream, start, length), scope, basis, money };
  const hand = (by: string, filter: Record<string, string>) =>
    countByHand(events, { ...question, timezone, confirm, originOf, filter }, by);
  // Values that occur, so that filters let something through.
  const filter: Record<string, string> = {};
  for (const { dimension, nth } of filters) {
    const keys = [...hand(dimension, {}).rows.keys()];
    if (keys.length > 0) filter[dimension] = keys[nth % keys.length] as string;
  }
  const filtered = {
    ...question,
    ...Object.fromEntries(Object.entries(filter).map(([name, key]) => [`filter[${name}]`, key])),
  };

  const all = await metrics(store, filtered);
  const total = hand('', filter);
  const nothing = Object.fromEntries(Object.keys(counts(all.totals)).map((name) => [name, 0]));
  expect(counts(all.totals)).toEqual(total.rows.get('') ?? nothing);
  expect(Object.fromEntries(amountsOf('', all.totals))).toEqual(Object.fromEntries(total.amounts));
  expectCoherent(all, money);

  const by = grouping === 'hour' && length > MAX_HOUR_DAYS ? 'day' : grouping;
  const answer = await metrics(store, { ...filtered, by });
  const expected = hand(by, filter);
  const rows = (answer.rows ?? []).filter(({ totals }) => totals.visitors + totals.orders > 0);
  expect(Object.fromEntries(rows.map(({ key, totals }) => [key, counts(totals)]))).toEqual(
    Object.fromEntries(expected.rows),
  );
  expect(
    Object.fromEntries((answer.rows ?? []).flatMap(({ key, totals }) => amountsOf(key, totals))),
  ).toEqual(Object.fromEntries(expected.amounts));
  for (const row of rows) expectCoherent(row, money);
  expectRowsToAddUp(
    answer,
    by in { hour: 1, day: 1, week: 1, month: 1 } ? ADDITIVE_BY_TIME : ADDITIVE_BY_TRAIT,
  );
  expect(answer.totals).toEqual(all.totals);
  return [all, answer];
}

describe('random shops', () => {
  const shops = fc.record({
    stream: streams,
    asked: fc.array(periods, { minLength: QUESTIONS, maxLength: QUESTIONS }),
    /** Events that come when their days are sealed already. */
    late: fc.integer({ min: 0, max: 12 }),
    /** Events that also happen in another store. */
    elsewhere: fc.integer({ min: 0, max: 20 }),
  });

  test('the answer is what counting by hand gives: live, sealed, and unsealed by what comes late', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(shops, async ({ stream, asked, late, elsewhere }) => {
        const { timezone, confirm, events } = stream;
        const [store, other] = [await createStore({ timezone }), await createStore({ timezone })];
        await setConfirm(store.id, confirm);
        if (elsewhere > 0) await importEvents(other.id, events.slice(0, elsewhere));
        const inTime = events.slice(0, Math.max(1, events.length - late));
        expect(await importEvents(store.id, inTime)).toEqual({
          accepted: inTime.length,
          duplicate: 0,
          rejected: [],
        });
        if (late > 0) await sealStore(store.id);
        if (inTime.length < events.length) await importEvents(store.id, events.slice(inTime.length));
        const before: MetricsAnswer[][] = [];
        for (const one of asked) before.push(await expectCountedByHand(store.id, stream, one));
        await sealStore(store.id);
        for (const [index, one] of asked.entries())
          expect(await expectCountedByHand(store.id, stream, one)).toEqual(before[index]);
      }),
      { numRuns: RUNS },
    );
  });

  test('any order, repetition and batching, and sealing in between, leave the same tables', {
    timeout: 120_000,
  }, async () => {
    const arrivals = streams.chain((stream) => {
      const all = stream.events;
      const repeated = fc.subarray(all).map((again) => [...all, ...again]);
      return fc.record({
        stream: fc.constant(stream),
        arrival: repeated.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
        sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 10 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ stream: { timezone, confirm, events }, arrival, sizes }) => {
        const [tidy, messy] = [await createStore({ timezone }), await createStore({ timezone })];
        for (const { id } of [tidy, messy]) await setConfirm(id, confirm);
        await importEvents(tidy.id, events);
        const sum = { accepted: 0, duplicate: 0 };
        for (let sent = 0, turn = 0; sent < arrival.length; turn++) {
          const some = arrival.slice(sent, sent + (sizes[turn % sizes.length] as number));
          sent += some.length;
          const answer = await importEvents(messy.id, some);
          if (turn % 3 === sizes.length % 3) await sealStore(messy.id);
          expect(answer.rejected).toEqual([]);
          sum.accepted += answer.accepted;
          sum.duplicate += answer.duplicate;
        }
        expect(sum).toEqual({ accepted: events.length, duplicate: arrival.length - events.length });
        for (const { id } of [tidy, messy]) await sealStore(id);
        expect(await derivedTables(messy.id)).toBe(await derivedTables(tidy.id));
      }),
      { numRuns: runs(8, 100) },
    );
  });

  test('dropping and rebuilding what is derived changes nothing, while events arrive', {
    timeout: 120_000,
  }, async () => {
    const cases = fc.record({
      stream: streams,
      early: fc.integer({ min: 0, max: 40 }),
      step: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ stream: { timezone, confirm, events }, early, step }) => {
        const [whole, rebuilt] = [await createStore({ timezone }), await createStore({ timezone })];
        for (const { id } of [whole, rebuilt]) await setConfirm(id, confirm);
        await importEvents(whole.id, events);
        const [first, later] = [events.slice(0, early), events.slice(early)];
        if (first.length > 0) await importEvents(rebuilt.id, first);
        await sealStore(rebuilt.id);
        const store = await findSettings(env, rebuilt.id, Date.now());
        if (!store) throw new Error('The store was just made.');
        await env.DB.batch(
          ['visits', 'orders', 'refunds'].map((table) =>
            env.DB.prepare(`delete from ${table} where store = ?`).bind(store.key),
          ),
        );
        let after: string | null = '';
        while (after !== null) {
          after = await rebuildStep(env, store, after, step);
          const some = later.splice(0, 2);
          if (some.length > 0) await importEvents(rebuilt.id, some);
        }
        if (later.length > 0) await importEvents(rebuilt.id, later);
        for (const { id } of [whole, rebuilt]) await sealStore(id);
        expect(await derivedTables(rebuilt.id)).toBe(await derivedTables(whole.id));
      }),
      { numRuns: runs(6, 60) },
    );
  });

  test('received = accepted + duplicate + rejected, whatever is sent', { timeout: 60_000 }, async () => {
    const anything = fc.oneof(
      fc.jsonValue() as fc.Arbitrary<unknown>,
      fc.integer({ min: 0, max: 9 }).map((n) => pageView({ id: `visit1.${n}` })),
      fc
        .record({ key: fc.constantFrom(...Object.keys(pageView())), value: fc.jsonValue() })
        .map(({ key, value }) => ({ ...pageView(), [key]: value })),
      fc
        .record({
          key: fc.constantFrom('order', 'value', 'currency', 'items', 'method'),
          value: fc.jsonValue(),
        })
        .map(({ key, value }) => ({
          ...pageView({ id: 'order:A-1' }),
          type: 'order',
          order: 'A-1',
          value: 1,
          currency: 'USD',
          [key]: value,
        })),
    );
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 20 }), async (events) => {
        const response = await post(batch(store.id, events));
        expect(response.status).toBe(200);
        const { accepted, duplicate, rejected } = await response.json<Answer>();
        expect(accepted + duplicate + rejected.length).toBe(events.length);
        for (const { reason } of rejected) expect(Object.keys(EVENT_REASONS)).toContain(reason);
      }),
      { numRuns: runs(20, 200) },
    );
  });
});
