// What those who saw a page did from then on, counted by brute force over the raw events: no SQL, nothing of the engine.
import { type AskedFunnel, traitsOf } from './funnel-oracle.ts';
import { type Confirm, dayIn, minor, ordersOf, type RawEvent } from './oracle.ts';

export interface AskedPages extends Pick<AskedFunnel, 'timezone' | 'from' | 'to' | 'originOf'> {
  confirm: Confirm;
  scope: 'visitor' | 'visit';
  filter: Record<string, string>;
}

/** Either side of 2 s is simultaneous. */
const EARLY = 2_000;
const pathOf = ({ url }: RawEvent) => new URL(url as string).pathname;
const inSequence = (a: RawEvent, b: RawEvent) => a.at - b.at || (a.id < b.id ? -1 : 1);

/** Money as it is answered, but for the averages of nobody. */
function moneyOf(orders: ReturnType<typeof ordersOf>, unitOf: (event: RawEvent) => string, people: number) {
  const currencies = new Set(
    orders.flatMap(({ placed, paid }) =>
      [placed?.currency, paid?.currency].filter((one) => one !== undefined),
    ),
  );
  return [...currencies].map((currency) => {
    const placed = orders.filter((one) => one.placed?.currency === currency);
    const paid = orders.filter((one) => one.paid?.currency === currency);
    const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);
    const [value, gross] = [
      placed.map((one) => minor(one.placed as RawEvent)),
      paid.map((one) => minor(one.paid as RawEvent)),
    ].map(sum) as [number, number];
    const refunded = sum(paid.flatMap(({ refunds }) => refunds.map(({ amount }) => amount)));
    const payers = new Set(paid.map(({ owner }) => unitOf(owner as RawEvent))).size;
    return {
      currency,
      orders: placed.length,
      order_value: value,
      gross,
      refunded,
      net: gross - refunded,
      average_order_value: placed.length === 0 ? null : value / placed.length,
      paid_per_buyer: payers === 0 ? null : gross / payers,
      revenue_per_visitor: gross / people,
    };
  });
}

/** Each path, and under '' any page: what the endpoint says of it. */
export function pagesByHand(raw: readonly RawEvent[], asked: AskedPages) {
  const { scope, timezone, from, to, filter, confirm } = asked;
  const events = [...new Map(raw.map((event) => [event.id, event])).values()];
  const isInside = ({ at }: RawEvent) => from <= dayIn(timezone, at) && dayIn(timezone, at) <= to;
  const unitOf = ({ visitor, visit }: RawEvent) => (scope === 'visit' ? `${visitor} ${visit}` : `${visitor}`);
  const traitOf = traitsOf(events, { ...asked, count: scope });
  const passes = ({ visitor = null, visit = null }: RawEvent) =>
    Object.entries(filter).every(([dimension, value]) => traitOf(visitor, visit, dimension) === value);

  const known = events.filter(({ visitor, visit }) => visitor != null && visit != null).sort(inSequence);
  const views = known.filter((event) => event.type === 'visit' && isInside(event) && passes(event));
  const ends = [
    ...Map.groupBy(
      known.filter(({ type }) => type === 'visit'),
      ({ visitor, visit }) => `${visitor} ${visit}`,
    ).values(),
  ].map((visit) => ({ entry: visit[0] as RawEvent, exit: visit.at(-1) as RawEvent }));
  const orders = ordersOf(events, confirm).filter(({ owner, placed }) => owner && placed && isInside(placed));
  const payments = ordersOf(events, confirm).filter(({ owner, paid }) => owner && paid && isInside(paid));

  const counted = (path: string, seen: RawEvent[]) => {
    const here = ({ url }: RawEvent) => path === '' || new URL(url as string).pathname === path;
    const units = [...Map.groupBy(seen, unitOf)].map(([unit, own]) => {
      const since = (own[0] as RawEvent).at - EARLY;
      const theirs = orders.filter(({ owner }) => unitOf(owner as RawEvent) === unit);
      const first = theirs.map(({ placed }) => placed as RawEvent).sort(inSequence)[0];
      return {
        orders: theirs.filter(({ placed }) => (placed as RawEvent).at >= since),
        asked: known.some(
          (event) =>
            event.type === 'inquiry' &&
            unitOf(event) === unit &&
            isInside(event) &&
            event.at >= since &&
            (!first || inSequence(event, first) < 0),
        ),
        paid: payments.some(
          ({ owner, paid }) => unitOf(owner as RawEvent) === unit && (paid as RawEvent).at >= since,
        ),
      };
    });
    const bought = units.flatMap((unit) => unit.orders);
    return {
      key: path,
      visitors: units.length,
      views: seen.length,
      entries: ends.filter(({ entry }) => isInside(entry) && passes(entry) && here(entry)).length,
      exits: ends.filter(({ exit }) => isInside(exit) && passes(exit) && here(exit)).length,
      consulting_visitors: units.filter(({ asked }) => asked).length,
      buyers: units.filter(({ orders }) => orders.length > 0).length,
      paying_visitors: units.filter(({ paid }) => paid).length,
      orders: bought.length,
      paid_orders: bought.filter(({ paid }) => paid).length,
      money: moneyOf(bought, unitOf, units.length),
    };
  };
  const rows = [...Map.groupBy(views, pathOf)]
    .map(([path, seen]) => counted(path, seen))
    .sort((a, b) => b.visitors - a.visitors || (a.key < b.key ? -1 : 1));
  return { whole: counted('', views), rows };
}
