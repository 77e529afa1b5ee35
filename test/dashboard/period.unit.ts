// Periods are whole days of the store, wherever the reader is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countDays,
  type Days,
  dayIn,
  isDay,
  listDays,
  PRESETS,
  type Preset,
  resolve,
  stepped,
} from '../../dashboard/period.ts';

const at = (iso: string) => Date.parse(iso);

describe('today is the store’s today', () => {
  test.each([
    ['2026-11-22T15:59:59Z', 'Asia/Shanghai', '2026-11-22'],
    ['2026-11-22T16:00:00Z', 'Asia/Shanghai', '2026-11-23'],
    ['2026-11-22T04:59:59Z', 'America/New_York', '2026-11-21'],
    ['2026-11-22T05:00:00Z', 'America/New_York', '2026-11-22'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-01-01T11:59:59Z', 'Etc/GMT+12', '2025-12-31'],
    // The hour that exists twice, and the hour that does not.
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-06-30T18:29:59Z', 'Asia/Kolkata', '2026-06-30'],
    ['2026-06-30T18:30:00Z', 'Asia/Kolkata', '2026-07-01'],
  ])('%s in %s is %s', (instant, timezone, day) => {
    expect(dayIn(timezone, at(instant))).toBe(day);
  });
});

describe('presets', () => {
  test.each<[Preset, string, Days]>([
    ['today', '2026-11-22T12:00:00Z', { from: '2026-11-22', to: '2026-11-22' }],
    ['today', '2026-11-22T17:00:00Z', { from: '2026-11-23', to: '2026-11-23' }],
    ['yesterday', '2026-03-01T12:00:00Z', { from: '2026-02-28', to: '2026-02-28' }],
    ['yesterday', '2028-03-01T12:00:00Z', { from: '2028-02-29', to: '2028-02-29' }],
    ['week', '2026-11-22T12:00:00Z', { from: '2026-11-16', to: '2026-11-22' }],
    ['week', '2026-11-23T12:00:00Z', { from: '2026-11-23', to: '2026-11-23' }],
    ['last7', '2026-11-22T12:00:00Z', { from: '2026-11-16', to: '2026-11-22' }],
    ['last30', '2026-11-22T12:00:00Z', { from: '2026-10-24', to: '2026-11-22' }],
    ['last90', '2026-11-22T12:00:00Z', { from: '2026-08-25', to: '2026-11-22' }],
    ['month', '2026-11-01T00:00:00Z', { from: '2026-11-01', to: '2026-11-01' }],
    ['last_month', '2026-03-31T12:00:00Z', { from: '2026-02-01', to: '2026-02-28' }],
    ['last_month', '2026-01-15T12:00:00Z', { from: '2025-12-01', to: '2025-12-31' }],
    ['year', '2026-11-22T12:00:00Z', { from: '2026-01-01', to: '2026-11-22' }],
    ['last365', '2028-12-31T00:00:00Z', { from: '2028-01-02', to: '2028-12-31' }],
  ])('%s at %s in Shanghai', (preset, instant, days) => {
    expect(resolve(preset, 'Asia/Shanghai', at(instant))).toEqual(days);
  });

  test('days chosen by hand stay', () => {
    const days = { from: '2026-01-05', to: '2026-01-09' };
    expect(resolve(days, 'Asia/Shanghai', at('2026-11-22T12:00:00Z'))).toBe(days);
  });

  test('all are whole, in order, and do not reach past today', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'America/New_York',
      'Europe/Berlin',
      'Pacific/Apia',
      'UTC',
    );
    const instants = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), zones, instants, (preset, zone, instant) => {
        const days = resolve(preset, zone, instant);
        expect(isDay(days.from) && isDay(days.to)).toBe(true);
        expect(days.from <= days.to).toBe(true);
        expect(days.to <= dayIn(zone, instant)).toBe(true);
        expect(listDays(days)).toHaveLength(countDays(days));
      }),
    );
  });
});

test.each([
  ['2026-02-28', true],
  ['2026-02-30', false],
  ['2028-02-29', true],
  ['2026-2-3', false],
  ['2026-13-01', false],
  ['today', false],
  ['', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

describe('a step to the days before or after', () => {
  const now = at('2026-11-22T12:00:00Z');
  test.each<[string, Days, -1 | 1, Days | null]>([
    ['a week back', { from: '2026-11-16', to: '2026-11-22' }, -1, { from: '2026-11-09', to: '2026-11-15' }],
    ['a week on', { from: '2026-11-02', to: '2026-11-08' }, 1, { from: '2026-11-09', to: '2026-11-15' }],
    [
      'no further than today',
      { from: '2026-11-10', to: '2026-11-16' },
      1,
      { from: '2026-11-17', to: '2026-11-22' },
    ],
    ['not into the future', { from: '2026-11-16', to: '2026-11-22' }, 1, null],
    ['a day', { from: '2026-03-01', to: '2026-03-01' }, -1, { from: '2026-02-28', to: '2026-02-28' }],
  ])('%s', (_, days, by, expected) => {
    expect(stepped(days, by, 'Asia/Shanghai', now)).toEqual(expected);
  });
});
