// The rates: a published worked example, and Wilson intervals against published values.
import { expect, test } from 'vitest';
import type { Totals } from '../../worker/metrics/question.ts';
import { rateOf, ratesOf } from '../../worker/metrics/rates.ts';

const totals: Omit<Totals, 'money' | 'converted'> = {
  visitors: 100,
  effective_visitors: 40,
  consulting_visitors: 20,
  silent_visitors: 80,
  buyers: 5,
  consulting_buyers: 4,
  silent_buyers: 1,
  paying_visitors: 3,
  consulting_paying_visitors: 3,
  silent_paying_visitors: 0,
  visits: 130,
  pages: 300,
  inquiries: 25,
  orders: 6,
  paid_orders: 3,
  unattributed_orders: 0,
};

const fractionsOf = (basis: 'order' | 'payment') =>
  Object.fromEntries(
    Object.entries(ratesOf(totals, basis)).map(([name, { numerator, denominator }]) => [
      name,
      `${numerator}/${denominator}`,
    ]),
  );

test('of 100 visitors 40 effective, 20 consulting and 5 buyers are 40 %, 20 % and 5 %', () => {
  const rates = ratesOf(totals, 'order');
  expect(rates.effective_entry_rate.value).toBe(0.4);
  expect(rates.consult_rate.value).toBe(0.2);
  expect(rates.visit_to_order_rate.value).toBe(0.05);
});

test('each rate has its own numerator and denominator', () => {
  expect(fractionsOf('order')).toEqual({
    effective_entry_rate: '40/100',
    consult_rate: '20/100',
    consult_conversion: '4/20',
    silent_conversion: '1/80',
    visit_to_order_rate: '5/100',
    payment_rate: '3/6',
    deal_conversion: '3/100',
    silent_share: '1/100',
  });
});

test('the basis changes who is a buyer in the two conversions and nowhere else', () => {
  expect(fractionsOf('payment')).toEqual({
    ...fractionsOf('order'),
    consult_conversion: '3/20',
    silent_conversion: '0/80',
    silent_share: '0/100',
  });
});

// Newcombe (1998), Statistics in Medicine 17:857-872, table I: Wilson's score method without continuity correction.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%d of %d lie between %d and %d', (numerator, denominator, low, high) => {
  const { ci } = rateOf(numerator, denominator);
  expect(ci?.map((bound) => Number(bound.toFixed(4)))).toEqual([low, high]);
});

test('a rate over nothing is null, not 0', () => {
  expect(rateOf(0, 0)).toEqual({ value: null, numerator: 0, denominator: 0, ci: null });
});
