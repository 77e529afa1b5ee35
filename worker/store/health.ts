// What is told of the database's health: all migrations applied, and the scheduled job at work.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import journal from './migrations/meta/_journal.json' with { type: 'json' };
import { stores } from './schema-stores.ts';
import { lastOver } from './seal.ts';

/** Milliseconds after which a day that could be sealed is late: the job runs every few minutes. */
const LATE = 6 * 3_600_000;

export interface Health {
  migrations: 'applied' | 'missing';
  /** Late where a day has not been sealed, or a recount not ended, for hours. */
  jobs: 'on_time' | 'late';
}

/** @throws where the database does not answer, or has no tables at all. */
export async function healthOf(env: Env, now: number): Promise<Health> {
  const db = drizzle(env.DB);
  const applied = await db.all<{ name: string }>(sql`select name from d1_migrations`);
  const names = new Set(applied.map(({ name }) => name));
  if (journal.entries.some(({ tag }) => !names.has(`${tag}.sql`)))
    return { migrations: 'missing', jobs: 'late' };
  const { timezone, sealFrom, recountAfter, recountAt, created } = stores;
  const all = await db
    .select({ timezone, sealFrom, recountAfter, recountAt, created })
    .from(stores)
    .where(sql`${stores.deleted} is null and ${created} < ${now - LATE}`);
  const late = all.some((store) =>
    store.recountAfter === null
      ? store.sealFrom <= lastOver(store.timezone, now - LATE)
      : (store.recountAt ?? 0) < now - LATE,
  );
  return { migrations: 'applied', jobs: late ? 'late' : 'on_time' };
}
