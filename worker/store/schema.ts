// Every stored thing: what it is, how long it lives, how sensitive it is. The truth is `events`; `visits`, `orders`
// and `refunds` are derived from it, `sealed` from those, and all four can be dropped and rebuilt.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { EFFECTIVE } from '../../sdk/event.ts';
import { type ChannelRule, CONFIRM } from '../collect/event.ts';
import type { SecretKind } from '../collect/signature.ts';
import type { RefusalReason } from '../collect/tally.ts';

/** One shop being measured. Lives until its owner deletes it. Not personal. */
export const stores = sqliteTable('stores', {
  /** Stands for the store in every other table: two bytes instead of thirteen. */
  key: integer().primaryKey(),
  /** Public; part of the script tag. */
  id: text().notNull().unique(),
  name: text().notNull(),
  /** Origins whose pages may send events. Never empty: an empty list lets nobody in. */
  origins: text({ mode: 'json' }).$type<string[]>().notNull(),
  timezone: text().notNull(),
  currency: text().notNull(),
  /** Made-up traffic, marked so wherever it is shown. */
  demo: integer({ mode: 'boolean' }).notNull().default(false),
  minPages: integer('min_pages').notNull().default(EFFECTIVE.pages),
  minEngaged: integer('min_engaged').notNull().default(EFFECTIVE.engaged),
  /** The store's own rules for channels, in order; they go before the list that all stores share. */
  channelRules: text('channel_rules', { mode: 'json' }).$type<ChannelRule[]>().notNull().default([]),
  /** Which sales count only when a server has confirmed them. */
  confirm: text({ enum: CONFIRM }).notNull().default('none'),
  /** What one unit of another currency is worth in the store's own; null where sums stay apart. */
  exchangeRates: text('exchange_rates', { mode: 'json' }).$type<Record<string, number>>(),
  /** Days after which what happened is forgotten; null for never. */
  retentionDays: integer('retention_days'),
  /** Events of one day above which the collector refuses more until midnight; null for no bound. */
  dailyEvents: integer('daily_events'),
  /** Whole minor units above which a sale that only a browser claims is kept but not added up; null for the usual bound. */
  claimLimit: integer('claim_limit'),
  /** When its owner had it deleted: nobody sees it from then on, and the scheduled job empties it; null of one that lives. */
  deleted: integer(),
  /** Days before this one are sealed, or have nothing to seal; the scheduled job goes on from here. */
  sealFrom: integer('seal_from').notNull().default(0),
  /** How often days were sealed: what is sealed later has a higher version. */
  sealings: integer().notNull().default(0),
  /** Where deriving everything anew goes on, after a setting that it depends on has changed; null when it is done. */
  recountAfter: text('recount_after'),
  /** When that may begin: by then every isolate knows the new settings. */
  recountAt: integer('recount_at'),
  created: integer().notNull(),
});

/** What a person may do in a store: everything, change what is shown and how it is counted, or look. */
export const ROLES = ['owner', 'editor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** Stands for every store, those to come included, where a member's store is asked for. */
export const ALL_STORES = 0;

/** Who may see which store. Personal by its user; lives until the member is removed or the store deleted. */
export const members = sqliteTable(
  'members',
  {
    user: text().notNull(),
    /** A store's key, or ALL_STORES. */
    store: integer().notNull(),
    role: text({ enum: ROLES }).notNull(),
    created: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.user, table.store] }),
    index('members_store').on(table.store),
  ],
);

/** Links that let whoever has them look at one store. Live until revoked or expired. Secret: only a hash is kept. */
export const shares = sqliteTable(
  'shares',
  {
    id: text().primaryKey(),
    store: integer().notNull(),
    name: text().notNull(),
    /** SHA-256 of the link's random part, base64url. */
    hash: text().notNull(),
    created: integer().notNull(),
    /** When it opens nothing any more; null for never. */
    expires: integer(),
    /** Exact to the hour. */
    lastUsed: integer('last_used'),
  },
  (table) => [uniqueIndex('shares_hash').on(table.hash), index('shares_store').on(table.store)],
);

/** What a person notes about a day: a campaign's start, a new price. Lives until deleted. Not personal unless so written. */
export const annotations = sqliteTable(
  'annotations',
  {
    id: text().primaryKey(),
    store: integer().notNull(),
    /** Day in the store's time zone, counted from 1970-01-01. */
    day: integer().notNull(),
    text: text().notNull(),
    created: integer().notNull(),
  },
  (table) => [index('annotations_day').on(table.store, table.day)],
);

