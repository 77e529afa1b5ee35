// The chart's stretches of time: which suit a period, which days they hold, and what lies in which.
import { describe, expect, test } from 'vitest';
import { seriesOf } from '../../dashboard/chart/series.ts';
import {
  daysOfStretch,
  isCut,
  placeOfDay,
  placeOfNow,
  type Step,
  suiting,
  usualStep,
} from '../../dashboard/chart/stretch.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';

test.each<[number, Step, Step[]]>([
  [1, 'hour', ['hour']],
  [2, 'day', ['hour', 'day']],
  [7, 'day', ['hour', 'day']],
  [8, 'day', ['day']],
  [30, 'day', ['day', 'week']],
  [92, 'day', ['day', 'week', 'month']],
  [93, 'week', ['day', 'week', 'month']],
  [731, 'week', ['week', 'month']],
  [732, 'month', ['week', 'month']],
  [1_830, 'month', ['week', 'month']],
])('%d days are drawn by %s, and could be by %j', (days, usual, fitting) => {
  expect(usualStep(days)).toBe(usual);
  expect(suiting(days)).toEqual(fitting);
});

const NOVEMBER = { from: '2026-11-05', to: '2026-11-24' };
test.each<[string, Step, string, string]>([
  ['2026-11-24T13:00+08:00', 'hour', '2026-11-24', '2026-11-24'],
  ['2026-11-24', 'day', '2026-11-24', '2026-11-24'],
  ['2026-11-09', 'week', '2026-11-09', '2026-11-15'],
  ['2026-11-02', 'week', '2026-11-05', '2026-11-08'],
  ['2026-11-23', 'week', '2026-11-23', '2026-11-24'],
  ['2026-11', 'month', '2026-11-05', '2026-11-24'],
])('%s is %s of %s to %s', (key, step, from, to) => {
  expect(daysOfStretch(key, step, NOVEMBER)).toEqual({ from, to });
});

test.each(['2024-02', '2025-02', '2025-12', '2026-01', '2026-04'])('the month %s is a whole one', (month) => {
  const days = daysOfStretch(month, 'month', { from: '2020-01-01', to: '2030-01-01' });
  const [year, number] = month.split('-').map(Number) as [number, number];
  expect(days).toEqual({
    ...{ from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) },
  });
});

test.each<[string, string, Step, boolean]>([
  ['2026-11-02', '2026-11-15', 'week', false],
  ['2026-11-03', '2026-11-15', 'week', true],
  ['2026-11-02', '2026-11-14', 'week', true],
  ['2026-02-01', '2026-03-31', 'month', false],
  ['2026-02-01', '2026-03-30', 'month', true],
  ['2026-11-03', '2026-11-04', 'day', false],
])('%s to %s by %s is cut: %s', (from, to, step, cut) => {
  expect(isCut({ from, to }, step)).toBe(cut);
});

describe('what lies where', () => {
  const HOURS = ['2026-11-23T23:00+08:00', '2026-11-24T00:00+08:00', '2026-11-24T01:00+08:00'];
  test.each<[readonly string[], Step, string, number]>([
    [HOURS, 'hour', '2026-11-24', 1],
    [['2026-11-23', '2026-11-24'], 'day', '2026-11-24', 1],
    [['2026-11-23', '2026-11-24'], 'day', '2026-11-25', -1],
    [['2026-11-16', '2026-11-23'], 'week', '2026-11-22', 0],
    [['2026-11-16', '2026-11-23'], 'week', '2026-11-30', -1],
    [['2026-11-16', '2026-11-23'], 'week', '2026-11-15', -1],
    [['2026-10', '2026-11'], 'month', '2026-11-30', 1],
  ])('in %j by %s the day %s is at %d', (keys, step, day, place) => {
    expect(placeOfDay(keys, step, day)).toBe(place);
  });

  test('an hour lasts an hour, on whatever clock', () => {
    const at = Date.parse('2026-11-23T16:59:59Z');
    expect(placeOfNow(HOURS, 'hour', '2026-11-24', at)).toBe(1);
    expect(placeOfNow(HOURS, 'hour', '2026-11-24', at + 1_000)).toBe(2);
    expect(placeOfNow(HOURS, 'hour', '2026-11-24', at + 3_601_000)).toBe(-1);
  });
});

test('what has not begun is nothing, which is not zero; what is not over is open', () => {
  const rows = ['2026-11-24T11:00+00:00', '2026-11-24T12:00+00:00', '2026-11-24T13:00+00:00'].map((key) => ({
    key,
    totals: { visitors: 0 },
  }));
  const period = { from: '2026-11-24', to: '2026-11-24', days: 1, timezone: 'UTC', complete: false };
  const answer = { by: 'hour', period, rows } as unknown as MetricsAnswer;
  const series = seriesOf(answer, 'visitors', 'USD', Date.parse('2026-11-24T12:30:00Z'));
  expect(series.values).toEqual([0, 0, null]);
  expect([series.open, series.before]).toEqual([1, null]);
});
