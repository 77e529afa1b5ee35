// What the tests of maturity share: the question, a clock, and the answer in short.
import { vi } from 'vitest';
import type { MaturityAnswer, MaturityRow } from '../../worker/metrics/maturity.ts';
import type { HandCount } from './maturity-oracle.ts';
import { ask } from './shop.ts';

export const DAY = 86_400_000;
export const MINUTE = 60_000;

export const maturity = (store: string, question: Record<string, string>) =>
  ask<MaturityAnswer>('GET', `/v1/maturity?${new URLSearchParams({ store, ...question })}`);

/** The Worker's clock, until vi.useRealTimers(). */
export function setClock(at: number): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(at);
}
export type Cohort = Pick<MaturityRow, 'consulting_visitors' | 'windows'>;

/** What an answer counts, without rates. */
export const counted = ({ consulting_visitors, windows }: Cohort): HandCount => ({
  consulting_visitors,
  same_day: windows.same_day.numerator,
  next_day: windows.next_day.numerator,
  seven_days: windows.seven_days.numerator,
  final: windows.final.numerator,
});
export const matured = ({ windows }: Cohort) => ({
  same_day: windows.same_day.mature,
  next_day: windows.next_day.mature,
  seven_days: windows.seven_days.mature,
  final: windows.final.mature,
});
export const NOBODY: HandCount = {
  consulting_visitors: 0,
  same_day: 0,
  next_day: 0,
  seven_days: 0,
  final: 0,
};
