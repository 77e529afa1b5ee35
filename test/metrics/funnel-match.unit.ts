// How far somebody got, case by case: ties, batches, windows, sequences, and the best of several attempts.
import { describe, expect, test } from 'vitest';
import type { EventType } from '../../sdk/event.ts';
import { bestAttempt, type Rules } from '../../worker/metrics/funnel-match.ts';
import { matcherOf, parseStep } from '../../worker/metrics/funnel-steps.ts';
import { momentOf } from '../../worker/store/moments.ts';

const T = Date.UTC(2026, 4, 10, 12);
const HOUR = 3_600_000;

/**
 * The times of the steps reached, in seconds after T. What was done is written as seconds, type and path, such as
 * `0 visit /, 9 cart`; in brackets what lies outside the period.
 */
function walk(texts: string, done: string, rules: Partial<Rules> = {}): number[] {
  const steps = texts.split(' ').flatMap((text) => parseStep(text) ?? []);
  const match = matcherOf(steps);
  const moments = done
    .split(', ')
    .filter(Boolean)
    .map((one) => {
      const [seconds, type, detail = ''] = one.replace(/[()]/g, '').split(' ');
      return { at: Number(seconds), bits: match(type as EventType, detail), inside: !one.startsWith('(') };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ at, bits, inside }) => momentOf(T + Math.round(at * 1000), bits, inside && (bits & 1) === 1));
  const attempt = bestAttempt(moments, { steps: steps.length, order: 'ordered', window: HOUR, ...rules });
  return attempt.map((at) => (at - T) / 1000);
}

type Case = [name: string, steps: string, done: string, reached: number[]];

const ordered: Case[] = [
  ['nothing done', 'visit order', '', []],
  ['step 1 only', 'visit order', '0 visit', [0]],
  ['step 2 without step 1', 'visit order', '0 order', []],
  ['one after the other', 'visit cart order', '0 visit, 9 cart, 20 order', [0, 9, 20]],
  ['the second before the first', 'cart order', '0 order, 9 cart', [9]],

  ['a tie in time', 'visit inquiry', '0 visit, 0 inquiry', [0, 0]],
  ['a tie the other way round', 'visit inquiry', '0 inquiry, 0 visit', [0, 0]],
  ['a batch with one time', 'visit product cart', '0 cart, 0 product, 0 visit', [0, 0, 0]],
  ['2,000 ms too early', 'visit inquiry', '-2 inquiry, 0 visit', [0, 0]],
  ['2,001 ms too early', 'visit inquiry', '-2.001 inquiry, 0 visit', [0]],
  ['2 s and 2 s are no way back', 'visit cart order', '-4 order, -2 cart, 0 visit', [0, 0]],
  ['2 s before both', 'visit cart order', '-2 order, -2 cart, 0 visit', [0, 0, 0]],
  ['the early one before a later one', 'cart order', '-1 order, 0 cart, 9 order', [0, 0]],

  ['one event is never two steps', 'visit visit', '0 visit', [0]],
  ['one path is never two steps', '/a* /ab', '0 visit /ab', [0]],
  ['two events are two steps', 'visit visit', '0 visit, 0 visit', [0, 0]],
  ['three of the same', 'visit visit visit', '0 visit, 1 visit, 2 visit', [0, 1, 2]],
  ['the earliest is taken, wanted later or not', 'cart /a* /ab', '0 cart, 5 visit /ab, 9 visit /a', [0, 5]],

  ['exactly at the end of the window', 'visit order', '0 visit, 3600 order', [0, 3600]],
  ['1 ms after the window', 'visit order', '0 visit, 3600.001 order', [0]],
  ['the window runs from step 1', 'visit cart order', '0 visit, 3000 cart, 3601 order', [0, 3000]],
  ['each attempt has its window', 'visit cart', '0 visit, 3 visit, 3601 cart', [3, 3601]],

  ['the best of several attempts', 'visit cart', '0 visit, 9999 visit, 10000 cart', [9999, 10_000]],
  ['the earliest among equals', 'visit cart', '0 visit, 100 visit, 200 cart', [0, 200]],
  ['step 1 outside the period', 'visit cart', '(0 visit), 9 cart', []],
  ['a later step outside it', 'visit cart', '0 visit, (9 cart)', [0, 9]],
  ['a later step of the kind of step 1', 'visit visit', '0 visit, (9 visit)', [0, 9]],

  ['a silent buyer where asking is a step', 'visit inquiry order', '0 visit, 9 order', [0]],
  ['a silent buyer where it is none', 'visit order payment', '0 visit, 9 order, 10 payment', [0, 9, 10]],
];

const strict: Case[] = [
  ['nothing between', 'cart checkout', '0 cart, 60 checkout', [0, 60]],
  ['something between', 'cart checkout', '0 cart, 30 visit, 60 checkout', [0]],
  ['2,000 ms after the first', 'cart checkout', '0 cart, 2 visit, 60 checkout', [0, 60]],
  ['2,001 ms after the first', 'cart checkout', '0 cart, 2.001 visit, 60 checkout', [0]],
  ['2,000 ms before the second', 'cart checkout', '0 cart, 58 visit, 60 checkout', [0, 60]],
  ['2,001 ms before the second', 'cart checkout', '0 cart, 57.999 visit, 60 checkout', [0]],
  ['another try', 'cart checkout', '0 cart, 30 visit, 60 cart, 90 checkout', [60, 90]],
  ['the same step again', 'cart checkout', '0 cart, 30 cart, 60 checkout', [30, 60]],
  ['before and after', 'cart checkout', '-9 visit, 0 cart, 60 checkout, 99 visit', [0, 60]],
];

const any: Case[] = [
  ['the other way round', 'visit cart order', '0 order, 50 cart, 90 visit', [90, 50, 0]],
  ['exactly the window before', 'visit order', '-3600 order, 0 visit', [0, -3600]],
  ['1 ms earlier', 'visit order', '-3600.001 order, 0 visit', [0]],
  ['exactly the window after', 'visit order', '0 visit, 3600 order', [0, 3600]],
  ['1 ms later', 'visit order', '0 visit, 3600.001 order', [0]],
  ['step 3 without step 2', 'visit cart order', '0 visit, 9 order', [0]],
  ['one event, one step', 'visit visit', '0 visit', [0]],
  ['the earliest of several', 'visit order', '-9 order, 0 visit, 9 order', [0, -9]],
];

describe('ordered', () => {
  test.each(ordered)('%s', (_, steps, done, reached) => expect(walk(steps, done)).toEqual(reached));
});

describe('strict', () => {
  test.each(strict)('%s', (_, steps, done, reached) =>
    expect(walk(steps, done, { order: 'strict' })).toEqual(reached),
  );
});

describe('any', () => {
  test.each(any)('%s', (_, steps, done, reached) =>
    expect(walk(steps, done, { order: 'any' })).toEqual(reached),
  );
});

test.each(['ordered', 'strict', 'any'] as const)('30,000 things done cost no square of it, %s', (order) => {
  const moments = Array.from({ length: 30_000 }, (_, n) => momentOf(T + n * 3_000, 0b0111, true));
  const began = performance.now();
  const reached = bestAttempt(moments, { steps: 4, order, window: 90 * 24 * HOUR });
  expect(reached.length).toBe(3);
  // By the square it takes minutes.
  expect(performance.now() - began).toBeLessThan(5_000);
});
