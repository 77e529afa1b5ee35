// Answers a metrics question: which figures to read, and how they become the answer.
import { dateOfDay, dayOf, dayOfDate } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import {
  type CALENDAR,
  type Days,
  type Figures,
  type FiguresQuestion,
  type Grouping,
  readFigures,
} from '../store/figures.ts';
import { DIMENSIONS, type Dimension, type Filter } from '../store/traits.ts';
import {
  type COMPARISONS,
  MAX_DAYS,
  type MetricsAnswer,
  type MetricsQuestion,
  type Period,
  type Row,
} from './question.ts';
import { ratesOf } from './rates.ts';
import { totalsOf } from './totals.ts';

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
export function daysOf({ from, to }: Pick<MetricsQuestion, 'from' | 'to'>): Days {
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

const COMPARED: Record<(typeof COMPARISONS)[number], (days: Days) => Days> = {
  previous: before,
  year: ({ from, to }) => ({ from: yearBefore(from), to: yearBefore(to) }),
};

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
const stretchOf: Record<(typeof CALENDAR)[number], (day: number) => string> = {
  day: (day) => String(day),
  week: (day) => String(day - ((day + 3) % 7)),
  month: (day) => dateOfDay(day).slice(0, 7),
};

const isCalendar = (by: Grouping): by is (typeof CALENDAR)[number] => by in stretchOf;

/** Rows in the order readers expect: every stretch of the period, or traits with most visitors first. */
function rowsOf(figures: Figures, days: Days, by: Grouping, basis: MetricsQuestion['basis']): Row[] {
  const units = new Map(figures.units.map((counts) => [counts.key, counts]));
  const orders = Map.groupBy(figures.orders, ({ key }) => key);
  const keys = new Set<string>();
  if (isCalendar(by)) for (let day = days.from; day <= days.to; day++) keys.add(stretchOf[by](day));
  else for (const key of [...units.keys(), ...orders.keys()]) keys.add(key);
  const rows = [...keys].map((key) => {
    const totals = totalsOf(units.get(key), orders.get(key) ?? []);
    const shown = by === 'day' || by === 'week' ? dateOfDay(Number(key)) : key;
    return { key: shown, totals, rates: ratesOf(totals, basis) };
  });
  if (isCalendar(by)) return rows;
  return rows.sort((a, b) => b.totals.visitors - a.totals.visitors || (a.key < b.key ? -1 : 1));
}

/**
 * @throws {QuestionError} when the period is turned round or too long.
 */
export async function answerMetrics(
  env: Env,
  store: StoreSettings,
  question: MetricsQuestion,
  now: number,
): Promise<MetricsAnswer> {
  const { scope, basis, by, compare } = question;
  const asked = daysOf(question);
  const periods = compare ? [asked, COMPARED[compare](asked)] : [asked];
  const filter = filterOf(question);
  const groupings: FiguresQuestion[] = by
    ? [
        { scope, filter },
        { scope, filter, by },
      ]
    : [{ scope, filter }];
  const read = await readFigures(
    env,
    store.key,
    periods.flatMap((days) => groupings.map((grouping) => ({ ...days, ...grouping }))),
  );
  const [current, comparison] = periods.map((days, index) => {
    const [all, grouped] = read.slice(index * groupings.length, (index + 1) * groupings.length);
    const totals = totalsOf(all?.units[0], all?.orders ?? []);
    return {
      period: periodOf(days, store.timezone, now),
      totals,
      rates: ratesOf(totals, basis),
      ...(by && grouped ? { rows: rowsOf(grouped, days, by, basis) } : {}),
    };
  });
  if (!current) throw new Error('A question has at least one period.');
  return {
    store: store.id,
    scope,
    basis,
    ...(by ? { by } : {}),
    ...current,
    ...(comparison ? { comparison } : {}),
  };
}
