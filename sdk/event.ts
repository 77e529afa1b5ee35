// The event contract: what storefront, SDK and Worker agree on. Types and constants only; imports nothing.

/** The wire version. A collector accepts this one and every earlier one. */
export const WIRE_VERSION = 1;

/** The visitor of who must not be recognised: the collector names them, for one day. */
export const UNNAMED = '-';

/** The main line of the funnel. */
export const MAIN_TYPES = ['visit', 'inquiry', 'order', 'payment'] as const;

/** Steps that support it. `engaged` says that a page held somebody's attention for a while. */
export const SUPPORTING_TYPES = [
  'product',
  'cart',
  'checkout',
  'refund',
  'review',
  'share',
  'custom',
  'engaged',
] as const;

export const EVENT_TYPES = [...MAIN_TYPES, ...SUPPORTING_TYPES] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Ways to ask. */
export const INQUIRY_WAYS = ['chat', 'form', 'phone', 'email', 'message', 'other'] as const;
export type InquiryWay = (typeof INQUIRY_WAYS)[number];

/** A bought thing, in the words of GA4's ecommerce items. Prices are in major units. */
export interface Item {
  item_id?: string;
  item_name?: string;
  price?: number;
  quantity?: number;
}

/** Flat properties of a custom step. */
export type Props = Record<string, string | number | boolean>;

interface Money {
  /** Major units, as in GA4's ecommerce events: 49.99 is forty-nine dollars and ninety-nine cents. */
  value: number;
  /** ISO 4217, upper case. */
  currency: string;
}

interface SaleFields extends Money {
  /** The merchant's own order number: one order, however often it is sent. */
  order: string;
  /** How it was or will be paid: card, alipay, cash … */
  method?: string;
}

/** What a shop hands over with each type of event. */
export interface Fields {
  visit: object;
  inquiry: { via?: InquiryWay };
  order: SaleFields & { items?: Item[] };
  payment: SaleFields;
  refund: SaleFields;
  product: { item?: string } & Partial<Money>;
  cart: { item?: string } & Partial<Money>;
  checkout: { item?: string } & Partial<Money>;
  review: { item?: string };
  share: { item?: string };
  custom: { name: string; props?: Props };
  engaged: { engaged: number };
}

/** What every event carries, whatever its type. */
export interface Envelope {
  /** Time-ordered and made once, by whoever saw the event; see id.ts. Sending it again is free. */
  id: string;
  /** The visit it belongs to. */
  visit: string;
  /** Milliseconds since 1970 by the sender's clock. */
  at: number;
  /** The page it happened on. The query string is read for campaigns and then dropped. */
  url?: string;
  /** The page that led here. Only its host is kept. */
  referrer?: string;
  /** Milliseconds of attention on the page since the last event that carried this field. */
  engaged?: number;
}

export type WireEventOf<T extends EventType> = Envelope & { type: T } & Fields[T] &
  (T extends 'visit' ? { url: string } : unknown);

/** One event as it travels. */
export type WireEvent = { [T in EventType]: WireEventOf<T> }[EventType];

/** The body of `POST /v1/events`, sent as text/plain so that no preflight is needed. */
export interface Batch {
  v: typeof WIRE_VERSION;
  store: string;
  visitor: string;
  /** The sender's clock when the request left: what the clock's error is measured by. */
  sent: number;
  /** Events that the sender's bounded outbox had to drop since an answer last came; its text will do. */
  dropped?: number | string | undefined;
  events: WireEvent[];
}

/** What the collector says: received = accepted + duplicate + rejected.length. */
export interface Answer {
  accepted: number;
  duplicate: number;
  rejected: Rejection[];
}

export interface Rejection {
  /** The event's id as it was sent, or null when it had none. */
  id: string | null;
  reason: EventReason;
}

