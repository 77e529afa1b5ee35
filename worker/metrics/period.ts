// The days a question is about: as it names them, what they are compared with, and the stretches they are cut into.
import {
  clockTime,
  dateOfDay,
  dayOf,
  dayOfDate,
  type Stretch,
  startOfDay,
  stretchOf,
} from '../collect/calendar.ts';
import { type Days, HOURS_A_DAY, type Midnights } from '../store/facts.ts';
import { DIMENSIONS, type Filter } from '../store/traits.ts';
import { type COMPARISONS, MAX_DAYS, MAX_HOUR_DAYS, type MetricsQuestion, type Period } from './question.ts';

const HOUR = 3_600_000;

/** The question cannot be answered as it stands; the message says what to change. */
export class QuestionError extends Error {
  override name = 'QuestionError';
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/** @throws {QuestionError} when the period is turned round or too long. */
export function daysOf({ from, to }: { from: string; to: string }): Days {
  const days = { from: dayOfDate(from), to: dayOfDate(to) };
  if (days.to < days.from) throw new QuestionError('to', 'The last day (to) is before the first (from).');
  if (days.to - days.from >= MAX_DAYS)
    throw new QuestionError('from', `At most ${MAX_DAYS} days go in one question; choose a later first day.`);
  return days;
}

const before = ({ from, to }: Days): Days => ({ from: from - (to - from + 1), to: from - 1 });

/** The same date of the year before; of 29 February the 28th. */
function yearBefore(day: number): number {
  const [year, rest] = [Number(dateOfDay(day).slice(0, 4)) - 1, dateOfDay(day).slice(4)];
  return dayOfDate(`${year}${rest === '-02-29' ? '-02-28' : rest}`);
}

/** As many days, moved back by the fewest whole weeks that clear the period. */
function sameWeekdays({ from, to }: Days): Days {
  const weeks = Math.ceil((to - from + 1) / 7) * 7;
  return { from: from - weeks, to: to - weeks };
}

export const COMPARED: Record<(typeof COMPARISONS)[number], (days: Days) => Days> = {
  previous: before,
  weekdays: sameWeekdays,
  year: ({ from, to }) => ({ from: yearBefore(from), to: yearBefore(to) }),
};

/** The period as the answer tells it. */
export function periodOf({ from, to }: Days, timezone: string, now: number): Period {
  return {
    from: dateOfDay(from),
    to: dateOfDay(to),
    days: to - from + 1,
    timezone,
    complete: to < dayOf(now, timezone),
  };
}

/** The filters of a question's parameters. */
export function filterOf(
  question: Partial<Pick<MetricsQuestion, `filter[${(typeof DIMENSIONS)[number]}]`>>,
): Filter {
  const filter: Filter = {};
  for (const dimension of DIMENSIONS) {
    const keys = question[`filter[${dimension}]`];
    if (keys) filter[dimension] = keys;
  }
  return filter;
}

/**
 * When the days of a short period begin.
 * @throws {QuestionError} when it is too long to be cut into hours.
 */
export function midnightsOf({ from, to }: Days, timezone: string): Midnights {
  if (to - from >= MAX_HOUR_DAYS)
    throw new QuestionError(
      'by',
      `Hours are counted of at most ${MAX_HOUR_DAYS} days; choose by=day, or fewer days.`,
    );
  return Array.from({ length: to - from + 1 }, (_, n) => [from + n, startOfDay(from + n, timezone)] as const);
}

/** A stretch of a period: its key in the figures and in the answer. */
export interface Part {
  key: string;
  shown: string;
}

/** Every hour of the period, by when it begins on the store's clocks: 23 to 25 a day. */
function hoursOf({ from, to }: Days, timezone: string): Part[] {
  const parts: Part[] = [];
  for (let day = from; day <= to; day++) {
    const end = startOfDay(day + 1, timezone);
    for (let at = startOfDay(day, timezone), hour = 0; at < end; at += HOUR, hour++)
      parts.push({ key: String((day - from) * HOURS_A_DAY + hour), shown: clockTime(at, timezone) });
  }
  return parts;
}

/** Every stretch of the period, in the order of time. */
export function partsOf(days: Days, by: Stretch | 'hour', timezone: string): Part[] {
  if (by === 'hour') return hoursOf(days, timezone);
  const firsts = new Set<number>();
  for (let day = days.from; day <= days.to; day++) firsts.add(stretchOf(day, by));
  return [...firsts].map((first) => ({
    key: String(first),
    shown: by === 'month' ? dateOfDay(first).slice(0, 7) : dateOfDay(first),
  }));
}
