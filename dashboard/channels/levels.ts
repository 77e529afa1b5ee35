// The levels of where visits come from, and the way down through them.

import type { Address } from '../address.ts';
import { filterBy } from '../filters/filters.ts';
import { choiceOf } from '../state.ts';

export const LEVELS = ['channel', 'source', 'medium', 'campaign', 'entry'] as const;
export type Level = (typeof LEVELS)[number];

/** In the address as `by=source`. */
export const level = choiceOf<Level>('by', LEVELS, 'channel');

/** One row alone, and what is in it: the next level, without what was searched for among its neighbours. */
export const into = (from: Level, key: string): Partial<Address> => {
  const next = LEVELS[LEVELS.indexOf(from) + 1] ?? from;
  const { q: _, ...own } = level.to(next).own;
  return { ...filterBy(from, key), own };
};
