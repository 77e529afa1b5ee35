// How many events pages have sent on which day: added up elsewhere, written in one statement, forgotten after a while.
import { and, eq, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { dayOf } from '../collect/calendar.ts';
import { DAILY_EVENTS, type DayCount } from '../collect/limits.ts';
import type { Env } from '../env.ts';
import { usage } from './schema.ts';
import type { StoredStore } from './stores.ts';

/** Days for which it is known how much came. */
const LIFE = 40;
const DAY = 86_400_000;

const ADD = `
insert into usage (store, day, events)
select value->>'store', value->>'day', value->>'events' from json_each(?1) where true
on conflict do update set events = events + excluded.events
returning store, day, events`;

/** Adds to what is there. @returns what is there now. */
export async function addUsage(env: Env, counts: readonly DayCount[]): Promise<DayCount[]> {
  if (counts.length === 0) return [];
  return (await env.DB.prepare(ADD).bind(JSON.stringify(counts)).all<DayCount>()).results;
}

/** What pages of a store have sent today, and how much may come. */
export async function usageOf(
  env: Env,
  { key, timezone, dailyEvents }: StoredStore,
  now: number,
): Promise<{ events: number; limit: number }> {
  const today = await drizzle(env.DB)
    .select({ events: usage.events })
    .from(usage)
    .where(and(eq(usage.store, key), eq(usage.day, dayOf(now, timezone))))
    .get();
  return { events: today?.events ?? 0, limit: dailyEvents ?? DAILY_EVENTS };
}

/** Forgets days that are long over, by the calendar of UTC. */
export async function forgetUsage(env: Env, now: number): Promise<void> {
  await drizzle(env.DB)
    .delete(usage)
    .where(lt(usage.day, Math.floor(now / DAY) - LIFE));
}