/** Funnels that were built and kept. Live until deleted. Not personal. */
export const funnels = sqliteTable(
  'funnels',
  {
    id: text().primaryKey(),
    store: integer().notNull(),
    name: text().notNull(),
    /** What is asked, without store and period: JSON of the endpoint's own parameters. */
    question: text({ mode: 'json' }).$type<Record<string, string | string[]>>().notNull(),
    created: integer().notNull(),
  },
  (table) => [index('funnels_store').on(table.store)],
);

/** How many events of a day were accepted: added up in each isolate and written now and then. Lives 40 days. Not personal. */
export const usage = sqliteTable(
  'usage',
  {
    store: integer().notNull(),
    /** Day in the store's time zone, counted from 1970-01-01. */
    day: integer().notNull(),
    events: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.store, table.day] })],
);

/** What a token may do in its store: ask, send events, or all that its owner may, these two included. */
export const SCOPES_OF_TOKENS = ['read', 'write', 'admin'] as const;
export type TokenScope = (typeof SCOPES_OF_TOKENS)[number];

/** Bearer tokens of one store. Live until revoked, and open nothing after they expire. Secret: only a hash is kept. */
export const tokens = sqliteTable(
  'tokens',
  {
    id: text().primaryKey(),
    store: integer().notNull(),
    name: text().notNull(),
    /** SHA-256 of the token, base64url. The token has 190 random bits, so that a plain hash holds. */
    hash: text().notNull(),
    /** Those from before there were scopes read, and did nothing else. */
    scopes: text({ mode: 'json' }).$type<TokenScope[]>().notNull().default(['read']),
    created: integer().notNull(),
    /** When it opens nothing any more; null for never. */
    expires: integer(),
    /** Exact to the hour, so that a busy token does not cost a write a request. */
    lastUsed: integer('last_used'),
  },
  (table) => [uniqueIndex('tokens_hash').on(table.hash), index('tokens_store').on(table.store)],
);

/**
 * Answers to writes that came with an Idempotency-Key, given again to whoever repeats the request. Live a day. Secret:
 * an answer may hold a token, so that it is kept encrypted under a key that is not here.
 */
export const answers = sqliteTable(
  'answers',
  {
    /** SHA-256 of the credential and its key. */
    id: text().primaryKey(),
    /** SHA-256 of method, path and body. */
    request: text().notNull(),
    /** Null while the first request is not answered. */
    status: integer(),
    body: text(),
    created: integer().notNull(),
  },
  (table) => [index('answers_created').on(table.created)],
);

/**
 * What a store's servers, or Stripe for it, sign with. Live until revoked. Secret, and needed as it is to verify: kept
 * encrypted under a key that the database does not hold; see vault.ts.
 */
export const secrets = sqliteTable(
  'secrets',
  {
    id: text().primaryKey(),
    store: integer().notNull(),
    kind: text().$type<SecretKind>().notNull(),
    name: text().notNull(),
    /** Its last characters, to know it by. */
    hint: text().notNull(),
    /** AES-GCM, base64url, the nonce before it. */
    locked: text().notNull(),
    created: integer().notNull(),
  },
  (table) => [index('secrets_store').on(table.store)],
);

/**
 * What happened, once each; append-only. Pseudonymous: `visitor` is a random first-party id.
 * Never holds an IP, a raw user agent or a query string. Lives as long as the store keeps its data.
 *
 * WITHOUT ROWID (see migrations). The key makes an id unique in its store; an SDK id begins with its visit's,
 * so that a visit's events lie together and no second index is written for them.
 */
export const events = sqliteTable(
  'events',
  {
    store: integer().notNull(),
    /** What a server sent has one that no browser can send; see collect/confirm.ts. */
    id: text().notNull(),
    visitor: text(),
    /** The visit, where the id does not begin with it (orders, foreign ids): found by events_apart then. */
    visit: text(),
    apart: integer(),
    /** Characters of the id that are the visit's, where it does; the visit is not written a second time. */
    stem: integer(),
    type: text().notNull(),
    /** Believed time, milliseconds since 1970. */
    at: integer().notNull(),
    /** Day in the store's time zone, counted from 1970-01-01. */
    day: integer().notNull(),
    /** Path of the page, without query. */
    path: text(),
    /** Where a page view came from, when it says. */
    channel: text(),
    source: text(),
    medium: text(),
    campaign: text(),
    device: text(),
    country: text(),
    /** Milliseconds of attention since the last event that carried it. */
    engaged: integer(),
    /** The merchant's order number. */
    order: text('order_id'),
    /** Whole minor units of `currency`. */
    value: integer(),
    currency: text(),
    /** JSON of what only some types carry. */
    data: text(),
  },
  (table) => [
    primaryKey({ columns: [table.store, table.id] }),
    index('events_apart').on(table.store, table.visit).where(sql`apart = 1`),
    index('events_order').on(table.store, table.order).where(sql`order_id is not null`),
  ],
);

