// Seeded reference traffic: 365 days of a shop, 3 pages a visit, a third of the visitors coming back. Same every time.
import type { EventType } from '../../sdk/event.ts';
import { oneOf, type Random, randomOf } from '../../worker/cli/seeded.ts';

export const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The shop that is visited. Its zone keeps no summer time, so that its midnights can be computed. */
export const SHOP = {
  origin: 'https://shop.example',
  timezone: 'Asia/Shanghai',
  currency: 'CNY',
} as const;
const ZONE = 8 * HOUR;

/** Days of traffic. */
export const DAYS = 365;
/** First and last day, as days since 1970 in the shop's zone. Over for good, so that every day may be sealed. */
export const FIRST_DAY = Date.UTC(2025, 0, 1) / DAY;
export const LAST_DAY = FIRST_DAY + DAYS - 1;

export const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** When a day of the shop begins, in milliseconds since 1970. */
export const startOfDay = (day: number) => day * DAY - ZONE;

/** Events that one newcomer causes inside the year, visits to come included: measured, and held by a test. */
const EVENTS_PER_NEWCOMER = 6.78;
/** Odds of coming back after a first visit (a third does so within the year), and after each later one. */
const RETURNS = 0.36;
const RETURNS_AGAIN = 0.5;
/** Days between two visits at most; most are far less. */
const LONGEST_GAP = 120;

/** Odds of leaving after one page; who stays sees two and then, each time, perhaps one more. */
const BOUNCES = 0.45;
const ONE_MORE = 0.72;
const MAX_PAGES = 24;

/** Monday first, then how many visits each hour of the shop's day gets. */
const WEEKDAYS = [1.03, 0.96, 0.94, 0.95, 0.98, 1.07, 1.07];
const HOURS = [3, 2, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 7, 7, 8, 9, 11, 13, 14, 12, 8, 5];
const PRODUCTS = 400;
const COUNTRIES = ['CN', 'CN', 'CN', 'CN', 'CN', 'US', 'US', 'GB', 'DE', 'JP'];
const DEVICES = ['mobile', 'mobile', 'mobile', 'desktop', 'desktop', 'tablet'];
const WAYS = ['chat', 'chat', 'chat', 'form', 'phone', 'email'];

interface Channel {
  weight: number;
  query: string;
  referrer: string;
  /** Odds of asking and of buying in a visit that goes beyond its first page. */
  asks: number;
  buys: number;
}

/** Eleven ways in, by weight. */
const CHANNELS: readonly Channel[] = [
  { weight: 22, query: '', referrer: 'https://www.baidu.com/', asks: 0.15, buys: 0.04 },
  { weight: 18, query: '', referrer: '', asks: 0.12, buys: 0.07 },
  {
    weight: 14,
    query: '?utm_source=baidu&utm_medium=cpc&utm_campaign=autumn-teas',
    referrer: 'https://www.baidu.com/',
    asks: 0.2,
    buys: 0.06,
  },
  { weight: 10, query: '', referrer: 'https://www.google.com/', asks: 0.13, buys: 0.05 },
  { weight: 9, query: '', referrer: 'https://www.xiaohongshu.com/', asks: 0.09, buys: 0.02 },
  {
    weight: 7,
    query: '?utm_source=douyin&utm_medium=paid_social&utm_campaign=teaware',
    referrer: '',
    asks: 0.08,
    buys: 0.02,
  },
  { weight: 6, query: '', referrer: 'https://www.doubao.com/', asks: 0.22, buys: 0.07 },
  {
    weight: 5,
    query: '?utm_source=newsletter&utm_medium=email&utm_campaign=first-flush',
    referrer: '',
    asks: 0.06,
    buys: 0.12,
  },
  { weight: 4, query: '', referrer: 'https://www.bilibili.com/', asks: 0.1, buys: 0.02 },
  { weight: 3, query: '', referrer: 'https://teaforum.example/', asks: 0.18, buys: 0.05 },
  { weight: 2, query: '?utm_source=steepster&utm_medium=affiliate', referrer: '', asks: 0.1, buys: 0.05 },
];
const DIRECT = CHANNELS[1] as Channel;

/** A list in which each entry stands as often as it weighs: drawing from it is one step. */
const drawn = <T>(list: readonly T[], weightOf: (item: T, index: number) => number) =>
  list.flatMap((item, index) => Array.from({ length: weightOf(item, index) }, () => item));
const CHANNEL_URN = drawn(CHANNELS, ({ weight }) => weight);
const HOUR_URN = drawn([...HOURS.keys()], (hour) => HOURS[hour] as number);

const BASE_36 = 36;
const EIGHT = BASE_36 ** 8;
const FOUR = BASE_36 ** 4;
const text = (random: Random, space: number, length: number) =>
  Math.floor(random() * space)
    .toString(BASE_36)
    .padStart(length, '0');

/** One event as the import route takes it: an event of the wire with its visitor beside it. */
export interface TrafficEvent {
  id: string;
  type: EventType;
  visitor: string;
  visit: string;
  at: number;
  device: string;
  country: string;
  url?: string;
  referrer?: string;
  engaged?: number;
  via?: string;
  order?: string;
  value?: number;
  currency?: string;
  method?: string;
  item?: string;
}

export interface Visitor {
  id: string;
  device: string;
  country: string;
  channel: Channel;
  visits: number;
}

