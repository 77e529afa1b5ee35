// Channel rules as they are typed: the page finds wrong what the server refuses, and nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rulesOf, type TypedRule, troubleOf, typedOf } from '../../dashboard/settings/channel-rules/rules.ts';
import { channelRule } from '../../worker/api/schemas.ts';

const text = fc.oneof(
  fc.constantFrom('', '', ' ', 'letter', 'spring*', 'a\tb', '\ud800'),
  fc.string({ unit: fc.constantFrom('x', '_', '%', '^', '*', '字', ' '), minLength: 20, maxLength: 230 }),
);
const rule: fc.Arbitrary<TypedRule> = fc.record({
  channel: fc.constantFrom('email' as const, 'affiliate' as const),
  source: text,
  medium: text,
  campaign: text,
});

test('what the page lets pass the server takes, and what it marks the server refuses', () => {
  fc.assert(
    fc.property(rule, (typed) => {
      const [sent] = rulesOf([typed]);
      expect([typed, troubleOf(typed) === null]).toEqual([typed, channelRule.safeParse(sent).success]);
    }),
    { numRuns: 500 },
  );
});

test('what is kept is shown and sent again as it is', () => {
  const rules = [
    { channel: 'sms' as const, source: 'partner.*' },
    { channel: 'email' as const, medium: 'letter', campaign: 'spring*' },
  ];
  expect(rulesOf(typedOf(rules))).toEqual(rules);
});
