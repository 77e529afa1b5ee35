// Share links of a store: shown once, kept as a hash, looked up at every request so that revoking works at once.
import { and, asc, count, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { digestOf } from './idempotency.ts';
import { randomText } from './random.ts';
import { shares, stores } from './schema-stores.ts';

const HOUR = 3_600_000;
/** Characters of a link's random part: 191 bits, so that a plain hash holds. */
const LENGTH = 37;
/** Links of one store. */
export const MAX_SHARES = 20;

const shown = {
  id: shares.id,
  store: stores.id,
  name: shares.name,
  created: shares.created,
  expires: shares.expires,
  last_used: shares.lastUsed,
};

export interface NewShare {
  name: string;
  /** Milliseconds since 1970, or null for never. */
  expires: number | null;
}

/** Makes a link; its random part is in this answer and nowhere else. Null where the store has too many. */
export async function createShare(
  env: Env,
  store: { key: number; id: string },
  { name, expires }: NewShare,
  now: number,
) {
  const db = drizzle(env.DB);
  const held = await db.select({ n: count() }).from(shares).where(eq(shares.store, store.key)).get();
  if ((held?.n ?? 0) >= MAX_SHARES) return null;
  const secret = randomText(LENGTH);
  const made = { id: `sh_${randomText(10)}`, name, created: now, expires };
  await db.insert(shares).values({ ...made, store: store.key, hash: await digestOf(secret) });
  return { ...made, store: store.id, last_used: null, secret };
}

export function listShares(env: Env, store: number) {
  return drizzle(env.DB)
    .select(shown)
    .from(shares)
    .innerJoin(stores, eq(stores.key, shares.store))
    .where(eq(shares.store, store))
    .orderBy(asc(shares.created), asc(shares.id))
    .all();
}

/** The public id of the store that a link belongs to, or null where there is no such link. */
export async function storeOfShare(env: Env, id: string): Promise<string | null> {
  const found = await drizzle(env.DB)
    .select({ store: stores.id })
    .from(shares)
    .innerJoin(stores, eq(stores.key, shares.store))
    .where(eq(shares.id, id))
    .get();
  return found?.store ?? null;
}

export async function revokeShare(env: Env, id: string): Promise<void> {
  await drizzle(env.DB).delete(shares).where(eq(shares.id, id));
}

export interface OpenShare {
  id: string;
  name: string;
  store: string;
  expires: number | null;
}

/** What a link's random part opens at this moment, or null. */
export async function openShare(env: Env, secret: string, now: number): Promise<OpenShare | null> {
  if (secret.length !== LENGTH) return null;
  const db = drizzle(env.DB);
  const found = await db
    .select(shown)
    .from(shares)
    .innerJoin(stores, and(eq(stores.key, shares.store), isNull(stores.deleted)))
    .where(and(eq(shares.hash, await digestOf(secret)), or(isNull(shares.expires), gt(shares.expires, now))))
    .get();
  if (!found) return null;
  const { id, name, store, expires, last_used } = found;
  if (last_used === null || last_used < now - HOUR)
    await db
      .update(shares)
      .set({ lastUsed: now })
      .where(and(eq(shares.id, id), or(isNull(shares.lastUsed), lt(shares.lastUsed, now - HOUR))));
  return { id, name, store, expires };
}
