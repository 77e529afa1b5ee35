// A fault case: what the page is made to do under the fault must be what the store holds, each event once.
import type { Page } from 'playwright-core';
import type { Stand } from '../stand.ts';

export interface Outcome {
  /** How many events the page was made to send; as many were stored, the same ones, each once. */
  sent: number;
  /** What else there is to know of the run. */
  note?: string;
}

/** Throws where something was lost or counted twice. */
export type Case = (on: Stand) => Promise<Outcome>;

/** A page view, as `events` names it. */
export const view = (path: string): string => `visit ${path}`;

/** Names of steps, from `first` on. */
export const steps = (count: number, first = 0): string[] =>
  Array.from({ length: count }, (_, n) => `custom n${first + n}`);

/** Has the page tell the steps, in one task. */
export const tell = (page: Page, count: number, first = 0): Promise<unknown> =>
  page.evaluate(`for (let n = ${first}; n < ${first + count}; n++) tundish('custom', { name: 'n' + n })`);
