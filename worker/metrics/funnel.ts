// Answers how many got how far in a funnel of the asker's own steps, and who left it where.
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import type { Days } from '../store/facts.ts';
import { timeOf as momentTime, stepsAt } from '../store/moments.ts';
import { readTrails, type Trail } from '../store/trails.ts';
import { type Attempt, bestAttempt } from './funnel-match.ts';
import {
  type FunnelAnswer,
  type FunnelQuestion,
  type FunnelStep,
  type FunnelVisitor,
  type FunnelVisitorsAnswer,
  type FunnelVisitorsQuestion,
  mismatchOf,
  type Place,
  windowOf,
} from './funnel-question.ts';
import { matcherOf, type Step } from './funnel-steps.ts';
import { pageOf } from './page.ts';
import { daysOf, filterOf, periodOf, QuestionError } from './period.ts';
import { rateOf } from './rates.ts';

const DAY = 86_400_000;

/** The days in which steps may lie: all that an answer depends on. */
export const daysOfFunnel = (question: FunnelQuestion): Days =>
  daysRead(daysOf(question), windowOf(question.window), question.order);

/** The days in which steps may lie, with one more on each side: for what seems to come 2 s early, and for clock changes. */
function daysRead({ from, to }: Days, window: number, order: FunnelQuestion['order']): Days {
  const span = Math.ceil(window / DAY) + 1;
  return { from: from - (order === 'any' ? span : 1), to: to + span };
}

interface Walked {
  trail: Trail;
  attempt: Attempt;
}

/**
 * Each unit that has a step 1 in the period, with its best attempt at the first `walked` steps; what matches the others
 * is among its moments.
 *
 * @throws {QuestionError} when steps and units do not go together, or the period is turned round or too long.
 */
async function walk(
  env: Env,
  store: StoreSettings,
  question: FunnelQuestion,
  last: boolean,
  walked = question.steps.length,
): Promise<Walked[]> {
  const { steps, order, count, by } = question;
  const period = daysOf(question);
  const mismatch = mismatchOf(question);
  if (mismatch) throw new QuestionError('steps', mismatch);
  const window = windowOf(question.window);
  const trails = await readTrails(env, store, {
    count,
    period,
    read: daysRead(period, window, order),
    stepsOf: matcherOf(steps),
    types: new Set(steps.map(({ type }) => type)),
    others: order === 'strict',
    last,
    by,
    filter: filterOf(question),
  });
  const rules = { steps: walked, order, window };
  return trails.map((trail) => ({ trail, attempt: bestAttempt(trail.moments, rules) }));
}

/** Of sorted numbers; an even number of them has two in the middle. */
function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Of sorted numbers, by nearest rank; 9 n / 10 and not 0.9 n, which is off where it should be whole. */
const ninthTenthOf = (sorted: readonly number[]): number | null =>
  sorted[Math.ceil((9 * sorted.length) / 10) - 1] ?? null;

function stepsOf(steps: readonly Step[], attempts: readonly Attempt[]): FunnelStep[] {
  const reached = steps.map((_, n) => attempts.filter(({ length }) => length > n));
  return steps.map(({ text }, n) => {
    const here = reached[n]?.length ?? 0;
    const previous = reached[n - 1]?.length;
    const waited =
      n === 0
        ? []
        : (reached[n] ?? []).map((times) => Math.abs((times[n] as number) - (times[n - 1] as number)));
    waited.sort((a, b) => a - b);
    return {
      step: text,
      count: here,
      from_first: rateOf(here, reached[0]?.length ?? 0),
      from_previous: previous === undefined ? null : rateOf(here, previous),
      lost: (previous ?? here) - here,
      median_ms: medianOf(waited),
      p90_ms: ninthTenthOf(waited),
    };
  });
}

/**
 * Milliseconds that half of those who reach the last of two steps need at most; null where nobody does. Whoever did
 * `without` before it took another way, and is left out.
 *
 * @throws {QuestionError} as walk does.
 */