export const newcomer = (random: Random): Visitor => ({
  id: text(random, EIGHT, 8) + text(random, EIGHT, 8),
  device: oneOf(random, DEVICES),
  country: oneOf(random, COUNTRIES),
  channel: oneOf(random, CHANNEL_URN),
  visits: 0,
});

const productPath = (random: Random) => `/products/tea-${Math.floor(random() ** 2 * PRODUCTS)}`;

/** One visit's events in order; a late payment or a refund may lie days behind it. */
export function visitOf(random: Random, visitor: Visitor, start: number): TrafficEvent[] {
  const events: TrafficEvent[] = [];
  const visit = start.toString(BASE_36) + text(random, EIGHT, 8);
  // Who comes back mostly knows the way by then.
  const channel = visitor.visits++ > 0 && random() < 0.5 ? DIRECT : visitor.channel;
  let at = start;
  const push = (type: EventType, fields: Partial<TrafficEvent>) => {
    const id = `${visit}.${at.toString(BASE_36)}${text(random, FOUR, 4)}`;
    const { id: visitorId, device, country } = visitor;
    events.push({ id, type, visitor: visitorId, visit, at, device, country, ...fields });
  };
  const wait = (seconds: number) => {
    at += 1 + Math.floor((0.3 + random() * 1.4) * seconds * 1000);
  };
  const attention = () => 3_000 + Math.floor(random() * 25_000);
  const page = (path: string) => push('visit', { url: SHOP.origin + path, engaged: attention() });

  const landing = random() < 0.4 ? '/' : productPath(random);
  push('visit', {
    url: SHOP.origin + landing + channel.query,
    ...(channel.referrer ? { referrer: channel.referrer } : {}),
  });
  if (random() < BOUNCES) {
    wait(8);
    if (random() < 0.5) push('engaged', { engaged: attention() });
    return events;
  }
  let pages = 1;
  do {
    wait(25);
    const path = random() < 0.6 ? productPath(random) : `/collections/${Math.floor(random() * 20)}`;
    page(path);
    if (random() < 0.1) push('product', { item: path });
  } while (++pages < MAX_PAGES && random() < ONE_MORE);
  const asks = random() < channel.asks;
  if (asks) {
    wait(40);
    push('inquiry', { via: oneOf(random, WAYS) });
  }
  if (random() > channel.buys * (asks ? 2 : 1)) {
    wait(15);
    push('engaged', { engaged: attention() });
    return events;
  }
  const value = Math.round((30 + random() ** 2 * 800) * 100) / 100;
  push('cart', { value, currency: SHOP.currency });
  wait(20);
  page('/checkout');
  push('checkout', { value, currency: SHOP.currency });
  wait(60);
  page('/thanks');
  const order = `T-${start.toString(BASE_36)}-${text(random, FOUR, 4)}`.toUpperCase();
  const sale = { order, value, currency: SHOP.currency };
  push('order', { ...sale, id: `order:${order}` });
  const fate = random();
  // One order in eight is never paid, one in twelve hours later.
  if (fate < 0.12) return events;
  if (fate < 0.2) at += Math.floor((2 + random() * 40) * HOUR);
  else wait(5);
  push('payment', { ...sale, id: `payment:${order}`, method: fate < 0.2 ? 'transfer' : 'card' });
  if (random() < 0.08) {
    wait(600);
    push('inquiry', { via: 'email' });
  }
  if (random() < 0.04) {
    at += Math.floor((2 + random() * 6) * DAY);
    push('refund', { ...sale, value: Math.floor(value) });
  }
  return events;
}

/** Days until the next visit: often tomorrow, sometimes months. */
const gap = (random: Random) => Math.ceil(LONGEST_GAP ** random());

/**
 * About `events` events of the year, day by day and in each day visit by visit, as a year would have brought them.
 * More events mean more visitors, not busier ones.
 */
export function* traffic(events: number, seed = 1): Generator<TrafficEvent> {
  const random = randomOf(seed);
  const returning = Array.from({ length: DAYS }, (): Visitor[] => []);
  const later = Array.from({ length: DAYS }, (): TrafficEvent[] => []);
  let due = 0;
  for (let index = 0; index < DAYS; index++) {
    const midnight = startOfDay(FIRST_DAY + index);
    const weekday = (FIRST_DAY + index + 3) % 7;
    due += (events / DAYS / EVENTS_PER_NEWCOMER) * (WEEKDAYS[weekday] as number);
    const visitors = returning[index] as Visitor[];
    for (; due >= 1; due--) visitors.push(newcomer(random));
    const starts = visitors
      .map((visitor) => ({
        visitor,
        at:
          midnight + oneOf(random, HOUR_URN) * HOUR + Math.floor(random() * 60) * MINUTE + random() * MINUTE,
      }))
      .sort((a, b) => a.at - b.at);
    yield* later[index] as TrafficEvent[];
    for (const { visitor, at } of starts) {
      const again = random() < (visitor.visits === 0 ? RETURNS : RETURNS_AGAIN);
      for (const event of visitOf(random, visitor, Math.floor(at))) {
        const delay = Math.floor((event.at - midnight) / DAY);
        if (delay === 0) yield event;
        else later[index + delay]?.push(event);
      }
      if (again) returning[index + gap(random)]?.push(visitor);
    }
    returning[index] = later[index] = [];
  }
}
