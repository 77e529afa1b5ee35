// Answers a metrics question: which figures to read, and how they become the answer.
import { isStretch } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import type { Days } from '../store/facts.ts';
import { readFigures } from '../store/figures.ts';
import { isDimension } from '../store/live.ts';
import type { Figures } from '../store/measures.ts';
import { COMPARED, daysOf, filterOf, midnightsOf, partsOf, periodOf, QuestionError } from './period.ts';
import type { MetricsAnswer, MetricsQuestion, Rates, Row } from './question.ts';
import { ratesOf } from './rates.ts';
import { againstRest } from './rest.ts';
import { type Counted, totalsOf } from './totals.ts';

type By = NonNullable<MetricsQuestion['by']>;

const NOTHING: Counted = { units: undefined, orders: [], payers: 0 };

/** What was counted under each key. */
function countedOf({ units, orders, payers }: Figures): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const sales = Map.groupBy(orders, ({ key }) => key);
  for (const key of [...units.map((each) => each.key), ...sales.keys()])
    counted.set(key, { units: undefined, orders: sales.get(key) ?? [], payers: payers.get(key) ?? 0 });
  for (const each of units) counted.set(each.key, { ...(counted.get(each.key) ?? NOTHING), units: each });
  return counted;
}

/** Rows in the order readers expect: every stretch of the period, or traits with most visitors first. */
function rowsOf(
  figures: Figures,
  days: Days,
  by: By,
  store: StoreSettings,
  basis: MetricsQuestion['basis'],
): Row[] {
  const counted = countedOf(figures);
  const calendar = by === 'hour' || isStretch(by);
  const parts = calendar
    ? partsOf(days, by, store.timezone)
    : [...counted.keys()].map((key) => ({ key, shown: key }));
  const rows = parts.map(({ key, shown }) => {
    const totals = totalsOf(counted.get(key) ?? NOTHING, store);
    return { key: shown, totals, rates: ratesOf(totals, basis) };
  });
  if (calendar) return rows;
  return rows.sort((a, b) => b.totals.visitors - a.totals.visitors || (a.key < b.key ? -1 : 1));
}

/** The rows with what they differ in from all others. */
function besideRest(rows: readonly Row[], total: Rates): Row[] {
  const differences = againstRest(
    rows.map(({ rates }) => rates),
    total,
  );
  return rows.map((row, n) => ({ ...row, against_rest: differences[n] }));
}

/**
 * @throws {QuestionError} when the period is turned round or too long, or rows have no rest.
 */
export async function answerMetrics(
  env: Env,
  store: StoreSettings,
  question: MetricsQuestion,
  now: number,
): Promise<MetricsAnswer> {
  const { scope, basis, by, money, compare } = question;
  const asked = daysOf(question);
  const periods = compare ? [asked, COMPARED[compare](asked)] : [asked];
  const filter = filterOf(question);
  const rest = question.rest === 'true';
  if (rest && !isDimension(by))
    throw new QuestionError(
      'rest',
      'Only traits part visitors from each other: with rest=true choose by=channel or another trait.',
    );
  const read = await readFigures(
    env,
    store.key,
    periods.map((days) => ({
      ...days,
      scope,
      filter,
      money,
      by,
      ...(by === 'hour' ? { midnights: midnightsOf(days, store.timezone) } : {}),
    })),
  );
  const [current, comparison] = read.map(({ total, rows }, index) => {
    const days = periods[index] as Days;
    const totals = totalsOf(countedOf(total).get('') ?? NOTHING, store);
    const rates = ratesOf(totals, basis);
    const parts = by ? rowsOf(rows, days, by, store, basis) : undefined;
    return {
      period: periodOf(days, store.timezone, now),
      totals,
      rates,
      ...(parts ? { rows: rest ? besideRest(parts, rates) : parts } : {}),
    };
  });
  if (!current) throw new Error('A question has at least one period.');
  return {
    store: store.id,
    scope,
    basis,
    money,
    ...(by ? { by } : {}),
    recounting: store.recounting,
    ...current,
    ...(comparison ? { comparison } : {}),
  };
}
