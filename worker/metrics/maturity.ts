// Maturity: the consult conversion of cohorts by how soon they bought; the question, its answer, and their schemas.
import { z } from '@hono/zod-openapi';
import { dayOf, isStretch, STRETCHES, stretchOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { type CohortCounts, readCohorts, WINDOWS } from '../store/cohorts.ts';
import type { Days } from '../store/facts.ts';
import { DIMENSIONS } from '../store/traits.ts';
import { daysOf, filterOf, partsOf, periodOf } from './period.ts';
import { BASES, metricsQuestion, period, rate } from './question.ts';
import { rateOf } from './rates.ts';

/** Days after which a consult conversion is taken as final, as the field does; who buys later is still counted. */
export const FINAL_AFTER = 7;

/** Days that must have passed since a cohort's last day before a window's rate no longer grows, or is taken not to. */
const MATURE_AFTER = { ...WINDOWS, final: FINAL_AFTER };
type WindowName = keyof typeof MATURE_AFTER;

/** Whole days at least: a cohort of one hour has no next day of its own. */
const MATURITY_GROUPINGS = [...DIMENSIONS, ...STRETCHES] as const;

export const maturityQuestion = metricsQuestion
  .omit({ scope: true, money: true, compare: true, rest: true })
  .extend({
    basis: z.enum(BASES).default('order').openapi({
      description:
        'What makes a buyer: an order placed after the inquiry, by its day, or the first payment of such an order, by the day of the payment. Who consulted is decided by the order either way.',
    }),
    by: z.enum(MATURITY_GROUPINGS).optional().openapi({
      description:
        'Adds `rows`, one for each value: a trait of the visitor by their first visit ever, or when they first asked in the period. Each visitor belongs to one row.',
    }),
  })
  .openapi('MaturityQuestion');
export type MaturityQuestion = z.infer<typeof maturityQuestion>;

const windowed = z
  .object({
    ...rate.shape,
    mature: z.boolean().openapi({
      description: 'True when everybody had the whole window: no longer growing, of `final` taken as final.',
    }),
  })
  .openapi('MaturingRate');

const cohort = {
  consulting_visitors: z.int().min(0),
  windows: z
    .object({
      same_day: windowed,
      next_day: windowed,
      seven_days: windowed,
      final: windowed,
    } satisfies Record<WindowName, typeof windowed>)
    .openapi('MaturityWindows'),
};

export const maturityAnswer = z
  .object({
    store: z.string(),
    period,
    basis: z.enum(BASES),
    by: z.enum(MATURITY_GROUPINGS).optional(),
    ...cohort,
    rows: z.array(z.object({ key: z.string(), ...cohort }).openapi('MaturityRow')).optional(),
  })
  .openapi('MaturityAnswer');
export type MaturityAnswer = z.infer<typeof maturityAnswer>;
export type MaturityRow = NonNullable<MaturityAnswer['rows']>[number];
type Cohort = Pick<MaturityRow, 'consulting_visitors' | 'windows'>;

/**
 * Some cohorts as one; they share no visitor, so that here, unlike elsewhere, people may be added. `last` is the last
 * day on which any of them can have asked.
 */
function together(counts: readonly CohortCounts[], last: number, today: number): Cohort {
  const sum = (field: WindowName | 'visitors') => counts.reduce((total, one) => total + one[field], 0);
  const visitors = sum('visitors');
  const windowOf = (name: WindowName) => ({
    ...rateOf(sum(name), visitors),
    mature: today > last + MATURE_AFTER[name],
  });
  return {
    consulting_visitors: visitors,
    windows: {
      same_day: windowOf('same_day'),
      next_day: windowOf('next_day'),
      seven_days: windowOf('seven_days'),
      final: windowOf('final'),
    },
  };
}

/** Rows in the order readers expect: every stretch of the period, or traits with most consulting visitors first. */
function rowsOf(
  counts: readonly CohortCounts[],
  days: Days,
  by: NonNullable<MaturityQuestion['by']>,
  timezone: string,
  today: number,
): MaturityRow[] {
  const { from, to } = days;
  if (!isStretch(by))
    return counts
      .map((one) => ({ key: one.key, ...together([one], to, today) }))
      .sort((a, b) => b.consulting_visitors - a.consulting_visitors || (a.key < b.key ? -1 : 1));
  const lastDays = new Map<string, number>();
  for (let day = from; day <= to; day++) lastDays.set(String(stretchOf(day, by)), day);
  const sharers = Map.groupBy(counts, ({ key }) => String(stretchOf(Number(key), by)));
  return partsOf(days, by, timezone).map(({ key, shown }) => ({
    key: shown,
    ...together(sharers.get(key) ?? [], lastDays.get(key) ?? to, today),
  }));
}

/**
 * @throws {QuestionError} when the period is turned round or too long.
 */
export async function answerMaturity(
  env: Env,
  store: StoreSettings,
  question: MaturityQuestion,
  now: number,
): Promise<MaturityAnswer> {
  const { basis, by } = question;
  const days = daysOf(question);
  const today = dayOf(now, store.timezone);
  const counts = await readCohorts(env, store.key, {
    ...days,
    basis,
    by: isStretch(by) ? 'day' : by,
    filter: filterOf(question),
  });
  return {
    store: store.id,
    period: periodOf(days, store.timezone, now),
    basis,
    ...(by ? { by } : {}),
    ...together(counts, days.to, today),
    ...(by ? { rows: rowsOf(counts, days, by, store.timezone, today) } : {}),
  };
}
