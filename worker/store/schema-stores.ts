// What people make and the installation keeps for them: stores, who may see them, credentials, notes and funnels. Of
// each: what it is, how long it lives, how sensitive it is.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { EFFECTIVE } from '../../sdk/event.ts';
import { type ChannelRule, CONFIRM } from '../collect/event.ts';
import type { SecretKind } from '../collect/signature.ts';

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
  (table) => [primaryKey({ columns: [table.user, table.store] }), index('members_store').on(table.store)],
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
    question: text({ mode: 'json' }).$type<Record<string, string | string[] | undefined>>().notNull(),
    created: integer().notNull(),
  },
  (table) => [index('funnels_store').on(table.store)],
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
    /** SHA-256 of the server’s secret, method, path and body. */
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
