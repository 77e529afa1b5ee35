// Stores: made, found, listed; and what the collector knows of them, kept for half a minute.
import { and, asc, eq, gt, gte, lt, min, or, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { randomText } from './random.ts';
import { events, sealed, visits } from './schema.ts';
import { stores } from './schema-stores.ts';

export type StoredStore = typeof stores.$inferSelect;

/** Milliseconds for which an isolate believes what it read of a store. */
const SETTINGS_LIFE = 30_000;
/** Ids remembered at most, unknown ones included, so that made-up ids cannot fill the memory. */
const SETTINGS_KEPT = 1_000;

const remembered = new Map<string, { settings: StoreSettings | null; until: number }>();

const isStoreId = (text: string) => /^st_[0-9a-z]{10,20}$/.test(text);

export function settingsOf(store: StoredStore): StoreSettings {
  const { key, id, origins, timezone, currency, minPages, minEngaged, channelRules, confirm } = store;
  return {
    key,
    id,
    origins,
    timezone,
    currency,
    minPages,
    minEngaged,
    channelRules,
    confirm,
    exchangeRates: store.exchangeRates,
    recounting: store.recountAfter !== null,
  };
}

/** A store's settings, or null when there is none with this id. */
export async function findSettings(env: Env, id: string, now: number): Promise<StoreSettings | null> {
  if (!isStoreId(id)) return null;
  const known = remembered.get(id);
  if (known && known.until > now) return known.settings;
  const store = await findStore(env, id);
  const settings = store && settingsOf(store);
  if (remembered.size >= SETTINGS_KEPT) remembered.clear();
  remembered.set(id, { settings, until: now + SETTINGS_LIFE });
  return settings;
}

export async function findStore(env: Env, id: string): Promise<StoredStore | null> {
  return (await drizzle(env.DB).select().from(stores).where(eq(stores.id, id)).get()) ?? null;
}

export function listStores(env: Env): Promise<StoredStore[]> {
  return drizzle(env.DB).select().from(stores).orderBy(asc(stores.key)).all();
}

/** Some stores by their key, those after `after`; of all, or of those with certain ids. */
export function storesAfter(
  env: Env,
  after: number,
  limit: number,
  ids?: readonly string[],
): Promise<StoredStore[]> {
  return drizzle(env.DB)
    .select()
    .from(stores)
    .where(
      and(
        gt(stores.key, after),
        ids && sql`${stores.id} in (select value from json_each(${JSON.stringify(ids)}))`,
      ),
    )
    .orderBy(asc(stores.key))
    .limit(limit)
    .all();
}

export async function createStore(
  env: Env,
  wanted: Pick<StoredStore, 'name' | 'origins' | 'timezone' | 'currency'> & { demo?: boolean },
  now: number,
): Promise<StoredStore> {
  const store = await drizzle(env.DB)
    .insert(stores)
    .values({ ...wanted, id: `st_${randomText(10)}`, created: now })
    .returning()
    .get();
  remembered.delete(store.id);
  return store;
}

/** What may change of a store. */
export type StoreChange = Partial<
  Pick<
    StoredStore,
    'name' | 'origins' | 'timezone' | 'minPages' | 'minEngaged' | 'channelRules' | 'confirm' | 'exchangeRates'
  >
>;

/** Settings that what is derived depends on, and with it every sealed day. */
const RECOUNTED = ['timezone', 'minPages', 'minEngaged', 'channelRules', 'confirm'] as const;

/**
 * Changes a store. Where that changes what is derived, all days are unsealed and everything is derived anew, as soon
 * as no isolate believes the old settings any more: they do for up to half a minute.
 */
export async function changeStore(
  env: Env,
  store: StoredStore,
  change: StoreChange,
  now: number,
): Promise<StoredStore> {
  if (Object.keys(change).length === 0) return store;
  const changed = { ...store, ...change };
  const recounts = RECOUNTED.some((name) => JSON.stringify(store[name]) !== JSON.stringify(changed[name]));
  const begun = recounts ? { recountAfter: '', recountAt: now + 2 * SETTINGS_LIFE } : {};
  const db = drizzle(env.DB);
  // Nothing but the change is written: what was read with the store may be old, a recount may have begun or ended.
  const update = db
    .update(stores)
    .set({ ...change, ...begun })
    .where(eq(stores.key, store.key));
  if (recounts) await db.batch([update, db.delete(sealed).where(eq(sealed.store, store.key))]);
  else await update;
  remembered.delete(store.id);
  return { ...changed, ...begun };
}

/** The demo store, made where there is no store yet; null where an owner's stores stand alone. */
export async function keepDemoStore(
  env: Env,
  wanted: Parameters<typeof createStore>[1],
  now: number,
): Promise<StoredStore | null> {
  const all = await listStores(env);
  if (all.length === 0) return createStore(env, { ...wanted, demo: true }, now);
  const demo = all.find((store) => store.demo);
  if (!demo) return null;
  return changeStore(env, demo, { origins: wanted.origins }, now);
}

/** The first sale of a store that only servers feed: it has no visits. */
async function firstAnonymous(env: Env, store: StoredStore) {
  const sale = await drizzle(env.DB)
    .select({ type: events.type, at: events.at, path: events.path })
    .from(events)
    .where(eq(events.store, store.key))
    .orderBy(asc(events.id))
    .limit(1)
    .get();
  return sale ? { ...sale, channel: 'unattributed', source: null, device: null, country: null } : null;
}

/** The first event of a store's earliest visit, and where that visit came from; null before there is one. */
export async function firstEvent(env: Env, store: StoredStore) {
  const db = drizzle(env.DB);
  const { channel, source, device, country } = visits;
  const earliest = db
    .select({ day: min(visits.day) })
    .from(visits)
    .where(eq(visits.store, store.key));
  const first = await db
    .select({ visit: visits.visit, channel, source, device, country })
    .from(visits)
    .where(and(eq(visits.store, store.key), eq(visits.day, earliest)))
    .orderBy(asc(visits.start))
    .limit(1)
    .get();
  if (!first) return firstAnonymous(env, store);
  const { visit, ...origin } = first;
  const together = and(gte(events.id, `${visit}.`), lt(events.id, `${visit}/`));
  const apart = and(eq(events.visit, visit), eq(events.apart, 1));
  const event = await db
    .select({ type: events.type, at: events.at, path: events.path })
    .from(events)
    .where(and(eq(events.store, store.key), or(together, apart)))
    .orderBy(asc(events.at), asc(events.id))
    .limit(1)
    .get();
  return event ? { ...event, ...origin } : null;
}
