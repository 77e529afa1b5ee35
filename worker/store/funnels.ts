// Funnels that were built and kept, of each store.
import { and, asc, count, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { randomText } from './random.ts';
import { funnels, stores } from './schema-stores.ts';

/** Of one store: more than anybody finds anything in. */
export const MAX_FUNNELS = 200;

/** What is asked, without store and period, as the endpoint's own parameters. */
export type KeptQuestion = (typeof funnels.$inferSelect)['question'];

const shown = {
  id: funnels.id,
  store: stores.id,
  name: funnels.name,
  question: funnels.question,
  created: funnels.created,
};
export type KeptFunnel = { id: string; store: string; name: string; question: KeptQuestion; created: number };

/** Where a list of funnels goes on. */
export type FunnelPlace = [created: number, id: string];

/** A store's funnels, the oldest first. */
export function listFunnels(
  env: Env,
  store: number,
  after: FunnelPlace | undefined,
  limit: number,
): Promise<KeptFunnel[]> {
  const [created, id] = after ?? [0, ''];
  return drizzle(env.DB)
    .select(shown)
    .from(funnels)
    .innerJoin(stores, eq(stores.key, funnels.store))
    .where(and(eq(funnels.store, store), sql`(${funnels.created}, ${funnels.id}) > (${created}, ${id})`))
    .orderBy(asc(funnels.created), asc(funnels.id))
    .limit(limit)
    .all();
}

export async function findFunnel(env: Env, id: string): Promise<KeptFunnel | null> {
  const found = await drizzle(env.DB)
    .select(shown)
    .from(funnels)
    .innerJoin(stores, eq(stores.key, funnels.store))
    .where(eq(funnels.id, id))
    .get();
  return found ?? null;
}

/** Null where the store has too many. */
export async function keepFunnel(
  env: Env,
  store: { key: number; id: string },
  { name, question }: Pick<KeptFunnel, 'name' | 'question'>,
  now: number,
): Promise<KeptFunnel | null> {
  const db = drizzle(env.DB);
  const kept = await db.select({ n: count() }).from(funnels).where(eq(funnels.store, store.key)).get();
  if ((kept?.n ?? 0) >= MAX_FUNNELS) return null;
  const made = { id: `fn_${randomText(10)}`, name, question, created: now };
  await db.insert(funnels).values({ ...made, store: store.key });
  return { ...made, store: store.id };
}

/** What is not named stays. False where there is no such funnel any more. */
export async function changeFunnel(
  env: Env,
  id: string,
  change: Partial<Pick<KeptFunnel, 'name' | 'question'>>,
): Promise<boolean> {
  if (Object.keys(change).length === 0) return true;
  const changed = await drizzle(env.DB)
    .update(funnels)
    .set(change)
    .where(eq(funnels.id, id))
    .returning({ id: funnels.id });
  return changed.length > 0;
}

export async function forgetFunnel(env: Env, id: string): Promise<void> {
  await drizzle(env.DB).delete(funnels).where(eq(funnels.id, id));
}
