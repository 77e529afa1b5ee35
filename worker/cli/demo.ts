// Believable made-up traffic for the demo store: seeded, so that the same days always hold the same events.
import { tzOffset } from '@date-fns/tz';
import { oneOf, type Random, randomOf } from './seeded.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Visitors whose first visit falls on an average day. */
const NEWCOMERS = 150;
/** Days after their first visit on which visitors may still return. */
const RETURN_DAYS = 24;

/** Monday first: people buy tea at the week's edges. */
const WEEKDAYS = [1.06, 0.95, 0.9, 0.94, 1.0, 1.16, 1.24];
/** How many visits each hour of the local day gets. */
const HOURS = [2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 7, 7, 8, 9, 11, 13, 14, 12, 8, 4];

interface Channel {
  weight: number;
  query?: string;
  referrer?: string;
  /** Odds of looking beyond the first page, of asking, and of buying for those who look. */
  stays: number;
  asks: number;
  buys: number;
}

const CHANNELS: readonly Channel[] = [
  { weight: 24, referrer: 'https://www.google.com/', stays: 0.62, asks: 0.17, buys: 0.029 },
  { weight: 8, referrer: 'https://www.baidu.com/', stays: 0.5, asks: 0.3, buys: 0.021 },
  { weight: 17, stays: 0.68, asks: 0.14, buys: 0.042 },
  {
    weight: 13,
    query: '?utm_source=google&utm_medium=cpc&utm_campaign=autumn-teas&gclid=1',
    stays: 0.57,
    asks: 0.19,
    buys: 0.038,
  },
  { weight: 12, referrer: 'https://www.instagram.com/', stays: 0.36, asks: 0.12, buys: 0.008 },
  {
    weight: 6,
    query: '?utm_source=facebook&utm_medium=paid_social&utm_campaign=teaware',
    stays: 0.33,
    asks: 0.1,
    buys: 0.008,
  },
  { weight: 6, referrer: 'https://chatgpt.com/', stays: 0.74, asks: 0.31, buys: 0.046 },
  {
    weight: 5,
    query: '?utm_source=newsletter&utm_medium=email&utm_campaign=first-flush',
    stays: 0.82,
    asks: 0.09,
    buys: 0.08,
  },
  { weight: 4, referrer: 'https://www.youtube.com/', stays: 0.47, asks: 0.13, buys: 0.013 },
  { weight: 3, referrer: 'https://teaforum.example/', stays: 0.7, asks: 0.26, buys: 0.034 },
  { weight: 2, query: '?utm_source=steepster&utm_medium=affiliate', stays: 0.6, asks: 0.15, buys: 0.034 },
];

const PRODUCTS = [24, 14.5, 18.9, 12.5, 28, 64, 22, 29.99];
const COUNTRIES = ['US', 'US', 'US', 'US', 'GB', 'GB', 'DE', 'CA', 'CN', 'CN', 'AU', 'FR'];
const DEVICES = ['mobile', 'mobile', 'mobile', 'desktop', 'desktop', 'tablet'];

function pick<T>(random: Random, list: readonly T[], weightOf: (item: T) => number): T {
  let left = random() * list.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of list) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return list[0] as T;
}

type Event = Record<string, unknown> & { at: number };

/** The shop that is made up. */
export interface DemoShop {
  origin: string;
  timezone: string;
  currency: string;
}

