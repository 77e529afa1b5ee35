// What the clock starts: forgets old refusals and counts, empties deleted stores, goes on with recounts, forgets what is kept no
// longer, then seals days that are over, a bounded while at a time.
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { report } from '../log.ts';
import { emptyStep } from './empty.ts';
import { rebuildStep } from './rebuild.ts';
import { forgetRefusals } from './refusals.ts';
import { retentionStep } from './retention.ts';
import { stores } from './schema-stores.ts';
import { lastOver, sealStep } from './seal.ts';
import { isForgotten, type StoredStore, settingsOf, storesToKeep } from './stores.ts';
import { forgetTries } from './tries.ts';
import { forgetUsage } from './usage.ts';

/** Milliseconds after which a run begins no further step; the next one goes on. */
const RUN = 20_000;

/**
 * Lets others in between two steps: one machine's engine, where the database runs beside the Worker, takes no request
 * as long as there is anything to go on with.
 */
const giveWay = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** One step of deriving a store anew; its place is kept in the store, so that it goes on after a restart. */
async function recountStep(env: Env, store: StoredStore, after: string): Promise<void> {
  const next = await rebuildStep(env, settingsOf(store), after);
  // If another change has begun it again in the meantime, it stays begun.
  await drizzle(env.DB)
    .update(stores)
    .set({ recountAfter: next })
    .where(
      and(
        eq(stores.key, store.key),
        eq(stores.recountAfter, after),
        eq(stores.recountAt, store.recountAt ?? 0),
      ),
    );
}

/** The next step of a store. @returns whether there was one. */
async function step(env: Env, store: StoredStore, now: number): Promise<boolean> {
  const { recountAfter, recountAt, sealFrom } = store;
  if (store.deleted !== null) return isForgotten(store.deleted, now) && emptyStep(env, store.key);
  if (recountAfter !== null) {
    if ((recountAt ?? 0) > now) return false;
    await recountStep(env, store, recountAfter);
    return true;
  }
  if (await retentionStep(env, store, now)) return true;
  if (sealFrom > lastOver(store.timezone, now)) return false;
  await sealStep(env, store, sealFrom, now);
  return true;
}

/** A job that fails is reported, and keeps no other from its turn. */
async function attempt<T>(job: string, run: () => Promise<T>, store?: StoredStore): Promise<T | undefined> {
  const began = Date.now();
  try {
    return await run();
  } catch (error) {
    report({ what: 'job', job, store: store?.id, milliseconds: Date.now() - began }, error);
    return undefined;
  }
}

/**
 * Does what is due at `now`, in all stores, for a while. A store whose step fails does not keep the others waiting.
 * @returns whether there is more to do.
 */
export async function runJobs(env: Env, now: number): Promise<boolean> {
  await attempt('forget_refusals', () => forgetRefusals(env, now));
  await attempt('forget_tries', () => forgetTries(env, now));
  await attempt('forget_usage', () => forgetUsage(env, now));
  const began = Date.now();
  const failed = new Set<number>();
  for (;;) {
    let busy = false;
    for (const store of await storesToKeep(env)) {
      if (failed.has(store.key)) continue;
      if (Date.now() - began > RUN) return true;
      const stepped = await attempt('step', () => step(env, store, now), store);
      if (stepped === undefined) failed.add(store.key);
      busy ||= stepped === true;
      if (stepped) await giveWay();
    }
    if (!busy) return false;
  }
}
