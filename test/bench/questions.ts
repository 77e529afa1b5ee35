// The questions that the dashboard asks most, how long the endpoint takes for each, and the rows each reads.
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { dateOf, LAST_DAY } from './traffic.ts';

/** Questions asked before any counts. */
const WARM_UP = 3;
/** Milliseconds after which a slow question is asked no more, once it has been asked this often. */
const PATIENCE = 15_000;
const LEAST_REPETITIONS = 5;

export interface QuestionBudget {
  /** Milliseconds. */
  p95: number;
  rowsRead?: number;
}

export interface Question {
  name: string;
  days: number;
  /** Of the metrics endpoint, where none is said. */
  path?: string;
  parameters: Record<string, string>;
  budget?: QuestionBudget;
}

const MONTH: QuestionBudget = { p95: 60, rowsRead: 30_000 };
const YEAR: QuestionBudget = { p95: 120 };
const visit = { scope: 'visit' };

export const HEADLINE_OF_YEAR: Question = {
  name: 'headline, 365 days',
  days: 365,
  parameters: {},
  budget: YEAR,
};

export const QUESTIONS: readonly Question[] = [
  { name: 'headline, 30 days', days: 30, parameters: {}, budget: MONTH },
  { name: 'by channel, 30 days', days: 30, parameters: { by: 'channel' }, budget: MONTH },
  { name: 'headline, 30 days, of visits', days: 30, parameters: visit, budget: MONTH },
  {
    name: 'by channel, 30 days, of visits',
    days: 30,
    parameters: { by: 'channel', ...visit },
    budget: MONTH,
  },
  { name: 'headline, 30 days, with the 30 before', days: 30, parameters: { compare: 'previous' } },
  { name: 'by day, 90 days', days: 90, parameters: { by: 'day' } },
  HEADLINE_OF_YEAR,
  { name: 'by channel, 365 days', days: 365, parameters: { by: 'channel' }, budget: YEAR },
  { name: 'pages seen, 30 days', days: 30, path: '/v1/pages', parameters: {} },
  { name: 'pages seen, 365 days', days: 365, path: '/v1/pages', parameters: {} },
];

export const pathOf = (store: string, { days, path = '/v1/metrics', parameters }: Question) =>
  `${path}?${new URLSearchParams({ store, from: dateOf(LAST_DAY - days + 1), to: dateOf(LAST_DAY), ...parameters })}`;

export interface Latency {
  /** Milliseconds, by nearest rank. */
  p50: number;
  p95: number;
  repetitions: number;
}

export function latencyOf(times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: rank(0.5), p95: rank(0.95), repetitions: times.length };
}

/** Times something one after the other, warm. */
export async function timed(action: () => Promise<unknown>, repetitions: number): Promise<Latency> {
  const began = performance.now();
  const times: number[] = [];
  for (let n = -WARM_UP; n < repetitions; n++) {
    const start = performance.now();
    await action();
    const end = performance.now();
    if (n >= 0) times.push(end - start);
    if (end - began > PATIENCE && times.length >= LEAST_REPETITIONS) break;
  }
  return latencyOf(times);
}

/** Asks the endpoint as a program would: over HTTP, with a token, each time anew. */
export function timeQuestion(
  server: string,
  token: string,
  store: string,
  question: Question,
  repetitions: number,
): Promise<Latency> {
  const url = server + pathOf(store, question);
  return timed(async () => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const answer = (await response.json()) as MetricsAnswer;
    if (!response.ok || answer.totals.visitors === 0) throw new Error(`${url}: ${JSON.stringify(answer)}`);
  }, repetitions);
}
