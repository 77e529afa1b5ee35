// Answers a metrics question: which figures to read, and how they become the answer.
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import type { Days } from '../store/facts.ts';
import { type FiguresQuestion, readFigures } from '../store/figures.ts';
import type { Figures } from '../store/measures.ts';
import { COMPARED, daysOf, filterOf, isStretch, midnightsOf, partsOf, periodOf } from './period.ts';
import type { MetricsAnswer, MetricsQuestion, Row } from './question.ts';
import { ratesOf } from './rates.ts';
import { totalsOf } from './totals.ts';

type By = NonNullable<MetricsQuestion['by']>;

/** Rows in the order readers expect: every stretch of the period, or traits with most visitors first. */
function rowsOf(
  figures: Figures,
  days: Days,
  by: By,
  store: StoreSettings,
  basis: MetricsQuestion['basis'],
): Row[] {
  const units = new Map(figures.units.map((counts) => [counts.key, counts]));
  const orders = Map.groupBy(figures.orders, ({ key }) => key);
  const calendar = by === 'hour' || isStretch(by);
  const parts = calendar
    ? partsOf(days, by, store.timezone)
    : [...new Set([...units.keys(), ...orders.keys()])].map((key) => ({ key, shown: key }));
  const rows = parts.map(({ key, shown }) => {
    const totals = totalsOf(
      { units: units.get(key), orders: orders.get(key) ?? [], payers: figures.payers.get(key) ?? 0 },
      store,
    );
    return { key: shown, totals, rates: ratesOf(totals, basis) };
  });
  if (calendar) return rows;
  return rows.sort((a, b) => b.totals.visitors - a.totals.visitors || (a.key < b.key ? -1 : 1));
}

/**
 * @throws {QuestionError} when the period is turned round, or too long.
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
  const questionsOf = (days: Days): FiguresQuestion[] => {
    const all = { ...days, scope, filter, money };
    if (!by) return [all];
    return [all, { ...all, by, ...(by === 'hour' ? { midnights: midnightsOf(days, store.timezone) } : {}) }];
  };
  const questions = periods.map(questionsOf);
  const read = await readFigures(env, store.key, questions.flat());
  const [current, comparison] = periods.map((days, index) => {
    const [all, grouped] = read.slice(index * (by ? 2 : 1));
    const totals = totalsOf(
      { units: all?.units[0], orders: all?.orders ?? [], payers: all?.payers.get('') ?? 0 },
      store,
    );
    return {
      period: periodOf(days, store.timezone, now),
      totals,
      rates: ratesOf(totals, basis),
      ...(by && grouped ? { rows: rowsOf(grouped, days, by, store, basis) } : {}),
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
