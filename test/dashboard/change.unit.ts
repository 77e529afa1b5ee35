// A change is called real only where chance would hardly make it, and nothing is compared with nothing.
import { describe, expect, test } from 'vitest';
import { amountChange, rateChange } from '../../dashboard/change.ts';
import { rateOf } from '../../worker/metrics/rates.ts';

type Share = [numerator: number, denominator: number];

describe('rates', () => {
  test.each<[now: Share, before: Share, direction: string, chance: boolean]>([
    // now, before, direction, chance
    [[50, 1_000], [50, 1_000], 'same', true],
    [[60, 1_000], [50, 1_000], 'up', true],
    [[100, 1_000], [50, 1_000], 'up', false],
    [[50, 1_000], [100, 1_000], 'down', false],
    // Few cases prove nothing, however large the difference looks.
    [[3, 4], [0, 4], 'up', true],
    [[20_000, 1_000_000], [20_600, 1_000_000], 'down', false],
  ])('%j after %j', (now, before, direction, chance) => {
    const change = rateChange(rateOf(...now), rateOf(...before));
    expect(change).toMatchObject({ direction, chance });
  });

  test.each([
    [rateOf(0, 0), rateOf(1, 2)],
    [rateOf(1, 2), rateOf(0, 0)],
    [rateOf(1, 2), undefined],
  ])('over nothing there is no change', (now, before) => {
    expect(rateChange(now, before)).toBeNull();
  });
});

describe('amounts', () => {
  test.each([
    [110, 100, 0.1, 'up'],
    [90, 100, -0.1, 'down'],
    [100, 100, 0, 'same'],
    [100_001, 100_000, 0.000_01, 'same'],
    [0, 100, -1, 'down'],
  ] as const)('%d after %d', (now, before, by, direction) => {
    const change = amountChange(now, before);
    expect(change?.by).toBeCloseTo(by, 10);
    expect(change?.direction).toBe(direction);
  });

  test('growth from nothing has no percentage', () => {
    expect(amountChange(5, 0)).toBeNull();
    expect(amountChange(5, undefined)).toBeNull();
  });
});
