// The funnel's drawings: widths keep their proportions, nothing leaves the picture, nothing is negative.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Drawing, lostAfter, magnification } from '../../dashboard/funnel/geometry.ts';
import { type Stages, stagesOf } from '../../dashboard/funnel/stages.ts';
import { tallDrawing } from '../../dashboard/funnel/tall.ts';
import { wideDrawing } from '../../dashboard/funnel/wide.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { ratesOf } from '../../worker/metrics/rates.ts';

interface Counts {
  visitors: number;
  consulting: number;
  consultingBuyers: number;
  silentBuyers: number;
  consultingPaying: number;
  silentPaying: number;
}

const stages = (counts: Counts, basis: 'order' | 'payment' = 'order'): Stages => {
  const totals: MetricsAnswer['totals'] = {
    visitors: counts.visitors,
    effective_visitors: Math.floor(counts.visitors / 2),
    consulting_visitors: counts.consulting,
    silent_visitors: counts.visitors - counts.consulting,
    buyers: counts.consultingBuyers + counts.silentBuyers,
    consulting_buyers: counts.consultingBuyers,
    silent_buyers: counts.silentBuyers,
    paying_visitors: counts.consultingPaying + counts.silentPaying,
    consulting_paying_visitors: counts.consultingPaying,
    silent_paying_visitors: counts.silentPaying,
    visits: counts.visitors,
    pages: counts.visitors,
    inquiries: counts.consulting,
    orders: counts.consultingBuyers + counts.silentBuyers,
    paid_orders: counts.consultingPaying + counts.silentPaying,
    unattributed_orders: 0,
    money: [],
    converted: null,
  };
  const period = { from: '2026-11-22', to: '2026-11-22', days: 1, timezone: 'UTC', complete: false };
  return stagesOf({
    store: 'st',
    scope: 'visitor',
    basis,
    money: 'order',
    recounting: false,
    period,
    totals,
    rates: ratesOf(totals, basis),
  });
};

const share = (whole: number) => fc.integer({ min: 0, max: whole });
const anyCounts: fc.Arbitrary<Counts> = fc
  .integer({ min: 1, max: 2_000_000 })
  .chain((visitors) => fc.tuple(fc.constant(visitors), share(visitors)))
  .chain(([visitors, consulting]) =>
    fc.tuple(fc.constant(visitors), fc.constant(consulting), share(consulting), share(visitors - consulting)),
  )
  .chain(([visitors, consulting, consultingBuyers, silentBuyers]) =>
    fc.record({
      visitors: fc.constant(visitors),
      consulting: fc.constant(consulting),
      consultingBuyers: fc.constant(consultingBuyers),
      silentBuyers: fc.constant(silentBuyers),
      consultingPaying: share(consultingBuyers),
      silentPaying: share(silentBuyers),
    }),
  );

/** Rounding of coordinates, and bars that are never thinner than they can be seen. */
const SLACK = 3;

const inside = ({ bars, labels, width, height }: Drawing): void => {
  for (const bar of bars) {
    expect(bar.x).toBeGreaterThanOrEqual(-SLACK);
    expect(bar.y).toBeGreaterThanOrEqual(-SLACK);
    expect(bar.x + bar.width).toBeLessThanOrEqual(width + SLACK);
    expect(bar.y + bar.height).toBeLessThanOrEqual(height + SLACK);
  }
  for (const label of labels) {
    expect(label.y).toBeGreaterThanOrEqual(0);
    expect(label.y).toBeLessThanOrEqual(height);
  }
};

describe.each(['order', 'payment'] as const)('with basis=%s', (basis) => {
  test('every bar and label stays inside', () => {
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 860, max: 1_400 }), (counts, width) => {
        inside(wideDrawing(stages(counts, basis), width));
      }),
    );
    fc.assert(
      fc.property(anyCounts, fc.integer({ min: 280, max: 859 }), (counts, width) => {
        inside(tallDrawing(stages(counts, basis), width));
      }),
    );
  });

  test('no path holds a number that is none', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        for (const drawing of [
          wideDrawing(stages(counts, basis), 1_200),
          tallDrawing(stages(counts, basis), 360),
        ])
          expect(drawing.streams.map(({ path }) => path).join() + drawing.gauge).not.toMatch(
            /NaN|Infinity|undefined/,
          );
      }),
    );
  });
});

test('the branches are as wide as their share of the visitors', () => {
  const { bars } = wideDrawing(
    stages({
      visitors: 100,
      consulting: 20,
      consultingBuyers: 3,
      silentBuyers: 2,
      consultingPaying: 3,
      silentPaying: 1,
    }),
    1_200,
  );
  const [visitors, silent, , , , consulting] = bars;
  expect((consulting?.height ?? 0) / (visitors?.height ?? 1)).toBeCloseTo(0.2, 5);
  expect((silent?.height ?? 0) / (visitors?.height ?? 1)).toBeCloseTo(0.8, 5);
});

test.each([
  [0, 120, 1],
  [200, 120, 1],
  [60, 120, 2],
  [12, 120, 10],
  [13, 120, 5],
  [0.1, 120, 1_000],
])('%d pixels in a room of %d are magnified %d times', (pixels, room, times) => {
  expect(magnification(pixels, room)).toBe(times);
});

test('what is lost is never negative: a payment may belong to an earlier order', () => {
  const counts = {
    visitors: 10,
    consulting: 2,
    consultingBuyers: 0,
    silentBuyers: 1,
    consultingPaying: 1,
    silentPaying: 1,
  };
  expect(lostAfter(stages(counts))).toEqual({ visitors: 5, consulting: 2, silent: 7, buyers: 0 });
});
