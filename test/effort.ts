// How often random tests repeat: moderately by default, at length with `npm run test:long`.
import { inject } from 'vitest';

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
