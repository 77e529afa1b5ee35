// Secrets of signed calls: shown once, kept locked, several at a time so that they can be changed without a gap.
import { and, asc, count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { SecretKind } from '../collect/signature.ts';
import type { Env } from '../env.ts';
import { report } from '../log.ts';
import { randomText } from './random.ts';
import { secrets, stores } from './schema-stores.ts';
import { lock, unlock } from './vault.ts';

/** Tells secret scanners and people what it is. */
const PREFIX = 'tundish_sign_';
/** Characters shown of a secret, of at least 190 random bits. */
const HINT = 4;
/** Active secrets of one kind: each one more is tried for every call. */
export const MAX_SECRETS = 5;

/** Where a secret lies; locked for this place alone. */
const placeOf = (store: number, kind: SecretKind, id: string) => `${store} ${kind} ${id}`;

const shown = {
  id: secrets.id,
  store: stores.id,
  kind: secrets.kind,
  name: secrets.name,
  hint: secrets.hint,
  created: secrets.created,
};

interface NewSecret {
  kind: SecretKind;
  name: string;
  /** What the other side has made; where it makes none, one is made here. */
  secret?: string | undefined;
}

/** Makes or takes a secret; it is in this answer and never again. Null where the store has too many. */
export async function createSecret(
  env: Env,
  store: { key: number; id: string },
  { kind, name, secret = PREFIX + randomText(37) }: NewSecret,
  now: number,
) {
  const db = drizzle(env.DB);
  const own = and(eq(secrets.store, store.key), eq(secrets.kind, kind));
  const active = await db.select({ n: count() }).from(secrets).where(own).get();
  if ((active?.n ?? 0) >= MAX_SECRETS) return null;
  const id = `sc_${randomText(10)}`;
  const hint = secret.slice(-HINT);
  const locked = await lock(env, placeOf(store.key, kind, id), secret);
  await db.insert(secrets).values({ id, store: store.key, kind, name, hint, locked, created: now });
  return { id, store: store.id, kind, name, hint, created: now, secret };
}

export function listSecrets(env: Env, store: string) {
  return drizzle(env.DB)
    .select(shown)
    .from(secrets)
    .innerJoin(stores, eq(stores.key, secrets.store))
    .where(eq(stores.id, store))
    .orderBy(asc(secrets.created), asc(secrets.id))
    .all();
}

/** The public id of the store that a secret belongs to, or null. */
export async function storeOfSecret(env: Env, id: string): Promise<string | null> {
  const found = await drizzle(env.DB)
    .select({ store: stores.id })
    .from(secrets)
    .innerJoin(stores, eq(stores.key, secrets.store))
    .where(eq(secrets.id, id))
    .get();
  return found?.store ?? null;
}

/** From the next call on it fits nothing, everywhere: no isolate remembers secrets. */
export async function revokeSecret(env: Env, id: string): Promise<void> {
  await drizzle(env.DB).delete(secrets).where(eq(secrets.id, id));
}

/** A store's active secrets, as they are; one that cannot be opened is none. */
export async function activeSecrets(env: Env, store: number, kind: SecretKind): Promise<string[]> {
  const rows = await drizzle(env.DB)
    .select({ id: secrets.id, locked: secrets.locked })
    .from(secrets)
    .where(and(eq(secrets.store, store), eq(secrets.kind, kind)))
    .all();
  const opened = await Promise.all(
    rows.map(({ id, locked }) => unlock(env, placeOf(store, kind, id), locked)),
  );
  if (opened.includes(null))
    report({
      what: 'secret',
      says: 'A secret of signed calls cannot be opened: TUNDISH_SECRET has changed since it was made. Make a new one.',
    });
  return opened.filter((secret) => secret !== null);
}
