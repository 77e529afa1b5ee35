// The stretches that a chart cuts its period into: hours, days, weeks or months; which suit it, and what lies in which. Pure.
import { addDays, type Days } from '../period.ts';

export const STEPS = ['hour', 'day', 'week', 'month'] as const;
export type Step = (typeof STEPS)[number];

/** Days for which each step draws a line and not a point, and a line that can be read. */
const SUITS: Record<Step, { least: number; most: number }> = {
  // The endpoint cuts at most seven days into hours.
  hour: { least: 1, most: 7 },
  day: { least: 2, most: 400 },
  week: { least: 15, most: 2_000 },
  month: { least: 60, most: 2_000 },
};

export const suiting = (days: number): readonly Step[] =>
  STEPS.filter((step) => SUITS[step].least <= days && days <= SUITS[step].most);

/** A quarter by days is a hundred points; more than two years of weeks are as many. */
export const usualStep = (days: number): Step =>
  days === 1 ? 'hour' : days <= 92 ? 'day' : days <= 731 ? 'week' : 'month';

/** The first and last day of a stretch that the period holds; its key is as the endpoint's rows have it. */
export const daysOfStretch = (key: string, step: Step, { from, to }: Days): Days => {
  if (step === 'hour' || step === 'day') return { from: key.slice(0, 10), to: key.slice(0, 10) };
  const first = step === 'week' ? key : `${key}-01`;
  // The next month's first day is at most 31 days on, and 31 days never reach past it by more than its own days.
  const last = step === 'week' ? addDays(key, 6) : addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  return { from: first < from ? from : first, to: last > to ? to : last };
};

/** Whether the period begins or ends within a week or a month, which then holds less than the others. */
export const isCut = (days: Days, step: Step): boolean => {
  if (step === 'week') return weekday(days.from) !== 1 || weekday(addDays(days.to, 1)) !== 1;
  return step === 'month' && !(days.from.endsWith('-01') && addDays(days.to, 1).endsWith('-01'));
};

const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Which of these stretches a day lies in, or -1. */
export const placeOfDay = (keys: readonly string[], step: Step, day: string): number => {
  if (step === 'hour') return keys.findIndex((key) => key.startsWith(day));
  if (step === 'month') return keys.indexOf(day.slice(0, 7));
  return keys.findLastIndex((key) => key <= day && (step === 'week' ? day < addDays(key, 7) : day === key));
};

/** Which of these stretches a moment lies in, or -1. */
export const placeOfNow = (keys: readonly string[], step: Step, today: string, now: number): number =>
  step === 'hour'
    ? keys.findLastIndex((key) => Date.parse(key) <= now && now < Date.parse(key) + 3_600_000)
    : placeOfDay(keys, step, today);
