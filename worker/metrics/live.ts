// The last half hour: who is here and from where, what happens minute by minute and one by one, and what it is worth.
import { EVENT_TYPES, type EventType } from '../../sdk/event.ts';
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { CHANNELS } from '../collect/source/list.ts';
import type { Env } from '../env.ts';
import { type RecentSale, type RecentVisit, readRecent } from '../store/recent.ts';
import { type Stop, stopsOf } from '../store/trail.ts';
import { TOGETHER } from './funnel-match.ts';
import { type LiveAnswer, type LiveEvent, type LiveMoney, MINUTES, NAMED, NOW, TOLD } from './live-answer.ts';

const MINUTE = 60_000;
/** What is not told one by one: attention is no act, and of sales trails only hold claims. */
const UNTOLD: ReadonlySet<EventType> = new Set(['engaged', 'order', 'payment', 'refund']);

type Channel = (typeof CHANNELS)[number];

const byVisitors = (a: { visitors: number; visitors_now: number }, b: typeof a) =>
  b.visitors - a.visitors || b.visitors_now - a.visitors_now;

/** Distinct visitors under some keys, of the half hour and of the last minutes. */
class Seen<K> {
  readonly #since: number;
  readonly #seen = new Map<K, Map<string, number>>();
  /** `since` is when now began. */
  constructor(since: number) {
    this.#since = since;
  }
  add(key: K, visitor: string, at: number): void {
    const last = this.#seen.get(key) ?? new Map<string, number>();
    this.#seen.set(key, last.set(visitor, Math.max(at, last.get(visitor) ?? 0)));
  }
  of(key: K): { visitors: number; visitors_now: number } {
    const last = [...(this.#seen.get(key)?.values() ?? [])];
    return { visitors: last.length, visitors_now: last.filter((at) => at >= this.#since).length };
  }
  /** The keys with most visitors first. */
  rows(): (readonly [K, { visitors: number; visitors_now: number }])[] {
    return [...this.#seen.keys()]
      .map((key) => [key, this.of(key)] as const)
      .sort(([, a], [, b]) => byVisitors(a, b));
  }
}

const nameOf = (visitor: string | null, visit: string | null) => `${visitor} ${visit}`;

const told = (visit: RecentVisit, { at, type, detail }: Stop): LiveEvent => ({
  at,
  type,
  visitor: visit.visitor,
  channel: visit.channel as Channel,
  country: visit.country,
  ...(type === 'visit' ? { page: detail } : {}),
  ...(type === 'custom' ? { name: detail } : {}),
});

/** The latest first; a payment that came with its order after it. */
function latestOf(
  stops: readonly LiveEvent[],
  sales: readonly RecentSale[],
  visits: readonly RecentVisit[],
): LiveEvent[] {
  const known = new Map(visits.map((one) => [nameOf(one.visitor, one.visit), one]));
  const sold = sales.map(({ type, at, order, visitor, visit, value, currency }): LiveEvent => {
    const made = known.get(nameOf(visitor, visit));
    const of = { channel: (made?.channel ?? null) as Channel | null, country: made?.country ?? null };
    return { at, type, visitor, ...of, order, value, currency, digits: digitsOf(currency) };
  });
  return [...stops, ...sold]
    .sort((a, b) => b.at - a.at || EVENT_TYPES.indexOf(b.type) - EVENT_TYPES.indexOf(a.type))
    .slice(0, TOLD);
}

function moneyOf(sales: readonly RecentSale[]): LiveMoney[] {
  const sum = (some: readonly RecentSale[]) => some.reduce((total, { value }) => total + value, 0);
  return [...Map.groupBy(sales, ({ currency }) => currency)]
    .map(([currency, some]) => {
      const [orders, payments] = [
        some.filter(({ type }) => type === 'order'),
        some.filter(({ type }) => type === 'payment'),
      ];
      return {
        currency,
        digits: digitsOf(currency),
        orders: orders.length,
        order_value: sum(orders),
        payments: payments.length,
        paid: sum(payments),
      };
    })
    .sort((a, b) => b.orders - a.orders || (a.currency < b.currency ? -1 : 1));
}

/** Visitors whose last cart or checkout no order of theirs follows. */
function openCarts(carts: ReadonlyMap<string, number>, sales: readonly RecentSale[]): number {
  const ordered = new Map<string | null, number>();
  for (const { type, visitor, at } of sales)
    if (type === 'order') ordered.set(visitor, Math.max(at, ordered.get(visitor) ?? 0));
  return [...carts].filter(([visitor, at]) => (ordered.get(visitor) ?? 0) < at - TOGETHER).length;
}

export async function answerLive(env: Env, store: StoreSettings, now: number): Promise<LiveAnswer> {
  // Whole minutes, the one that runs included.
  const since = (Math.floor(now / MINUTE) - MINUTES + 1) * MINUTE;
  const days = { from: dayOf(since, store.timezone), to: dayOf(now, store.timezone) };
  const recent = await readRecent(env, store.key, days, since);
  const sales = recent.sales.filter(({ at }) => at <= now);
  const events = Object.fromEntries(EVENT_TYPES.map((type) => [type, 0])) as Record<EventType, number>;
  const lately = now - NOW * MINUTE;
  const [everybody, minutes] = [new Seen<null>(lately), new Seen<number>(lately)];
  const [pages, channels, countries] = [
    new Seen<string>(lately),
    new Seen<Channel>(lately),
    new Seen<string | null>(lately),
  ];
  const [views, viewsOfMinute] = [new Map<string, number>(), new Map<number, number>()];
  const [active, carts] = [new Set<string>(), new Map<string, number>()];
  const stops: LiveEvent[] = [];
  for (const visit of recent.visits)
    for (const stop of stopsOf(visit.trail, visit.start)) {
      const { at, type, detail } = stop;
      if (at < since || at > now) continue;
      const { visitor, channel, country } = visit;
      active.add(nameOf(visitor, visit.visit));
      everybody.add(null, visitor, at);
      channels.add(channel as Channel, visitor, at);
      countries.add(country, visitor, at);
      const minute = Math.floor(at / MINUTE) * MINUTE;
      minutes.add(minute, visitor, at);
      if (!UNTOLD.has(type)) stops.push(told(visit, stop));
      if (type !== 'order' && type !== 'payment') events[type]++;
      if (type === 'cart' || type === 'checkout') carts.set(visitor, Math.max(at, carts.get(visitor) ?? 0));
      if (type !== 'visit') continue;
      viewsOfMinute.set(minute, (viewsOfMinute.get(minute) ?? 0) + 1);
      pages.add(detail, visitor, at);
      views.set(detail, (views.get(detail) ?? 0) + 1);
    }
  for (const { type } of sales) events[type]++;
  const ordersIn = (minute: number) =>
    sales.filter(({ type, at }) => type === 'order' && Math.floor(at / MINUTE) * MINUTE === minute).length;
  return {
    store: store.id,
    at: now,
    minutes: MINUTES,
    complete: recent.complete,
    ...everybody.of(null),
    visits: active.size,
    open_carts: openCarts(carts, sales),
    events,
    money: moneyOf(sales),
    by_minute: Array.from({ length: MINUTES }, (_, n) => {
      const at = since + n * MINUTE;
      const { visitors } = minutes.of(at);
      return { at, visitors, pages: viewsOfMinute.get(at) ?? 0, orders: ordersIn(at) };
    }),
    pages: pages
      .rows()
      .slice(0, NAMED)
      .map(([page, seen]) => ({ page, ...seen, views: views.get(page) ?? 0 })),
    channels: channels.rows().map(([channel, seen]) => ({ channel, ...seen })),
    countries: countries
      .rows()
      .slice(0, NAMED)
      .map(([country, seen]) => ({ country, ...seen })),
    latest: latestOf(stops, sales, recent.visits),
  };
}
