// Days in a store's time zone against the platform's own calendar, at every hour of days that have 23, 24 and 25.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayOf, dayOfDate, startOfDay } from '../../worker/collect/calendar.ts';

const HOUR = 3_600_000;

const dateByIntl = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );

test.each([
  ['America/New_York', '2026-11-01', 25],
  ['America/New_York', '2026-03-08', 23],
  ['Europe/Berlin', '2026-03-29', 23],
  ['Pacific/Auckland', '2026-04-05', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Africa/Cairo', '2026-04-24', 23],
  ['Asia/Kathmandu', '2026-10-10', 24],
  ['Pacific/Apia', '2026-10-10', 24],
])('%s has %s for %d hours', (timezone, date, hours) => {
  const day = dayOfDate(date);
  const around = Date.parse(`${date}T12:00:00Z`);
  let quarters = 0;
  for (let at = around - 40 * HOUR; at < around + 40 * HOUR; at += HOUR / 4) {
    expect([at, dateOfDay(dayOf(at, timezone))]).toEqual([at, dateByIntl(at, timezone)]);
    expect(dayOf(at + HOUR / 4 - 1, timezone)).toBe(dayOf(at, timezone));
    if (dayOf(at, timezone) === day) quarters++;
  }
  expect(quarters / 4).toBe(hours);
  const start = startOfDay(day, timezone);
  expect([dayOf(start - 1, timezone), dayOf(start, timezone)]).toEqual([day - 1, day]);
  expect(startOfDay(day + 1, timezone) - start).toBe(hours * HOUR);
});

test('any instant since 1975 falls on the day the platform says, in any zone', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2040, 0) }),
      (timezone, at) => {
        expect(dateOfDay(dayOf(at, timezone))).toBe(dateByIntl(at, timezone));
      },
    ),
    { numRuns: 3_000 },
  );
});
