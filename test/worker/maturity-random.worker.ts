// Maturity over random shops: what counting by hand gives, and rows that add up.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { MaturityRow } from '../../worker/metrics/maturity.ts';
import { assertMeeting, runs } from '../effort.ts';
import { type Cohort, counted, DAY, MINUTE, matured, maturity, NOBODY, setClock } from './maturity.ts';
import { daysBetween, maturityByHand, stretchIn } from './maturity-oracle.ts';
import { dayIn, type RawEvent } from './oracle.ts';
import { createStore, importEvents, setConfirm } from './shop.ts';
import { originOf, streams } from './streams.ts';

const HOUR = 60 * MINUTE;

afterEach(() => {
  vi.useRealTimers();
});

/** What must hold of any cohort. */
function expectCoherent(cohort: Cohort): void {
  const { same_day, next_day, seven_days, final } = counted(cohort);
  expect([same_day, next_day, seven_days, final]).toEqual(
    [same_day, next_day, seven_days, final].sort((a, b) => a - b),
  );
  for (const { value, numerator, denominator, ci } of Object.values(cohort.windows)) {
    expect(denominator).toBe(cohort.consulting_visitors);
    expect(numerator).toBeLessThanOrEqual(denominator);
    expect(value).toBe(denominator === 0 ? null : numerator / denominator);
    expect(ci === null).toBe(denominator === 0);
  }
}

const sumOf = (rows: readonly MaturityRow[]) =>
  rows.map(counted).reduce(
    (sum, row) => ({
      consulting_visitors: sum.consulting_visitors + row.consulting_visitors,
      same_day: sum.same_day + row.same_day,
      next_day: sum.next_day + row.next_day,
      seven_days: sum.seven_days + row.seven_days,
      final: sum.final + row.final,
    }),
    NOBODY,
  );

const TRAITS = [
  'channel',
  'source',
  'medium',
  'campaign',
  'device',
  'country',
  'entry',
  'exit',
  'visitor_kind',
];
const STRETCHES = ['day', 'week', 'month'];

const questions = fc.record({
  start: fc.integer({ min: -4, max: 2 }),
  length: fc.constantFrom(1, 2, 3, 9, 40, 80),
  basis: fc.constantFrom('order' as const, 'payment' as const),
  trait: fc.constantFrom(...TRAITS),
  stretch: fc.constantFrom(...STRETCHES),
  filter: fc.option(fc.record({ dimension: fc.constantFrom(...TRAITS), nth: fc.nat(5) })),
  /** Days from the place's own to the day of asking. */
  asked: fc.integer({ min: -3, max: 50 }),
});

/** Somebody who asks, and what may come of it: hours before or after, so coarse that ties are common. */
const conversations = fc.record({
  visitor: fc.constantFrom('ann', 'bob', 'cy', 'dee', 'eve', 'fay'),
  asks: fc.integer({ min: -4, max: 8 }),
  buys: fc.option(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -10, max: 60 }))),
  pays: fc.option(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -4, max: 60 }))),
  /** Letters before and after those of other ids, which break ties. */
  ids: fc.constantFrom('aa', 'zz', 'za'),
});

/** The random shops of the other tests, where few who ask buy, with more of those who do. */
const shops = fc
  .record({ stream: streams, talks: fc.array(conversations, { minLength: 1, maxLength: 8 }) })
  .map(({ stream, talks }) => {
    const asked = talks.flatMap(({ visitor, asks, buys, pays, ids }, n): RawEvent[] => {
      const at = stream.around + asks * 6 * HOUR;
      const sale = { order: `T${n}`, value: 5, currency: 'USD', visitor, visit: 'talk' };
      const bought = at + (buys ?? 0) * 6 * HOUR;
      return [
        { id: `${ids[0]}${n}i`, type: 'inquiry', at, visitor, visit: 'talk' },
        ...(buys === null ? [] : [{ ...sale, id: `${ids[1]}${n}o`, type: 'order', at: bought }]),
        ...(pays === null
          ? []
          : [{ ...sale, id: `${ids[1]}${n}p`, type: 'payment', at: bought + pays * 6 * HOUR }]),
      ];
    });
    return { ...stream, events: [...stream.events, ...asked] };
  });