/**
 * One row for each day of a visit; derived. Facts of the whole visit (start, origin, entry, exit, effective)
 * stand on each of its days; pages, attention and inquiries are that day's. As pseudonymous as `events`.
 */
export const visits = sqliteTable(
  'visits',
  {
    store: integer().notNull(),
    day: integer().notNull(),
    visitor: text().notNull(),
    visit: text().notNull(),
    /** First and last moment of the whole visit. */
    start: integer().notNull(),
    ended: integer().notNull(),
    pages: integer().notNull(),
    engaged: integer().notNull(),
    /** 1 when the visit makes its visitor effective by the store's thresholds. */
    effective: integer().notNull(),
    inquiries: integer().notNull(),
    /** Time and id of the day's first inquiry, comparable as text. */
    inquiry: text(),
    /**
     * The day's events in their order, as JSON of texts such as 34000v/cart: milliseconds since `start`, a letter for
     * the type, and what there is to know of it; see trail.ts. Hours and funnels are counted from it.
     */
    trail: text().notNull().default('[]'),
    entry: text(),
    exit: text(),
    channel: text().notNull(),
    source: text(),
    medium: text(),
    campaign: text(),
    device: text(),
    country: text(),
  },
  (table) => [
    primaryKey({ columns: [table.store, table.day, table.visitor, table.visit] }),
    // The key's day and visit follow by themselves. Nothing in it changes, so that only new rows write to it.
    index('visits_visitor').on(table.store, table.visitor),
  ],
);

/** One row for each merchant order id; derived. Whose it is was said by a confirmation, or by its earliest claim. */
export const orders = sqliteTable(
  'orders',
  {
    store: integer().notNull(),
    order: text('order_id').notNull(),
    visitor: text(),
    visit: text(),
    /** When it was placed; null while only its payment or refund is known. */
    at: integer(),
    day: integer(),
    /** Time and id of the placing, comparable as text. */
    placed: text(),
    value: integer(),
    currency: text(),
    /** 1 when a server has confirmed the order. */
    confirmed: integer().notNull().default(0),
    paidAt: integer('paid_at'),
    paidDay: integer('paid_day'),
    paid: integer(),
    paidCurrency: text('paid_currency'),
    /** 1 when a server has confirmed the payment. */
    paidConfirmed: integer('paid_confirmed').notNull().default(0),
    /** Given back in the currency of the payment; never more than was paid. */
    refunded: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.store, table.order] }),
    index('orders_day').on(table.store, table.day).where(sql`day is not null`),
    index('orders_paid').on(table.store, table.paidDay).where(sql`paid_day is not null`),
    index('orders_visitor').on(table.store, table.visitor).where(sql`visitor is not null`),
  ],
);

/** What was given back of an order, and when; derived. Never more in all than was paid for the order. */
export const refunds = sqliteTable(
  'refunds',
  {
    store: integer().notNull(),
    order: text('order_id').notNull(),
    at: integer().notNull(),
    day: integer().notNull(),
    /** Whole minor units of the payment's currency. */
    value: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.store, table.order, table.at] }),
    index('refunds_day').on(table.store, table.day),
  ],
);

/**
 * What is over, added up: one row for each scope and day, derived from `visits`, `orders` and `refunds`, and deleted
 * by triggers as soon as one of them changes what it says. Each column but the key holds a day's figures under one
 * dimension, as pack.ts reads them; null where the dimension has too many values, so that the day is counted live.
 * Not personal.
 */
export const sealed = sqliteTable(
  'sealed',
  {
    store: integer().notNull(),
    scope: text({ enum: ['visitor', 'visit'] }).notNull(),
    day: integer().notNull(),
    /** Higher than that of all days sealed before; stands before the long columns, so that reading it reads no more. */
    version: integer().notNull(),
    total: text(),
    channel: text(),
    visitorKind: text('visitor_kind'),
    device: text(),
    country: text(),
    medium: text(),
    source: text(),
    campaign: text(),
  },
  (table) => [primaryKey({ columns: [table.store, table.scope, table.day] })],
);

/**
 * What was refused, added up: why events of a store do not arrive. One row for each reason and origin, bounded for each
 * store. Not personal: of the sender only the page's origin. Lives 7 days after its last time.
 */
export const refusals = sqliteTable(
  'refusals',
  {
    /** 0 where the request named no store of this installation. */
    store: integer().notNull(),
    /** The id it named then; * stands for all past the bound. */
    named: text().notNull(),
    reason: text().$type<RefusalReason>().notNull(),
    /** Empty where the request named none; * stands for all past the bound. */
    origin: text().notNull(),
    first: integer().notNull(),
    last: integer().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.store, table.named, table.reason, table.origin] })],
);
