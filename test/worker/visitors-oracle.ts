// Who is at which step and with whom something is open, by brute force over the raw events: nothing shared with the engine.
import { type Confirm, dayIn, ordersOf, type RawEvent } from './oracle.ts';

interface Asked {
  timezone: string;
  confirm: Confirm;
  from: string;
  to: string;
}

export interface Standing {
  furthest: string;
  inquiry: boolean;
  cart: boolean;
  lastSeen: number | null;
}

/** Simultaneous, whichever came first. */
const AT_ONCE = 2_000;

/** Everybody with any event in the period. */
export function standings(raw: readonly RawEvent[], { timezone, confirm, from, to }: Asked) {
  const events = [...new Map(raw.map((event) => [event.id, event])).values()];
  const known = events.filter(({ visitor, visit }) => visitor != null && visit != null);
  const orders = ordersOf(events, confirm).filter(({ owner }) => owner);
  const inPeriod = (at: number) => from <= dayIn(timezone, at) && dayIn(timezone, at) <= to;
  const since = (at: number) => from <= dayIn(timezone, at);
  const visitors = new Set([
    ...known.filter(({ at }) => inPeriod(at)).map(({ visitor }) => visitor as string),
    ...orders
      .filter(({ placed, paid }) => [placed, paid].some((sale) => sale && inPeriod(sale.at)))
      .map(({ owner }) => owner?.visitor as string),
  ]);
  return new Map(
    [...visitors].map((visitor): [string, Standing] => {
      const mine = known.filter((event) => event.visitor === visitor);
      const now = mine.filter(({ at }) => inPeriod(at));
      const did = (type: string) => now.some((event) => event.type === type);
      const own = orders.filter(({ owner }) => owner?.visitor === visitor);
      const placed = own.flatMap(({ placed }) => (placed && since(placed.at) ? placed.at : []));
      const paid = own.flatMap(({ paid }) => (paid && since(paid.at) ? paid.at : []));
      const visit = (id: string | null | undefined) => mine.filter((event) => event.visit === id);
      const effective = (id: string | null | undefined) =>
        visit(id).filter(({ type }) => type === 'visit').length >= 2 ||
        visit(id).reduce((sum, { engaged }) => sum + (engaged ?? 0), 0) >= 10_000 ||
        visit(id).some(({ type }) => type !== 'visit' && type !== 'engaged');
      const sold = own.some(({ placed, paid }) => [placed, paid].some((sale) => sale && inPeriod(sale.at)));
      const carts = now.filter(({ type }) => type === 'cart' || type === 'checkout').map(({ at }) => at);
      const lastCart = Math.max(...carts);
      const steps: [string, boolean][] = [
        ['payment', paid.length > 0],
        ['order', placed.length > 0],
        ['checkout', did('checkout')],
        ['cart', did('cart')],
        ['product', did('product')],
        ['effective', sold || now.some((event) => effective(event.visit))],
        ['visit', true],
      ];
      return [
        visitor,
        {
          furthest: (steps.find(([, reached]) => reached) as [string, boolean])[0],
          inquiry: did('inquiry') && placed.length === 0,
          cart: carts.length > 0 && !placed.some((at) => at >= lastCart - AT_ONCE),
          lastSeen: mine.length > 0 ? Math.max(...mine.map(({ at }) => at)) : null,
        },
      ];
    }),
  );
}
