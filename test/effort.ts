// How often random tests repeat: moderately by default, at length with `npm run test:long`.
import fc from 'fast-check';
import { expect, inject } from 'vitest';

export type Effort = 'moderate' | 'long';

declare module 'vitest' {
  interface ProvidedContext {
    effort: Effort;
  }
}

/** Repetitions of a random test. What fails is printed with the seed that repeats it. */
export const runs = (moderate: number, long: number): number =>
  inject('effort') === 'long' ? long : moderate;

/** Cases of a test: some by default, all at length. */
export const some = <T>(moderate: readonly T[], long: readonly T[]): readonly T[] =>
  inject('effort') === 'long' ? long : moderate;

/** What runs at length only: by default its like is tried, by other tests or by fewer cases. */
export function atLength(define: () => void): void {
  if (inject('effort') === 'long') define();
}

/** Rounds of a random test that may meet by chance too little of what it is there for. */
const ROUNDS = 24;

/**
 * Checks a property as often as said, and so often again until its cases have met `enough`.
 *
 * By default few cases run; some such rounds may well be plain. So many in a row mean that the cases are no longer what they were.
 */
export async function assertMeeting<Case>(
  property: fc.IAsyncProperty<Case>,
  numRuns: number,
  enough: () => boolean,
): Promise<void> {
  for (let round = 0; round === 0 || (round < ROUNDS && !enough()); round++)
    await fc.assert(property, { numRuns });
  expect(enough(), 'The cases met too little of what the test is there for.').toBe(true);
}