/** One visit: its pages, and whatever its visitor does on them. */
function* visitEvents(
  random: Random,
  shop: DemoShop,
  visitor: string,
  start: number,
  channel: Channel,
): Generator<Event> {
  const visit =
    start.toString(36) +
    Math.floor(random() * 36 ** 8)
      .toString(36)
      .padStart(8, '0');
  const common = { visitor, visit, device: '', country: '' };
  let at = start;
  let count = 0;
  const event = (type: string, fields: object = {}): Event => ({
    ...common,
    id: `${visit}.${at.toString(36)}${(count++).toString(36).padStart(4, '0')}`,
    type,
    at,
    ...fields,
  });
  const page = (path: string, fields: object = {}) => event('visit', { url: shop.origin + path, ...fields });
  const wait = (seconds: number) => {
    at += Math.round((0.4 + random() * 1.2) * seconds * 1000);
  };
  const landing = random() < 0.55 ? '/' : random() < 0.5 ? '/list.html' : '/product.html';
  yield page(landing + (channel.query ?? ''), channel.referrer ? { referrer: channel.referrer } : {});
  if (random() > channel.stays) {
    wait(6);
    if (random() < 0.25) yield event('engaged', { engaged: 11_000 });
    return;
  }
  for (let pages = 1 + Math.floor(random() * 4); pages > 0; pages--) {
    wait(24);
    const product = random() < 0.6;
    yield page(product ? '/product.html' : '/list.html', { engaged: 9_000 + Math.floor(random() * 20_000) });
    if (product) yield event('product', { value: oneOf(random, PRODUCTS), currency: shop.currency });
  }
  const asks = random() < channel.asks;
  if (asks) {
    wait(40);
    yield event('inquiry', { via: random() < 0.8 ? 'chat' : 'form' });
    wait(120);
  }
  // Who asks is keener, and a good answer helps.
  if (random() > (asks ? Math.min(0.6, channel.buys * 5) : channel.buys)) {
    if (random() < 0.08) yield event('cart', { value: oneOf(random, PRODUCTS), currency: shop.currency });
    return;
  }
  const value = [1, 2, 3]
    .slice(0, 1 + Math.floor(random() * 3))
    .reduce((sum) => sum + oneOf(random, PRODUCTS), 4.5);
  yield event('cart', { value, currency: shop.currency });
  wait(30);
  yield page('/checkout.html');
  yield event('checkout', { value, currency: shop.currency });
  wait(70);
  const order = `HM-${visit.slice(0, 8).toUpperCase()}-${visit.slice(-4).toUpperCase()}`;
  const sale = { order, value: Math.round(value * 100) / 100, currency: shop.currency };
  yield page('/thanks.html');
  yield { ...event('order', sale), id: `order:${order}` };
  const fate = random();
  // One in eight waits for a transfer that never comes; late payers pay hours later.
  if (fate < 0.12) return;
  if (fate < 0.2) at += Math.round((2 + random() * 30) * 60 * MINUTE);
  else wait(2);
  yield {
    ...event('payment', { ...sale, method: fate < 0.2 ? 'transfer' : 'card' }),
    id: `payment:${order}`,
  };
  if (random() < 0.3) {
    wait(60);
    if (fate > 0.9) yield event('inquiry', { via: 'email' });
  }
  if (random() < 0.035) {
    at += Math.round((2 + random() * 6) * DAY);
    yield event('refund', {
      ...sale,
      value: random() < 0.5 ? sale.value : Math.round(sale.value * 50) / 100,
    });
  }
}

/** A visitor's visits: the first on the day they appear, some more on later days, not always by the same way. */
function* visitorEvents(random: Random, shop: DemoShop, day: number, number: number): Generator<Event> {
  const visitor = `demo${day.toString(36)}${number.toString(36).padStart(4, '0')}`;
  const person = { device: oneOf(random, DEVICES), country: oneOf(random, COUNTRIES) };
  const first = pick(random, CHANNELS, ({ weight }) => weight);
  let on = day;
  let channel = first;
  do {
    const hour = pick(
      random,
      HOURS.map((weight, index) => ({ weight, index })),
      ({ weight }) => weight,
    ).index;
    const local = on * DAY + hour * 3_600_000 + Math.floor(random() * 3_600_000);
    const start = local - tzOffset(shop.timezone, new Date(local)) * MINUTE;
    for (const event of visitEvents(random, shop, visitor, start, channel)) yield { ...event, ...person };
    on += 1 + Math.floor(random() * 7);
    channel = random() < 0.5 ? (CHANNELS[2] as Channel) : first;
  } while (on - day <= RETURN_DAYS && random() < 0.3);
}

/** All events of the days `from` to `to` (day numbers, both included) that happen before `now`. */
export function* demoEvents(shop: DemoShop, from: number, to: number, now: number): Generator<Event> {
  for (let day = from - RETURN_DAYS; day <= to; day++) {
    const weekday = (day + 3) % 7;
    const random = randomOf(day);
    // Seasons and luck: no two weeks are the same. Nothing here may depend on where the days begin.
    const trend = 1 + 0.2 * Math.sin((2 * Math.PI * day) / 365);
    const newcomers = Math.round(
      NEWCOMERS * (WEEKDAYS[weekday] as number) * trend * (0.88 + random() * 0.24),
    );
    for (let number = 0; number < newcomers; number++)
      for (const event of visitorEvents(randomOf(day * 100_003 + number), shop, day, number)) {
        const on = Math.floor((event.at + tzOffset(shop.timezone, new Date(event.at)) * MINUTE) / DAY);
        if (on >= from && on <= to && event.at <= now) yield event;
      }
  }
}
