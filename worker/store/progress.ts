// How far each visitor of a period got, by now: what their visits of the period tell, and their orders and payments since.
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { paidRows, placedRows, type SaleRow, type VisitRow, visitRows } from './rows.ts';
import { stopsOf } from './trail.ts';

/** The steps of every shop, the furthest last. */
export const STEPS = ['visit', 'effective', 'product', 'cart', 'checkout', 'order', 'payment'] as const;
export type ProgressStep = (typeof STEPS)[number];

/** Milliseconds since 1970, of the last time; null for never. */
export interface Progress {
  visitor: string;
  /** The last that happened in the period. */
  seen: number;
  effective: boolean;
  inquiry: number | null;
  product: number | null;
  cart: number | null;
  checkout: number | null;
  /** The visit of the last cart or checkout, whichever came later. */
  cartVisit: string | null;
  /** Since the period began, by now. */
  order: number | null;
  payment: number | null;
}

/** Later than any day. */
const FUTURE = 1_000_000;

const latest = (known: number | null, at: number) => Math.max(known ?? at, at);

function gathering({ to }: Days) {
  const people = new Map<string, Progress>();

  function personOf(visitor: string): Progress {
    let person = people.get(visitor);
    if (!person) {
      const never = { inquiry: null, product: null, cart: null, checkout: null, order: null, payment: null };
      person = { visitor, seen: 0, effective: false, cartVisit: null, ...never };
      people.set(visitor, person);
    }
    return person;
  }

  function addVisit([, visitor, visit, start, trail, effective]: VisitRow): void {
    const person = personOf(visitor);
    if (effective) person.effective = true;
    for (const { at, type } of stopsOf(trail, start)) {
      person.seen = Math.max(person.seen, at);
      if (type === 'inquiry' || type === 'product') person[type] = latest(person[type], at);
      if (type !== 'cart' && type !== 'checkout') continue;
      if (at >= Math.max(person.cart ?? 0, person.checkout ?? 0)) person.cartVisit = visit;
      person[type] = latest(person[type], at);
    }
  }

  /** Who only ordered or paid after the period was no visitor of it. */
  function addSale(type: 'order' | 'payment', [day, , visitor, , at]: SaleRow): void {
    if (visitor === null || (day > to && !people.has(visitor))) return;
    const person = personOf(visitor);
    person[type] = latest(person[type], at);
    if (day > to) return;
    person.effective = true;
    person.seen = Math.max(person.seen, at);
  }

  return { people, addVisit, addSale };
}

/** Everybody with any event in the period. */
export async function readProgress(env: Env, store: number, days: Days): Promise<Progress[]> {
  const { people, addVisit, addSale } = gathering(days);
  const later = { from: days.to + 1, to: FUTURE };
  for await (const row of visitRows(env, store, days)) addVisit(row);
  // Those of the period first: they make visitors of it.
  for (const span of [days, later]) {
    for await (const row of placedRows(env, store, span)) addSale('order', row);
    for await (const row of paidRows(env, store, span)) addSale('payment', row);
  }
  return [...people.values()];
}
