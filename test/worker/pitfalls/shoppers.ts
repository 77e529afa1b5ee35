// What the tests of pitfalls share: a clock that stands still, what shoppers do, and the answers in short.
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { Answer } from '../../../sdk/event.ts';
import type { MetricsAnswer, Row, Totals } from '../../../worker/metrics/question.ts';
import { batch, ORIGIN, post } from '../shop.ts';

export const NOON = Date.UTC(2026, 4, 10, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 86_400_000;
export const TODAY = { from: '2026-05-10', to: '2026-05-10' };
export const MAY = { from: '2026-05-01', to: '2026-05-31' };

export const EMAIL = `${ORIGIN}/?utm_source=letter&utm_medium=email`;
export const ADS = `${ORIGIN}/?utm_source=google&utm_medium=cpc`;

/** Sets the Worker's clock for a file's tests: late enough for everything that happens in them. */
export function keepClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.UTC(2026, 5, 15));
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** An event of a visit; without an id of its own it is the visit's page at that moment. */
export const act = (type: string, visit: string, at: number, fields: object = {}) => ({
  id: `${visit}.${at}${type}`,
  type,
  visit,
  at,
  ...(type === 'visit' ? { url: `${ORIGIN}/` } : {}),
  ...fields,
});

/** A sale under the id that the script gives it: made from the order's number. */
export const sale = (type: string, visit: string, at: number, order: string, fields: object = {}) =>
  act(type, visit, at, {
    ...(type === 'refund' ? {} : { id: `${type}:${order}` }),
    order,
    value: 49.99,
    currency: 'USD',
    ...fields,
  });

/** Sends what a browser sends. */
export async function send(
  store: string,
  visitor: string,
  events: object[],
  userAgent?: string,
): Promise<Answer> {
  const response = await post(
    batch(store, events, visitor),
    userAgent === undefined ? {} : { 'user-agent': userAgent },
  );
  expect(response.status).toBe(200);
  return response.json<Answer>();
}

/** Rows as [key, ...fields]. */
export const shown = ({ rows = [] }: MetricsAnswer, ...fields: (keyof Totals)[]) =>
  rows.map(({ key, totals }) => [key, ...fields.map((field) => totals[field])]);

export const rate = ({ rates }: Pick<Row, 'rates'>, name: keyof Row['rates']) => {
  const { numerator, denominator } = rates[name];
  return [numerator, denominator];
};
