// Whether differences are more than chance: published and independently computed values, and chance itself.
import { describe, expect, test } from 'vitest';
import { ratesOf } from '../../worker/metrics/rates.ts';
import { againstRest } from '../../worker/metrics/rest.ts';
import { differenceP, erfc, holm } from '../../worker/metrics/significance.ts';

// By the C library's erfc, either side of where the series gives way to the fraction.
test.each([
  [0, 1],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [2, 0.004677734981047265],
  [2.4999, 0.0004071699003334514],
  [2.5, 0.0004069520174449589],
  [3, 2.2090496998585438e-5],
  [5, 1.5374597944280351e-12],
  [10, 2.088487583762545e-45],
  [20, 5.3958656116079005e-176],
])('erfc(%d) is %d', (x, expected) => {
  expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(1e-11);
});

const share = (numerator: number, denominator: number) => ({ numerator, denominator });

describe('two shares', () => {
  test.each([
    // The Physicians' Health Study, heart attacks under aspirin and placebo: chi-squared 25.01 (A. Agresti, 2002).
    ['aspirin', share(104, 11_037), share(189, 11_034), 5.691896973740857e-7],
    // By hand: pooled 0.2, spread 0.4 x sqrt(1/50), z = -1.7678.
    ['15 and 25 of 100', share(15, 100), share(25, 100), 0.07709987174354184],
    ['30 of 200 and 40 of 600', share(30, 200), share(40, 600), 0.0003038818148157707],
    ['equal ones', share(30, 200), share(30, 200), 1],
    // Pooled 0.1: 5 of 50 expected.
    ['just enough data', share(5, 50), share(45, 450), 1],
  ])('%s', (_, one, other, expected) => {
    for (const p of [differenceP(one, other), differenceP(other, one)]) expect(p).toBeCloseTo(expected, 12);
  });

  test.each([
    ['too few successes expected', share(0, 49), share(50, 451)],
    ['too few failures expected', share(49, 49), share(401, 451)],
    ['nobody on one side', share(0, 0), share(50, 451)],
    ['nobody at all', share(0, 0), share(0, 0)],
    ['no success at all', share(0, 1_000), share(0, 1_000)],
  ])('%s: nothing is said', (_, one, other) => {
    expect([differenceP(one, other), differenceP(other, one)]).toEqual([null, null]);
  });
});

describe('together', () => {
  test.each<[(number | null)[], (number | null)[]]>([
    // As R's p.adjust has it with method "holm".
    [
      [0.01, 0.04, 0.03, 0.005],
      [0.03, 0.06, 0.06, 0.02],
    ],
    // What was not tested does not count.
    [
      [0.01, null, 0.02],
      [0.02, null, 0.02],
    ],
    [
      [0.9, 0.8],
      [1, 1],
    ],
    [[], []],
  ])('%j become %j', (ps, expected) => {
    expect(holm(ps).map((p) => p && Number(p.toFixed(12)))).toEqual(expected);
  });
});

/** Visitors of whom some bought; nothing else of them matters. */
const some = (visitors: number, buyers: number) =>
  ({
    ...{ visitors, buyers, effective_visitors: 0, consulting_visitors: 0, silent_visitors: visitors },
    ...{ consulting_buyers: 0, silent_buyers: buyers, paying_visitors: 0, consulting_paying_visitors: 0 },
    ...{ silent_paying_visitors: 0, visits: visitors, pages: visitors, inquiries: 0, orders: buyers },
    ...{ paid_orders: 0, unattributed_orders: 0 },
  }) satisfies Parameters<typeof ratesOf>[0];
const ordered = (counts: [visitors: number, buyers: number][]) => {
  const total = counts.reduce(([n, m], [visitors, buyers]) => [n + visitors, m + buyers], [0, 0]);
  return againstRest(
    counts.map(([visitors, buyers]) => ratesOf(some(visitors, buyers), 'order')),
    ratesOf(some(...total), 'order'),
  ).map(({ visit_to_order_rate }) => visit_to_order_rate);
};

describe('a row beside the rest', () => {
  test('differs, may be chance, or has too little data', () => {
    const [better, worse, like, small] = ordered([
      [1_000, 120],
      [1_000, 30],
      [1_000, 70],
      [40, 12],
    ]);
    expect(better).toMatchObject({ verdict: 'higher', rest: { numerator: 112, denominator: 2_040 } });
    expect(better?.difference).toBeCloseTo(0.12 - 112 / 2_040, 15);
    expect(worse).toMatchObject({ verdict: 'lower', rest: { numerator: 202, denominator: 2_040 } });
    expect(like).toMatchObject({ verdict: 'chance' });
    expect(small).toMatchObject({ verdict: 'too_little_data', p: null });
    expect(small?.difference).toBeGreaterThan(0.2);
  });

  test('is corrected for the rows that were tested', () => {
    const alone = differenceP(share(120, 1_000), share(112, 2_040)) as number;
    const [first] = ordered([
      [1_000, 120],
      [1_000, 30],
      [1_000, 70],
      [40, 12],
    ]);
    // Second of three by its p: the fourth row was not tested, the second has a smaller one.
    expect(first?.p).toBeCloseTo(
      alone * (alone < (differenceP(share(30, 1_000), share(202, 2_040)) as number) ? 3 : 2),
      15,
    );
  });

  test('that is all there is has no rest', () => {
    expect(ordered([[1_000, 120]])).toMatchObject([
      { difference: null, p: null, verdict: 'too_little_data' },
    ]);
  });

  test('is marked by chance alone in at most one of 20 tables', () => {
    // A generator with a seed (mulberry32), so that this is the same every time.
    let state = 20_261_124;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    const bought = (visitors: number) =>
      Array.from({ length: visitors }, random).filter((chance) => chance < 0.1).length;
    const TABLES = 1_000;
    let [marked, without] = [0, 0];
    for (let n = 0; n < TABLES; n++) {
      const counts = Array.from({ length: 12 }, (): [number, number] => [300, bought(300)]);
      const rows = ordered(counts);
      if (rows.some(({ verdict }) => verdict === 'higher' || verdict === 'lower')) marked++;
      if (
        counts.some(
          ([visitors, buyers], at) =>
            (differenceP(share(buyers, visitors), rows[at]?.rest ?? share(0, 0)) ?? 1) < 0.05,
        )
      )
        without++;
    }
    // Three standard errors of 1,000 tables above a twentieth; uncorrected, half of all tables would be marked.
    expect(marked / TABLES).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / TABLES));
    expect(marked).toBeGreaterThan(10);
    expect(without / TABLES).toBeGreaterThan(0.3);
  });
});