export async function medianWait(
  env: Env,
  store: StoreSettings,
  question: FunnelQuestion,
  without?: Step,
): Promise<number | null> {
  const own = question.steps.length;
  const steps = without ? [...question.steps, without] : question.steps;
  const walked = await walk(env, store, { ...question, steps }, false, own);
  const waits = walked.flatMap(({ trail, attempt }) => {
    const [first, last] = [attempt[0], attempt[own - 1]];
    if (first === undefined || last === undefined) return [];
    const elsewhere = trail.moments.some((one) => stepsAt(one) >> own > 0 && momentTime(one) < last);
    return elsewhere ? [] : [last - first];
  });
  return medianOf(waits.sort((a, b) => a - b));
}

const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** @throws {QuestionError} as walk does. */
export async function answerFunnel(
  env: Env,
  store: StoreSettings,
  question: FunnelQuestion,
  now: number,
): Promise<FunnelAnswer> {
  const { steps, order, window, count, by } = question;
  const walked = await walk(env, store, question, false);
  const attempts = walked.map(({ attempt }) => attempt);
  const rows = [...Map.groupBy(walked, ({ trail }) => trail.key)]
    .map(([key, some]) => ({
      key,
      steps: stepsOf(
        steps,
        some.map(({ attempt }) => attempt),
      ),
      entered: some.length,
    }))
    .sort((a, b) => b.entered - a.entered || textOrder(a.key, b.key))
    .map(({ key, steps }) => ({ key, steps }));
  return {
    store: store.id,
    period: periodOf(daysOf(question), store.timezone, now),
    count,
    order,
    window,
    steps: stepsOf(steps, attempts),
    ...(by ? { by, rows } : {}),
  };
}

const placeOf = ({ at, visitor, visit, order }: FunnelVisitor): Place => [
  at,
  visitor ?? '',
  visit ?? '',
  order ?? '',
];

/** The latest first; then by who, in which visit, of which order. */
function byPlace(a: Place, b: Place): number {
  return b[0] - a[0] || textOrder(a[1], b[1]) || textOrder(a[2], b[2]) || textOrder(a[3], b[3]);
}

/** @throws {QuestionError} as walk does, and for a step that nobody can have left at. */
export async function answerFunnelVisitors(
  env: Env,
  store: StoreSettings,
  question: FunnelVisitorsQuestion,
  now: number,
): Promise<FunnelVisitorsAnswer> {
  const { steps, order, window, count, by, step, limit, cursor } = question;
  const dropped = question.dropped === 'true';
  if (step > steps.length)
    throw new QuestionError(
      'step',
      `This funnel has ${steps.length} steps; choose one of them, or add steps.`,
    );
  if (dropped && step === steps.length)
    throw new QuestionError(
      'step',
      'Nobody leaves after the last step; choose an earlier one, or dropped=false.',
    );
  const walked = await walk(env, store, question, true);
  const found = walked
    .filter(({ attempt: { length } }) => (dropped ? length === step : length >= step))
    .map(
      ({ trail, attempt }): FunnelVisitor => ({
        visitor: trail.visitor,
        visit: trail.visit,
        ...(trail.order === null ? {} : { order: trail.order }),
        ...(by ? { key: trail.key } : {}),
        reached: attempt.length,
        entered: attempt[0] as number,
        at: attempt.at(-1) as number,
        last_page: trail.lastPage,
        last_seen: trail.lastSeen,
      }),
    )
    .map((visitor) => ({ visitor, place: placeOf(visitor) }))
    .filter(({ place }) => !cursor || byPlace(place, cursor) > 0)
    .sort((a, b) => byPlace(a.place, b.place));
  const { shown, next } = pageOf(found, limit, ({ place }) => place);
  return {
    store: store.id,
    period: periodOf(daysOf(question), store.timezone, now),
    count,
    order,
    window,
    steps: steps.map(({ text }) => text),
    step,
    dropped,
    visitors: shown.map(({ visitor }) => visitor),
    next,
  };
}
