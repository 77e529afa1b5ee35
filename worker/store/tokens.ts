// Bearer tokens of one store: shown once, kept as a hash.
import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { randomText } from './random.ts';
import { stores, type TokenScope, tokens } from './schema-stores.ts';

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
  scopes: tokens.scopes,
  created: tokens.created,
  expires: tokens.expires,
  last_used: tokens.lastUsed,
};

export interface NewToken {
  name: string;
  scopes: TokenScope[];
  /** Milliseconds since 1970, or null for never. */
  expires: number | null;
}

/** Makes a token; the secret is in this answer and nowhere else. */
export async function createToken(
  env: Env,
  store: { key: number; id: string },
  { name, scopes, expires }: NewToken,
  now: number,
) {
  const secret = PREFIX + randomText(37);
  const made = { id: `tk_${randomText(10)}`, name, scopes, created: now, expires };
  await drizzle(env.DB)
    .insert(tokens)
    .values({ ...made, store: store.key, hash: await hashOf(secret) });
  return { ...made, store: store.id, last_used: null, secret };
}

/** Where a list of tokens goes on. */
export type TokenPlace = [created: number, id: string];

/** A store's tokens, the oldest first. */
export function listTokens(env: Env, store: number, after: TokenPlace | undefined, limit: number) {
  const [created, id] = after ?? [0, ''];
  return drizzle(env.DB)
    .select(shown)
    .from(tokens)
    .innerJoin(stores, eq(stores.key, tokens.store))
    .where(and(eq(tokens.store, store), sql`(${tokens.created}, ${tokens.id}) > (${created}, ${id})`))
    .orderBy(asc(tokens.created), asc(tokens.id))
    .limit(limit)
    .all();
}

/** The public id of a token's store, or null where there is no such token. */
export async function storeOfToken(env: Env, id: string): Promise<string | null> {
  const found = await drizzle(env.DB)
    .select({ store: stores.id })
    .from(tokens)
    .innerJoin(stores, eq(stores.key, tokens.store))
    .where(eq(tokens.id, id))
    .get();
  return found?.store ?? null;
}

/** False when there was no such token. */
export async function revokeToken(env: Env, id: string): Promise<boolean> {
  const gone = await drizzle(env.DB).delete(tokens).where(eq(tokens.id, id)).returning({ id: tokens.id });
  return gone.length > 0;
}

/** What a secret opens at this moment, or null. */
export async function openedBy(
  env: Env,
  secret: string,
  now: number,
): Promise<{ id: string; store: string; scopes: TokenScope[] } | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const db = drizzle(env.DB);
  const found = await db
    .select({ id: tokens.id, store: stores.id, scopes: tokens.scopes, lastUsed: tokens.lastUsed })
    .from(tokens)
    .innerJoin(stores, eq(stores.key, tokens.store))
    .where(and(eq(tokens.hash, await hashOf(secret)), or(isNull(tokens.expires), gt(tokens.expires, now))))
    .get();
  if (!found) return null;
  const { lastUsed, ...opened } = found;
  if (lastUsed === null || lastUsed < now - HOUR)
    await db
      .update(tokens)
      .set({ lastUsed: now })
      .where(and(eq(tokens.id, found.id), or(isNull(tokens.lastUsed), lt(tokens.lastUsed, now - HOUR))));
  return opened;
}
