// How often sign-in was lately tried from a network or for an address, so that nobody can guess for long.
import { Buffer } from 'node:buffer';
import { inArray, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { type Env, secretOf } from '../env.ts';
import { rateLimit } from './accounts.ts';

/** Milliseconds in which tries are counted together; over after the first of them, not after the last. */
const WINDOW = 15 * 60_000;

/** Something that is tried, and how often it may fail in a window. */
export interface Tried {
  /** What is counted together: never kept as it is. */
  name: string;
  most: number;
}

/** Under the server's secret, so that neither an address of the network nor one of mail can be read from it, or tried. */
async function keyOf(env: Env, name: string): Promise<string> {
  const secret = new TextEncoder().encode(`tries\n${secretOf(env)}`);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return Buffer.from(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(name))).toString(
    'base64url',
  );
}

/**
 * Counts a try before it is made, so that many at once cannot slip through together.
 * @returns seconds after which to try again, or null where this one may be made.
 */
export async function countTry(env: Env, tried: readonly Tried[], now: number): Promise<number | null> {
  const db = drizzle(env.DB);
  const over = sql`${rateLimit.lastRequest} <= ${now - WINDOW}`;
  let wait: number | null = null;
  for (const { name, most } of tried) {
    const key = await keyOf(env, name);
    const counted = await db
      .insert(rateLimit)
      .values({ id: key, key, count: 1, lastRequest: now })
      .onConflictDoUpdate({
        target: rateLimit.key,
        set: {
          count: sql`case when ${over} then 1 else ${rateLimit.count} + 1 end`,
          lastRequest: sql`case when ${over} then ${now} else ${rateLimit.lastRequest} end`,
        },
      })
      .returning({ count: rateLimit.count, began: rateLimit.lastRequest })
      .get();
    if (counted.count > most) wait = Math.max(wait ?? 1, Math.ceil((counted.began + WINDOW - now) / 1000));
  }
  return wait;
}

/** A try that was right is none: it is taken back. */
export async function takeBack(env: Env, tried: readonly Tried[]): Promise<void> {
  const keys = await Promise.all(tried.map(({ name }) => keyOf(env, name)));
  await drizzle(env.DB)
    .update(rateLimit)
    .set({ count: sql`max(0, ${rateLimit.count} - 1)` })
    .where(inArray(rateLimit.key, keys));
}

/** Forgets windows that are over. */
export async function forgetTries(env: Env, now: number): Promise<void> {
  await drizzle(env.DB)
    .delete(rateLimit)
    .where(lt(rateLimit.lastRequest, now - WINDOW));
}