export const LIMITS = {
  /** Events in one request. */
  events: 50,
  /** Bytes of one request; under the 64 KiB that a page may have in flight with keepalive. */
  bytes: 60_000,
  /** Bytes of a request with one event alone: an order of many long items must not be lost. */
  single: 500_000,
  /** Characters of an event's, visitor's or visit's id. */
  id: 128,
  /** Characters of a merchant's order number: `payment:` and it must fit an id. */
  order: 100,
  /** Characters of a path; longer ones are cut. */
  path: 512,
  /** Characters of a campaign parameter, an item, a name; longer ones are cut. */
  text: 200,
  /** Properties of a custom step. */
  props: 20,
  /** Items of an order. */
  items: 100,
  /** Major units: above it a value is a mistake, and minor units stay exact integers. */
  value: 1e10,
  /** Milliseconds of attention one event may claim: one visit's whole gap. */
  engaged: 30 * 60_000,
  /** A visit ends with a gap of this many milliseconds. */
  visitGap: 30 * 60_000,
  /** The client's clock is believed within this many milliseconds of the server's. */
  clockSkew: 5 * 60_000,
  /** Events from before this many milliseconds ago are refused by the collector; import takes them. */
  age: 400 * 86_400_000,
} as const;

/** What makes a visit's visitor effective where a store does not say otherwise. */
export const EFFECTIVE = {
  pages: 2,
  /** Milliseconds of attention. */
  engaged: 10_000,
} as const;

/** Why one event was refused. A closed list: validator, answer, dashboard, docs and tests share it. */
export const EVENT_REASONS = {
  not_an_object: 'The event is not a JSON object.',
  invalid_id: `The event needs an id: text of 1 to ${LIMITS.id} characters. One with a colon belongs to the order or payment it names.`,
  unknown_type: `The type is not one of ${EVENT_TYPES.join(', ')}.`,
  invalid_visit: `The event needs its visit: text of 1 to ${LIMITS.id} characters without spaces.`,
  invalid_visitor: `The event needs its visitor: text of 1 to ${LIMITS.id} characters without spaces.`,
  invalid_time:
    'The time (at) must be whole milliseconds since 1970 and not in the future; in an import also ISO 8601 with its zone.',
  too_old: `The event is older than ${LIMITS.age / 86_400_000} days; import history with npm run import.`,
  invalid_url: 'The url must be the full http or https address of the page, and a visit needs one.',
  invalid_engaged: 'The attention (engaged) must be milliseconds, 0 or more.',
  invalid_via: `The way of an inquiry (via) is not one of ${INQUIRY_WAYS.join(', ')}.`,
  missing_order: 'The order number is missing or empty; send the shop’s own.',
  invalid_order: `The order number must be one line of at most ${LIMITS.order} characters.`,
  invalid_value: `The value must be a number of major units from 0 to ${LIMITS.value}, not text.`,
  invalid_currency: 'The currency must be an ISO 4217 code in upper case, such as USD.',
  invalid_items: `The items must be a list of at most ${LIMITS.items} objects.`,
  missing_name: 'A custom step needs a name.',
  invalid_props: `The props must be a flat object of at most ${LIMITS.props} texts, numbers or booleans.`,
  personal_data:
    'An id or the order number is personal (an e-mail address, a card number, a token …); send a number of the shop’s own.',
  bot: 'The sender is a robot by its user agent; robots are not counted.',
} as const;
export type EventReason = keyof typeof EVENT_REASONS;

/** Why a whole request was refused. Nothing of it is stored; retry only what says so. */
export const REQUEST_REASONS = {
  invalid_json: { status: 400, says: 'The body is not JSON.' },
  invalid_body: { status: 400, says: 'The body must be an object with v, store, visitor, sent and events.' },
  unsupported_version: { status: 400, says: `The wire version (v) must be ${WIRE_VERSION}.` },
  no_events: { status: 400, says: 'The list of events is empty.' },
  too_many_events: { status: 413, says: `At most ${LIMITS.events} events go in one request; split them.` },
  too_large: {
    status: 413,
    says: `At most ${LIMITS.bytes} bytes go in one request, ${LIMITS.single} with one event alone; split the events.`,
  },
  unknown_store: { status: 404, says: 'No store has this id; copy the script tag again from the dashboard.' },
  missing_origin: { status: 403, says: 'The request names no origin; events come from a shop’s page.' },
  foreign_origin: {
    status: 403,
    says: 'This origin is not on the store’s list; add it with: npm run admin -- store update',
  },
  too_many_requests: {
    status: 429,
    says: 'Too many requests of one network or store; send the same events again after Retry-After.',
  },
  over_budget: {
    status: 429,
    says: 'The store has used up its events of the day; send the same events again after Retry-After. Its owner may raise the bound.',
  },
  unavailable: { status: 503, says: 'The database is busy; send the same events again after Retry-After.' },
} as const;
export type RequestReason = keyof typeof REQUEST_REASONS;
