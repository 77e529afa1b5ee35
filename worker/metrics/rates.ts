// The rates and their intervals as pure functions of totals.
import type { Rate, Rates, Totals } from './question.ts';

/** Standard normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054;

/**
 * A share with its 95 % Wilson score interval (E. B. Wilson, 1927, JASA 22:209-212): unlike the textbook
 * interval it stays inside [0, 1] and is honest about small shops. Over nothing, value and interval are null.
 */
export function rateOf(numerator: number, denominator: number): Rate {
  if (denominator === 0) return { value: null, numerator, denominator, ci: null };
  const value = numerator / denominator;
  const square = Z * Z;
  const scale = 1 + square / denominator;
  const centre = (value + square / (2 * denominator)) / scale;
  const half =
    (Z / scale) * Math.sqrt((value * (1 - value)) / denominator + square / (4 * denominator * denominator));
  // At the ends the interval touches 0 or 1 exactly; floating point would miss by the last digit.
  const low = numerator === 0 ? 0 : Math.max(0, centre - half);
  const high = numerator === denominator ? 1 : Math.min(1, centre + half);
  return { value, numerator, denominator, ci: [low, high] };
}

/** Fewer expected successes or failures than this, and the normal approximation says nothing. */
const LEAST_EXPECTED = 5;

/**
 * Whether two shares differ by more than chance: the two-proportion z-test with the pooled share, at the level that `z`
 * stands for. Null where too few are expected on either side to say.
 */
export function differ(a: Rate, b: Rate, z = Z): boolean | null {
  if (a.value === null || b.value === null) return null;
  const pooled = (a.numerator + b.numerator) / (a.denominator + b.denominator);
  const least = Math.min(a.denominator, b.denominator) * Math.min(pooled, 1 - pooled);
  if (least < LEAST_EXPECTED) return null;
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / a.denominator + 1 / b.denominator));
  return Math.abs(a.value - b.value) > z * spread;
}

/** The seven rates of the shop funnel, and silent_share, which some publish under silent conversion's name. */
export function ratesOf(totals: Omit<Totals, 'money' | 'converted'>, basis: 'order' | 'payment'): Rates {
  const consultingBuyers = basis === 'order' ? totals.consulting_buyers : totals.consulting_paying_visitors;
  const silentBuyers = basis === 'order' ? totals.silent_buyers : totals.silent_paying_visitors;
  return {
    effective_entry_rate: rateOf(totals.effective_visitors, totals.visitors),
    consult_rate: rateOf(totals.consulting_visitors, totals.visitors),
    consult_conversion: rateOf(consultingBuyers, totals.consulting_visitors),
    silent_conversion: rateOf(silentBuyers, totals.silent_visitors),
    visit_to_order_rate: rateOf(totals.buyers, totals.visitors),
    payment_rate: rateOf(totals.paid_orders, totals.orders),
    deal_conversion: rateOf(totals.paying_visitors, totals.visitors),
    silent_share: rateOf(silentBuyers, totals.visitors),
  };
}
