// Whole days in a store's time zone, as numbers: day 0 is 1970-01-01.
import { tzOffset } from '@date-fns/tz';

const DAY = 86_400_000;
/** Every zone's offset changes on a quarter-hour, so that one look-up serves all events of a quarter. */
const QUARTER = 15 * 60_000;
/** Look-ups kept per zone before starting over: about two years of quarters. */
const KEPT = 70_000;

const offsets = new Map<string, Map<number, number>>();

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timezone: string): number {
  let known = offsets.get(timezone);
  if (!known || known.size > KEPT) {
    known = new Map();
    offsets.set(timezone, known);
  }
  const quarter = Math.floor(at / QUARTER);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = tzOffset(timezone, new Date(quarter * QUARTER)) * 60_000;
    known.set(quarter, offset);
  }
  return offset;
}

/** The day on which an instant (milliseconds since 1970) falls in a time zone. */
export function dayOf(at: number, timezone: string): number {
  return Math.floor((at + offsetAt(at, timezone)) / DAY);
}

/** `2026-11-22` to its day number. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** A day number to `2026-11-22`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Calendar groupings of days; a week begins on Monday. */
export const STRETCHES = ['day', 'week', 'month'] as const;
export type Stretch = (typeof STRETCHES)[number];

export const isStretch = (name: string | undefined): name is Stretch =>
  STRETCHES.some((each) => each === name);

/** The first day of the stretch that a day lies in. */
export function stretchOf(day: number, stretch: Stretch): number {
  if (stretch === 'day') return day;
  // Day 0 was a Thursday: its Monday was day -3.
  if (stretch === 'week') return day - ((day + 3) % 7);
  return dayOfDate(`${dateOfDay(day).slice(0, 7)}-01`);
}

/** The first moment of a day in a time zone, milliseconds since 1970. */
export function startOfDay(day: number, timezone: string): number {
  // No zone is as far as 15 hours from UTC, and days begin on a quarter-hour.
  let at = day * DAY - 15 * 3_600_000;
  while (dayOf(at, timezone) < day) at += QUARTER;
  return at;
}

/** A moment on the clocks of a zone, to the minute: 2026-11-01T01:00-04:00. */
export function clockTime(at: number, timezone: string): string {
  const offset = offsetAt(at, timezone);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(n).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(at + offset).toISOString().slice(0, 16)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
