// What the store counted, in the words of the answer: totals and money.
import { digitsOf } from '../collect/money.ts';
import type { OrderCounts, UnitCounts } from '../store/figures.ts';
import type { Money, Totals } from './question.ts';

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function moneyOf(counts: OrderCounts, visitors: number): Money {
  return {
    currency: counts.currency,
    digits: digitsOf(counts.currency),
    orders: counts.orders,
    order_value: counts.value,
    gross: counts.gross,
    refunded: counts.refunded,
    net: counts.gross - counts.refunded,
    average_order_value: ratio(counts.value, counts.orders),
    paid_per_buyer: ratio(counts.attributedGross, counts.payers),
    revenue_per_visitor: ratio(counts.attributedGross, visitors),
  };
}

/** Totals of one key; `units` is missing where only unattributed orders have it. */
export function totalsOf(units: UnitCounts | undefined, orders: readonly OrderCounts[]): Totals {
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
    money: orders.map((counts) => moneyOf(counts, visitors)),
  };
}
