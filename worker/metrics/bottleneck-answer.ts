// Answers which step of the funnel costs most: the figures of both periods, and how long the step takes.

import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { Env } from '../env.ts';
import { answerMetrics } from './answer.ts';
import { findBottleneck } from './bottleneck.ts';
import type { BottleneckAnswer, BottleneckQuestion, BottleneckStep } from './bottleneck-question.ts';
import { medianWait } from './funnel.ts';
import { parseStep, type Step } from './funnel-steps.ts';
import { daysOf } from './period.ts';

/** Days of which it is read what each visitor did: a longer period would take longer than its answer is worth. */
const MOST_TIMED = 92;

type Basis = BottleneckQuestion['basis'];

/** What a step is timed between, of whom: who did `without` before the end took another way. */
const TIMED: Record<BottleneckStep, (basis: Basis) => { steps: [string, string]; without?: string }> = {
  // Attention grows by itself; what can be timed is the second page.
  effective: () => ({ steps: ['visit', '/*'] }),
  consulting: () => ({ steps: ['visit', 'inquiry'] }),
  consulting_buyers: (basis) => ({ steps: ['inquiry', basis] }),
  silent_buyers: (basis) => ({ steps: ['visit', basis], without: 'inquiry' }),
  payment: () => ({ steps: ['order', 'payment'] }),
};

const known = (text: string): Step => {
  const step = parseStep(text);
  if (!step) throw new Error(`${text} is no step.`);
  return step;
};

/** Milliseconds that half of those who took a step needed at most. */
function timeOf(env: Env, store: StoreSettings, asked: BottleneckQuestion, step: BottleneckStep) {
  const { scope, basis, compare: _, ...question } = asked;
  const { steps, without } = TIMED[step](basis);
  const funnel = {
    ...question,
    steps: steps.map(known),
    order: 'ordered',
    window: '7d',
    count: scope,
  } as const;
  return medianWait(env, store, funnel, without === undefined ? undefined : known(without));
}

/** @throws {QuestionError} when the period is turned round or too long. */
export async function answerBottleneck(
  env: Env,
  store: StoreSettings,
  question: BottleneckQuestion,
  now: number,
): Promise<BottleneckAnswer> {
  const { basis, scope } = question;
  const metrics = await answerMetrics(env, store, { ...question, by: 'channel', money: 'order' }, now);
  const { period, totals, rows = [], comparison } = metrics;
  if (!comparison) throw new Error('A bottleneck has a comparison.');
  const before = { totals: comparison.totals, rows: comparison.rows ?? [] };
  const found = findBottleneck(store.currency, basis, { totals, rows }, before);
  const days = daysOf(question);
  const timed = found.bottleneck && days.to - days.from < MOST_TIMED;
  return {
    store: store.id,
    scope,
    basis,
    period,
    comparison: comparison.period,
    ...found,
    digits: found.digits ?? digitsOf(found.currency),
    bottleneck: found.bottleneck && {
      ...found.bottleneck,
      median_ms: timed ? await timeOf(env, store, question, found.bottleneck.step) : null,
    },
  };
}
