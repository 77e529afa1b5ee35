// What the store counted, in the words of the answer: totals and money.
import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { OrderCounts, UnitCounts } from '../store/measures.ts';
import type { Money, Totals } from './question.ts';

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function moneyOf(counts: OrderCounts, visitors: number): Money {
  const known = counts.gross - counts.unattributedGross;
  return {
    currency: counts.currency,
    digits: digitsOf(counts.currency),
    orders: counts.orders,
    order_value: counts.value,
    gross: counts.gross,
    refunded: counts.refunded,
    net: counts.gross - counts.refunded,
    average_order_value: ratio(counts.value, counts.orders),
    paid_per_buyer: ratio(known, counts.payers),
    revenue_per_visitor: ratio(known, visitors),
  };
}

/** What is counted under one key; `units` is missing where only unattributed orders have it. */
export interface Counted {
  units: UnitCounts | undefined;
  orders: readonly OrderCounts[];
  /** Those who paid in whatever currency. */
  payers: number;
}

type Exchange = Pick<StoreSettings, 'currency' | 'exchangeRates'>;

/** Everything in the store's own currency, each sum rounded once; null where a rate is missing. */
function convertedOf({ orders, payers }: Counted, { currency, exchangeRates }: Exchange): OrderCounts | null {
  if (exchangeRates === null) return null;
  const total: OrderCounts = {
    key: '',
    currency,
    orders: 0,
    paidOrders: 0,
    unattributed: 0,
    value: 0,
    gross: 0,
    unattributedGross: 0,
    refunded: 0,
    payers,
  };
  for (const counts of orders) {
    const rate = counts.currency === currency ? 1 : exchangeRates[counts.currency];
    if (rate === undefined) return null;
    // A rate is of major units, and currencies differ in their digits.
    const scale = rate * 10 ** (digitsOf(currency) - digitsOf(counts.currency));
    total.orders += counts.orders;
    for (const name of ['value', 'gross', 'unattributedGross', 'refunded'] as const)
      total[name] += Math.round(counts[name] * scale);
  }
  return total;
}

/** Orders and payments of one key as money, of which `visitors` have their shares. */
export function moneysOf(
  counted: Counted,
  visitors: number,
  exchange: Exchange,
): Pick<Totals, 'money' | 'converted'> {
  const converted = convertedOf(counted, exchange);
  return {
    money: counted.orders.map((counts) => moneyOf(counts, visitors)),
    converted: converted && moneyOf(converted, visitors),
  };
}

/** Totals of one key. */
export function totalsOf(counted: Counted, exchange: Exchange): Totals {
  const { units, orders } = counted;
  const visitors = units?.visitors ?? 0;
  const consulting = units?.consulting ?? 0;
  const buyers = units?.buyers ?? 0;
  const consultingBuyers = units?.consultingBuyers ?? 0;
  const paying = units?.paying ?? 0;
  const consultingPaying = units?.consultingPaying ?? 0;
  const sum = (field: 'orders' | 'paidOrders' | 'unattributed') =>
    orders.reduce((total, counts) => total + counts[field], 0);
  return {
    visitors,
    effective_visitors: units?.effective ?? 0,
    consulting_visitors: consulting,
    silent_visitors: visitors - consulting,
    buyers,
    consulting_buyers: consultingBuyers,
    silent_buyers: buyers - consultingBuyers,
    paying_visitors: paying,
    consulting_paying_visitors: consultingPaying,
    silent_paying_visitors: paying - consultingPaying,
    visits: units?.visits ?? 0,
    pages: units?.pages ?? 0,
    inquiries: units?.inquiries ?? 0,
    orders: sum('orders'),
    paid_orders: sum('paidOrders'),
    unattributed_orders: sum('unattributed'),
    ...moneysOf(counted, visitors, exchange),
  };
}
