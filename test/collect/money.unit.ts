// Minor units shift the written number's point; the contract's worst prices stay exact.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsOf, isCurrency, minorUnits } from '../../worker/collect/money.ts';

test('every cent of every price comes back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e12 }),
      fc.constantFrom('USD', 'JPY', 'KWD', 'CNY'),
      (minor, currency) => {
        const digits = digitsOf(currency);
        const text = String(minor).padStart(digits + 1, '0');
        const written = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
        expect(minorUnits(Number(written), currency)).toBe(minor);
      },
    ),
  );
});

test.each(['usd', 'XYZ', '', 'constructor'])('%s is no currency', (code) =>
  expect(isCurrency(code)).toBe(false),
);

test.each([
  ['USD', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['RSD', 2],
  ['HUF', 2],
  ['IQD', 3],
  ['PKR', 2],
  ['CLF', 4],
])('%s has %d digits, whatever the engine thinks', (currency, digits) => {
  expect(digitsOf(currency)).toBe(digits);
});
