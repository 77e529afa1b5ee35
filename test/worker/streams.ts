// Random shops: streams of events with ties, midnights, clock changes, shared ids, early payments and refunds.
import fc from 'fast-check';
import type { Confirm, RawEvent } from './oracle.ts';

interface Landing {
  query: string;
  referrer?: string;
  channel: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
}

const NOTHING = { channel: null, source: null, medium: null, campaign: null };

/** Ways in, with the origin each must give. */
const LANDINGS: readonly Landing[] = [
  { query: '', ...NOTHING },
  { query: '', ...NOTHING },
  {
    query: '?utm_source=google&utm_medium=cpc',
    channel: 'paid_search',
    source: 'google',
    medium: 'cpc',
    campaign: null,
  },
  {
    query: '?utm_source=letter&utm_medium=email&utm_campaign=spring',
    channel: 'email',
    source: 'letter',
    medium: 'email',
    campaign: 'spring',
  },
  {
    query: '',
    referrer: 'https://www.baidu.com/',
    channel: 'organic_search',
    source: 'baidu',
    medium: 'organic',
    campaign: null,
  },
  { query: '', referrer: 'https://www.paypal.com/', ...NOTHING },
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
  /** Sent by the shop's server, if it is a sale. */
  confirmed: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  device: fc.constantFrom('mobile', 'desktop', undefined),
  country: fc.constantFrom('DE', 'CN', undefined),
});

export interface Stream {
  timezone: string;
  confirm: Confirm;
  around: number;
  events: RawEvent[];
}

type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/** An order's own id is given once, to the first draft that does not come from elsewhere; a refund has none. */
function saleId(drafts: readonly Draft[], n: number): string {
  const { type, order, confirmed } = drafts[n] as Draft;
  if (confirmed) return `${type}!:${order}:${n}`;
  const first = drafts.findIndex(
    (one) => one.type === type && one.order === order && !one.foreignId && !one.confirmed,
  );
  return type !== 'refund' && first === n ? `${type}:${order}` : `${type}:${order}:${n}`;
}

/** Streams of so many to 40 events in one place. */
export const streamsOf = (least: number): fc.Arbitrary<Stream> =>
  fc
    .record({
      place: fc.constantFrom(...PLACES),
      confirm: fc.constantFrom('none' as const, 'none' as const, 'payments' as const, 'all' as const),
      drafts: fc.array(draft, { minLength: least, maxLength: 40 }),
    })
    .map(({ place, confirm, drafts }) => ({
      ...place,
      confirm,
      events: drafts.map((made, n): RawEvent => {
        const { type, visitor, visit, landing, order, cents, currency } = made;
        const at = place.around + made.minutes * MINUTE;
        const sale = type === 'order' || type === 'payment' || type === 'refund';
        // Some ids are made from the order number as ours are, some come from elsewhere, some begin with the visit.
        const elsewhere = made.foreignId && !(sale && made.confirmed);
        const id = elsewhere ? `x${(n * 7919) % 97}-${n}` : sale ? saleId(drafts, n) : `${visit}.${n || ''}`;
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
          ...(made.device ? { device: made.device } : {}),
          ...(made.country ? { country: made.country } : {}),
          ...(sale ? { order, value, currency } : {}),
          ...(type === 'engaged' || (type === 'visit' && made.engaged > 0) ? { engaged: made.engaged } : {}),
        };
      }),
    }));

export const streams = streamsOf(1);

/** The origin a page view of these streams must give. */
export function originOf(event: RawEvent): Omit<Landing, 'query' | 'referrer'> {
  const query = event.url?.includes('?') ? event.url.slice(event.url.indexOf('?')) : '';
  return LANDINGS.find((one) => one.query === query && one.referrer === event.referrer) ?? NOTHING;
}