test('random shops: the answer is what counting by hand gives, and rows add up', {
  timeout: 120_000,
}, async () => {
  const seen = { consulting_visitors: 0, same_day: 0, between: 0, final: 0 };
  await assertMeeting(
    fc.asyncProperty(
      shops,
      fc.array(questions, { minLength: 3, maxLength: 3 }),
      async ({ timezone, around, confirm, events }, all) => {
        vi.useRealTimers();
        const store = await createStore({ timezone });
        await setConfirm(store.id, confirm);
        await importEvents(store.id, events);
        for (const { start, length, basis, trait, stretch, filter, asked } of all) {
          const from = dayIn(timezone, around + DAY / 2 + start * DAY);
          const to = dayIn('UTC', Date.parse(`${from}T12:00:00Z`) + (length - 1) * DAY);
          const question = {
            timezone,
            confirm,
            from,
            to,
            basis,
            originOf,
            filter: {} as Record<string, string>,
          };
          // Values that occur, so that filters let something through.
          const keys = filter ? [...maturityByHand(events, question, filter.dimension).keys()] : [];
          if (filter && keys.length > 0)
            question.filter = { [filter.dimension]: keys[filter.nth % keys.length] as string };
          const filters = Object.entries(question.filter).map(([name, key]) => [`filter[${name}]`, key]);
          const parameters = { from, to, basis, ...Object.fromEntries(filters) };
          const now = around + DAY / 2 + asked * DAY;
          setClock(now);
          const isMature = (last: string) => {
            const passed = daysBetween(last, dayIn(timezone, now));
            return { same_day: passed > 0, next_day: passed > 1, seven_days: passed > 7, final: passed > 7 };
          };

          const total = await maturity(store.id, parameters);
          expect(counted(total)).toEqual(maturityByHand(events, question, '').get('') ?? NOBODY);
          expect(matured(total)).toEqual(isMature(to));
          expect(total.rows).toBeUndefined();
          expectCoherent(total);
          const { consulting_visitors, same_day, seven_days, final } = counted(total);
          seen.consulting_visitors += consulting_visitors;
          seen.same_day += same_day;
          seen.between += seven_days - same_day;
          seen.final += final - seven_days;

          const byTrait = await maturity(store.id, { ...parameters, by: trait });
          const traitRows = byTrait.rows ?? [];
          expect(Object.fromEntries(traitRows.map((row) => [row.key, counted(row)]))).toEqual(
            Object.fromEntries(maturityByHand(events, question, trait)),
          );
          for (const row of traitRows) expect(matured(row)).toEqual(isMature(to));

          const byTime = await maturity(store.id, { ...parameters, by: stretch });
          const timeRows = byTime.rows ?? [];
          const dates = Array.from({ length }, (_, n) =>
            dayIn('UTC', Date.parse(`${from}T12:00:00Z`) + n * DAY),
          );
          const lasts = new Map(dates.map((date) => [stretchIn(stretch, date), date]));
          const hand = maturityByHand(events, question, stretch);
          expect(timeRows.map((row) => [row.key, counted(row), matured(row)])).toEqual(
            [...lasts].map(([key, last]) => [key, hand.get(key) ?? NOBODY, isMature(last)]),
          );

          for (const answer of [byTrait, byTime]) {
            expect(counted(answer)).toEqual(counted(total));
            expect(sumOf(answer.rows ?? [])).toEqual(counted(total));
            for (const row of answer.rows ?? []) expectCoherent(row);
          }
        }
      },
    ),
    runs(10, 120),
    // That there was something to compare.
    () => Object.values(seen).every((count) => count > 2),
  );
});
