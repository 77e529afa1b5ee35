// What somebody did, one number each: when it was, which steps of a funnel it matches, whether it may begin one.

/** Steps of a funnel at most: a bit of a moment for each. */
export const MAX_STEPS = 8;

const BEGINS = 1 << MAX_STEPS;
/** Times grow by this; with times of 43 bits (until the year 2248) a moment stays a whole number. */
const MARKS = 2 * BEGINS;

/**
 * Eight bytes instead of an object: a funnel holds every such event of every unit at once.
 * `at` is milliseconds since 1970, `steps` has a bit for each step matched (1 for the first), and `begins` says that an
 * attempt may start here.
 */
export const momentOf = (at: number, steps: number, begins: boolean): number =>
  at * MARKS + (begins ? BEGINS : 0) + steps;

/** Milliseconds since 1970. */
export const timeOf = (moment: number): number => Math.floor(moment / MARKS);
export const stepsAt = (moment: number): number => moment & (BEGINS - 1);
export const beginsAt = (moment: number): boolean => (moment & BEGINS) !== 0;
