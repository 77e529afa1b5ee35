// Bearer tokens of the metrics endpoint: shown once, kept as a hash.
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { randomText } from './random.ts';
import { stores, tokens } from './schema.ts';

const HOUR = 3_600_000;
/** Tells secret scanners and people what it is. */
const PREFIX = 'tundish_';

async function hashOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return Buffer.from(digest).toString('base64url');
}

const shown = {
  id: tokens.id,
  store: stores.id,
  name: tokens.name,
  created: tokens.created,
  last_used: tokens.lastUsed,
};

/** Makes a token; the secret is in this answer and nowhere else. */
export async function createToken(env: Env, store: { key: number; id: string }, name: string, now: number) {
  const secret = PREFIX + randomText(37);
  const id = `tk_${randomText(10)}`;
  await drizzle(env.DB)
    .insert(tokens)
    .values({ id, store: store.key, name, hash: await hashOf(secret), created: now });
  return { id, store: store.id, name, created: now, last_used: null, secret };
}

export function listTokens(env: Env, store: string) {
  return drizzle(env.DB)
    .select(shown)
    .from(tokens)
    .innerJoin(stores, eq(stores.key, tokens.store))
    .where(eq(stores.id, store))
    .orderBy(asc(tokens.created), asc(tokens.id))
    .all();
}

/** False when there was no such token. */
export async function revokeToken(env: Env, id: string): Promise<boolean> {
  const gone = await drizzle(env.DB).delete(tokens).where(eq(tokens.id, id)).returning({ id: tokens.id });
  return gone.length > 0;
}

/** The public id of the store a secret opens, or null. */
export async function storeOfToken(env: Env, secret: string, now: number): Promise<string | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const db = drizzle(env.DB);
  const found = await db
    .select({ id: tokens.id, store: stores.id, lastUsed: tokens.lastUsed })
    .from(tokens)
    .innerJoin(stores, eq(stores.key, tokens.store))
    .where(eq(tokens.hash, await hashOf(secret)))
    .get();
  if (!found) return null;
  if (found.lastUsed === null || found.lastUsed < now - HOUR)
    await db
      .update(tokens)
      .set({ lastUsed: now })
      .where(and(eq(tokens.id, found.id), or(isNull(tokens.lastUsed), lt(tokens.lastUsed, now - HOUR))));
  return found.store;
}
