// Random shops: streams of events with ties, midnights, clock changes, shared ids, early payments and refunds.
import fc from 'fast-check';
import type { RawEvent } from './oracle.ts';

/** Ways in, with the channel each must give. */
export const LANDINGS: readonly { query: string; referrer?: string; channel: string | null }[] = [
  { query: '', channel: null },
  { query: '', channel: null },
  { query: '?utm_source=google&utm_medium=cpc', channel: 'paid_search' },
  { query: '?utm_source=letter&utm_medium=email', channel: 'email' },
  { query: '', referrer: 'https://www.baidu.com/', channel: 'organic_search' },
  { query: '', referrer: 'https://www.paypal.com/', channel: null },
];

/** A zone and a moment in it around which interesting days lie: midnight, 23 and 25 hours, +05:45. */
export const PLACES = [
  { timezone: 'UTC', around: Date.UTC(2025, 9, 10) },
  { timezone: 'Asia/Kathmandu', around: Date.UTC(2025, 9, 9, 18, 15) },
  { timezone: 'Asia/Shanghai', around: Date.UTC(2025, 9, 9, 16) },
  { timezone: 'America/New_York', around: Date.UTC(2025, 10, 2, 4) },
  { timezone: 'America/New_York', around: Date.UTC(2025, 2, 9, 5) },
  { timezone: 'Pacific/Auckland', around: Date.UTC(2025, 8, 27, 12) },
];

const VISITORS = ['ann', 'bob', 'cy', 'dee'];
// The same visit id under two visitors is two visits, whatever a sender makes of it.
const VISITS = ['w1', 'w2', 'w3'];
const ORDERS = ['A1', 'A2', 'A3', 'A4'];
const MINUTE = 60_000;

/** Minutes from the place's moment: coarse, so that ties are common, and dense around midnight. */
const minutes = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.integer({ min: -12, max: 12 }).map((n) => n * 240) },
  { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }).map((n) => n * 1440) },
);

const draft = fc.record({
  type: fc.constantFrom(
    'visit',
    'visit',
    'visit',
    'inquiry',
    'order',
    'order',
    'payment',
    'refund',
    'cart',
    'engaged',
  ),
  visitor: fc.constantFrom(...VISITORS),
  visit: fc.constantFrom(...VISITS),
  minutes,
  landing: fc.constantFrom(...LANDINGS),
  order: fc.constantFrom(...ORDERS),
  cents: fc.integer({ min: 0, max: 9_999 }),
  currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
  engaged: fc.constantFrom(0, 4_000, 11_000),
  anonymous: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  foreignId: fc.boolean(),
});

export interface Stream {
  timezone: string;
  around: number;
  events: RawEvent[];
}

/** Streams of 1 to 40 events in one place. */
export const streams: fc.Arbitrary<Stream> = fc
  .record({ place: fc.constantFrom(...PLACES), drafts: fc.array(draft, { minLength: 1, maxLength: 40 }) })
  .map(({ place, drafts }) => ({
    ...place,
    events: drafts.map((made, n): RawEvent => {
      const { type, visitor, visit, landing, order, cents, currency } = made;
      const at = place.around + made.minutes * MINUTE;
      const sale = type === 'order' || type === 'payment' || type === 'refund';
      // Some ids are made from the order number as ours are, some come from elsewhere, some begin with the visit.
      const id = made.foreignId
        ? `x${(n * 7919) % 97}-${n}`
        : sale
          ? `${type}:${order}:${n}`
          : `${visit}.${n}`;
      const value = currency === 'JPY' ? cents : cents / 100;
      return {
        id,
        type,
        at,
        ...(sale && made.anonymous ? {} : { visitor, visit }),
        ...(type === 'visit'
          ? {
              url: `https://shop.example/p${n % 3}${landing.query}`,
              ...(landing.referrer ? { referrer: landing.referrer } : {}),
            }
          : {}),
        ...(sale ? { order, value, currency } : {}),
        ...(type === 'engaged' || (type === 'visit' && made.engaged > 0) ? { engaged: made.engaged } : {}),
      };
    }),
  }));

/** The channel a page view of these streams must give. */
export function channelOf(event: RawEvent): string | null {
  const query = event.url?.includes('?') ? event.url.slice(event.url.indexOf('?')) : '';
  return (
    LANDINGS.find((landing) => landing.query === query && landing.referrer === event.referrer)?.channel ??
    null
  );
}
