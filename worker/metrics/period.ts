// What every question of a period shares: its days, its filters, and the stretches of the calendar in it.
import { dateOfDay, dayOf, dayOfDate } from '../collect/calendar.ts';
import type { CALENDAR, Days } from '../store/figures.ts';
import { DIMENSIONS, type Dimension, type Filter } from '../store/traits.ts';
import { MAX_DAYS, type MetricsQuestion, type Period } from './question.ts';

/** The question cannot be answered as it stands; the message says what to change. */
export class QuestionError extends Error {
  override name = 'QuestionError';
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/**
 * The days that a question names.
 * @throws {QuestionError} when the period is turned round or too long.
 */
export function daysOf({ from, to }: Pick<MetricsQuestion, 'from' | 'to'>): Days {
  const days = { from: dayOfDate(from), to: dayOfDate(to) };
  if (days.to < days.from) throw new QuestionError('to', 'The last day (to) is before the first (from).');
  if (days.to - days.from >= MAX_DAYS)
    throw new QuestionError('from', `At most ${MAX_DAYS} days go in one question; choose a later first day.`);
  return days;
}

export function filterOf(question: Pick<MetricsQuestion, `filter[${Dimension}]`>): Filter {
  const filter: Filter = {};
  for (const dimension of DIMENSIONS) {
    const keys = question[`filter[${dimension}]`];
    if (keys) filter[dimension] = keys;
  }
  return filter;
}

export function periodOf({ from, to }: Days, timezone: string, now: number): Period {
  return {
    from: dateOfDay(from),
    to: dateOfDay(to),
    days: to - from + 1,
    timezone,
    complete: to < dayOf(now, timezone),
  };
}

/** The key that a day of the calendar has in a grouping, as the store gives it. */
export const stretchOf: Record<(typeof CALENDAR)[number], (day: number) => string> = {
  day: (day) => String(day),
  week: (day) => String(day - ((day + 3) % 7)),
  month: (day) => dateOfDay(day).slice(0, 7),
};

export const isCalendar = (by: string): by is (typeof CALENDAR)[number] => by in stretchOf;

/** A key of the store as readers see it: days and weeks as dates. */
export const shownKey = (by: string, key: string) =>
  by === 'day' || by === 'week' ? dateOfDay(Number(key)) : key;
