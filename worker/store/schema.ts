// What happened in the shops, and what is derived from it; of each table what it is, how long it lives, how sensitive it
// is. The truth is `events`; `visits`, `orders` and `refunds` are derived from it, `sealed` from those, and all four can
// be dropped and rebuilt.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RefusalReason } from '../collect/tally.ts';

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
    // Sales of nobody known, which no visit leads to.
    index('events_unattributed').on(table.store, table.day).where(sql`visitor is null`),
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
    /** What a browser alone claims above the store's limit: `value`, or `paid`, is 0 then until a server confirms it. */
    held: integer(),
    paidHeld: integer('paid_held'),
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
