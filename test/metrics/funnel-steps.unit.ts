// What may be written for a step of a funnel, and what matches it.
import { describe, expect, test } from 'vitest';
import type { EventType } from '../../sdk/event.ts';
import { matcherOf, parseStep } from '../../worker/metrics/funnel-steps.ts';

const matcher = (texts: string) => matcherOf(texts.split(' ').flatMap((text) => parseStep(text) ?? []));

const matched: [step: string, type: EventType, detail: string, yes: boolean][] = [
  ['visit', 'visit', '/', true],
  ['visit', 'product', '', false],
  ['inquiry', 'inquiry', 'w1.17', true],
  ['/cart', 'visit', '/cart', true],
  ['/cart', 'visit', '/cart/', false],
  ['/cart', 'visit', '/shop/cart', false],
  ['/cart', 'visit', '/Cart', false],
  ['/cart', 'cart', '', false],
  ['/p/*', 'visit', '/p/', true],
  ['/p/*', 'visit', '/p/1/reviews', true],
  ['/p/*', 'visit', '/p', false],
  ['/*/p', 'visit', '/a/b/p', true],
  ['/*/p', 'visit', '/p', false],
  ['/a*a', 'visit', '/a', false],
  ['/a*a', 'visit', '/aa', true],
  ['/*b*b', 'visit', '/b', false],
  ['/*b*c*', 'visit', '/xxbxxcxx', true],
  ['/*b*c*', 'visit', '/xxcxxbxx', false],
  ['/a.c', 'visit', '/abc', false],
  ['/(a+)+$', 'visit', '/(a+)+$', true],
  ['/产品/*', 'visit', '/%E4%BA%A7%E5%93%81/1', true],
  ['custom', 'custom', 'quiz', true],
  ['custom:quiz', 'custom', 'quiz', true],
  ['custom:quiz', 'custom', 'Quiz', false],
  ['custom:q*', 'custom', 'quiz', false],
  ['custom:/p', 'visit', '/p', false],
];

describe('what matches a step', () => {
  test.each(matched)('%s, a %s of %j: %s', (step, type, detail, yes) => {
    const match = matcher(step);
    expect(match(type, detail)).toBe(yes ? 1 : 0);
    // What is remembered is as true.
    expect(match(type, detail)).toBe(yes ? 1 : 0);
  });

  test('an event has a bit for each step that it matches', () => {
    const match = matcher('visit /a* cart /ab custom custom:/ab');
    expect(match('visit', '/ab')).toBe(0b001011);
    expect(match('custom', '/ab')).toBe(0b110000);
  });

  test('a name is cut as names are when they come in', () => {
    expect(matcher(`custom:${'n'.repeat(300)}`)('custom', 'n'.repeat(200))).toBe(1);
  });

  test('a pattern of many asterisks is no slower than a path', () => {
    const match = matcher(`/${'*a'.repeat(200)}b`);
    const began = performance.now();
    expect(match('visit', `/${'a'.repeat(511)}`)).toBe(0);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

test.each(['', 'engaged', 'Visit', 'purchase', 'custom:', 'cart ', '*', 'p/1'])('%j is no step', (text) => {
  expect(parseStep(text)).toBe(null);
});
