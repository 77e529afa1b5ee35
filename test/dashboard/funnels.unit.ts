// The funnel builder's address: whatever stands in it, the endpoint takes what comes of it, and nothing is lost on the way.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COUNTS,
  detailOf,
  type FunnelChoice,
  fitting,
  kindOf,
  ORDERS,
  readChoice,
  readSteps,
  STEP_TYPES,
  stepOf,
  TEMPLATES,
  writeChoice,
  writeSteps,
} from '../../dashboard/funnels/question.ts';
import { questionToKeep } from '../../worker/metrics/funnel-question.ts';
import { STEP_TYPES as ASKED } from '../../worker/metrics/funnel-steps.ts';

const refused = ({ by, ...choice }: FunnelChoice) =>
  questionToKeep.safeParse({ ...choice, steps: [...choice.steps], ...(by ? { by } : {}) }).error?.message;

const step = fc.oneof(
  fc.constantFrom<string>(...STEP_TYPES),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).map((path) => `/${path}`),
  fc.string({ minLength: 1, maxLength: 12 }).map((name) => `custom:${name}`),
);

test('the steps that are offered are the endpoint’s', () => {
  expect([...STEP_TYPES].sort()).toEqual([...ASKED].sort());
});

test('whatever the address says, the endpoint takes what is made of it', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('7d', '1m', '91d', '40m', 'order', 'strict', 'device'));
  fc.assert(
    fc.property(
      fc.record(
        {
          steps: fc.oneof(text, fc.array(fc.oneof(step, text), { maxLength: 12 }).map(writeSteps)),
          ...{ order: text, window: text, count: fc.oneof(text, fc.constantFrom(...COUNTS)), by: text },
        },
        { requiredKeys: [] },
      ),
      (own) => {
        expect(refused(readChoice(own))).toBe(undefined);
      },
    ),
  );
});

test('what is chosen comes back from the address as it was', () => {
  fc.assert(
    fc.property(
      fc.record({
        steps: fc.array(step, { minLength: 2, maxLength: 8 }),
        order: fc.constantFrom(...ORDERS),
        window: fc.constantFrom('30m', '12h', '7d', '90d'),
        count: fc.constantFrom('visitor' as const, 'visit' as const),
        by: fc.constantFrom(null, 'channel' as const),
      }),
      (choice) => {
        const query = new URLSearchParams(writeChoice(choice)).toString();
        expect(readChoice(Object.fromEntries(new URLSearchParams(query)))).toEqual({
          ...choice,
          steps: choice.steps.map((one) => one.toWellFormed()),
        });
      },
    ),
  );
});

test.each<[string, FunnelChoice]>(Object.entries(TEMPLATES))('the template %s is a question', (_, choice) => {
  expect(refused(choice)).toBe(undefined);
  expect(readChoice(writeChoice(choice))).toEqual(choice);
});

describe('a step', () => {
  test.each([
    ['visit', 'visit', ''],
    ['/p/*', 'page', '/p/*'],
    ['custom:Größe', 'named', 'Größe'],
    ['custom', 'custom', ''],
  ] as const)('%s is of the kind %s', (text, kind, detail) => {
    expect([kindOf(text), detailOf(text), stepOf(kind, detail)]).toEqual([kind, detail, text]);
  });
  test.each([
    ['page', 'cart', '/cart'],
    ['page', '', '/'],
    ['named', ' ', 'custom'],
  ] as const)('typed as %s “%s” is %s', (kind, typed, text) => expect(stepOf(kind, typed)).toBe(text));
});

test('steps that are no orders’ give way where orders are counted', () => {
  expect(fitting(['visit', 'order', 'refund'], 'order')).toEqual(['order', 'refund']);
  expect(fitting(['visit', 'cart'], 'order')).toEqual(['order', 'payment']);
  expect(readSteps('nonsense')).toEqual(['nonsense']);
});
