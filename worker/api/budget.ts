// Holds the collector to its limits: requests of a network and a store in a while, a store's events in a day.
import type { Context } from 'hono';
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import { DAILY_EVENTS, DayCounts, isLoopback, networkName, RATES, Windows } from '../collect/limits.ts';
import { Refusal } from '../collect/receive.ts';
import { type Env, secretOf } from '../env.ts';
import { report } from '../log.ts';
import { addUsage } from '../store/usage.ts';
import type { AppEnv } from './access.ts';
import { Seldom } from './seldom.ts';

const networks = new Windows(RATES.network);
const stores = new Windows(RATES.store);
const counts = new DayCounts();

/** Milliseconds between two writes of what was counted, however much comes. */
const EVERY = 2_000;
const writes = new Seldom(EVERY);

/** Seconds after which to ask whether there is room again: senders wait for no longer than half an hour. */
const BUDGET_RETRY = 900;

/** @throws {Refusal} when too much comes from one network. Of what comes through this machine itself none is known. */
export function limitNetwork(env: Env, ip: string | undefined, now: number): void {
  if (!ip || isLoopback(ip)) return;
  const { left, seconds } = networks.take(networkName(secretOf(env), ip), now);
  if (left < 0) throw new Refusal('too_many_requests', undefined, seconds);
}

/** @throws {Refusal} when too much comes for one store, in a while or on this day. */
export function limitStore({ key, id, timezone, dailyEvents }: StoreSettings, now: number): void {
  const { left, seconds } = stores.take(String(key), now);
  if (left < 0) throw new Refusal('too_many_requests', id, seconds);
  if (counts.of(key, dayOf(now, timezone)) >= (dailyEvents ?? DAILY_EVENTS))
    throw new Refusal('over_budget', id, BUDGET_RETRY);
}

async function write(env: Env): Promise<void> {
  try {
    for (const total of await addUsage(env, counts.take(Date.now()))) counts.learn(total);
  } catch (error) {
    // Then a few events more are let in than were agreed.
    report({ what: 'job', job: 'add_usage' }, error);
  }
}

/** Counts what was accepted, without making anybody wait, and with a write for fifty events at the least. */
export function countAccepted(
  c: Context<AppEnv>,
  { key, timezone }: StoreSettings,
  events: number,
  now: number,
): void {
  if (counts.note({ store: key, day: dayOf(now, timezone), events }, now))
    c.executionCtx.waitUntil(writes.write(now, () => write(c.env)));
}
