// What the server does under load: a steady one, ten times as much, for a long time, and of one store beside another.
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../../worker/cli/operator.ts';
import { Ledger } from './ledger.ts';
import { quantile, type Tally, traffic } from './traffic.ts';
import { SHOP_OF_TRAFFIC, type Victim, withVictim } from './victim.ts';

/** Seconds of the same traffic before anything counts: code has to be compiled. */
const WARM_UP = 3;

export interface Pace {
  eventsPerSecond: number;
  seconds: number;
}

export interface Load extends Pick<Tally, 'requests' | 'events' | 'statuses'> {
  p50: number;
  p95: number;
  p99: number;
  /** Events that answers said are accepted and the database does not hold, or the other way round. */
  unaccounted: number;
}

const summary = ({ requests, events, statuses, latencies }: Tally): Omit<Load, 'unaccounted'> => ({
  requests,
  events,
  statuses,
  p50: quantile(latencies, 0.5),
  p95: quantile(latencies, 0.95),
  p99: quantile(latencies, 0.99),
});

function stored(victim: Victim, store: string): number {
  const ledger = new Ledger(victim.data);
  try {
    return ledger.ids(store).length;
  } finally {
    ledger.close();
  }
}

/** One store's traffic at a pace. */
export const runLoad = ({ eventsPerSecond, seconds }: Pace): Promise<Load> =>
  withVictim(async (victim) => {
    const store = await victim.store(SHOP_OF_TRAFFIC);
    const warm = await traffic(victim.url, store, eventsPerSecond / 2, WARM_UP);
    const tally = await traffic(victim.url, store, eventsPerSecond, seconds);
    const answered = warm.accepted + tally.accepted;
    return { ...summary(tally), unaccounted: Math.abs(stored(victim, store) - answered) };
  });

export interface Spike {
  before: Load;
  /** While there is ten times as much, and all that is answered of it. */
  during: Load;
  after: Load;
}

/** A pace, ten times it, and the pace again. */
export const runSpike = ({ eventsPerSecond, seconds }: Pace): Promise<Spike> =>
  withVictim(async (victim) => {
    const store = await victim.store(SHOP_OF_TRAFFIC);
    await traffic(victim.url, store, eventsPerSecond / 2, WARM_UP);
    let known = stored(victim, store);
    const phase = async (times: number): Promise<Load> => {
      const tally = await traffic(victim.url, store, eventsPerSecond * times, seconds);
      const now = stored(victim, store);
      const unaccounted = Math.abs(now - known - tally.accepted);
      known = now;
      return { ...summary(tally), unaccounted };
    };
    return { before: await phase(1), during: await phase(10), after: await phase(1) };
  });

export interface Soak extends Load {
  /** Megabytes that the engine holds: after the first fifth, in the end, and at most. */
  memory: { settled: number; end: number; most: number };
}

/** Questions that are asked all the while, as by an open dashboard. */
const ASKED_EVERY = 5_000;

/** A pace for a long time, with the jobs and the questions of every day, and the engine's memory watched. */
export const runSoak = ({ eventsPerSecond, seconds }: Pace, say: (step: string) => void): Promise<Soak> =>
  withVictim(async (victim) => {
    const store = await victim.store(SHOP_OF_TRAFFIC);
    await traffic(victim.url, store, eventsPerSecond / 2, WARM_UP);
    const samples: number[] = [];
    let soaking = true;
    const day = new Date().toISOString().slice(0, 10);
    const watcher = async () => {
      for (let n = 0; soaking; n++) {
        await call(victim, 'GET', `/v1/metrics?store=${store}&from=${day}&to=${day}&by=channel`);
        await call(victim, 'POST', '/v1/operator/jobs');
        samples.push(victim.memory());
        if (n % 12 === 0) say(`${samples.at(-1)?.toFixed(0)} MB`);
        await pause(Math.min(ASKED_EVERY, (seconds * 1000) / 20));
      }
    };
    const watching = watcher();
    const before = stored(victim, store);
    const tally = await traffic(victim.url, store, eventsPerSecond, seconds);
    soaking = false;
    await watching;
    const mean = (part: number[]) => part.reduce((sum, each) => sum + each, 0) / part.length;
    const fifth = Math.ceil(samples.length / 5);
    const memory = {
      settled: mean(samples.slice(fifth, 2 * fifth)),
      end: mean(samples.slice(-fifth)),
      most: Math.max(...samples),
    };
    return {
      ...summary(tally),
      unaccounted: Math.abs(stored(victim, store) - before - tally.accepted),
      memory,
    };
  });

export interface Flood {
  /** Times the events of the store that is measured. */
  times: number;
  /** What that store was answered beside the flood, and what the flood was. */
  beside: Load;
  loud: Load;
  /** Times by which the p95 of the store that is measured grew. */
  slower: number;
}

/** Two stores: one is measured, first alone, then while the other is sent so many times as much, and so many. */
export const runFlood = (
  { eventsPerSecond, seconds }: Pace,
  many: readonly number[],
): Promise<{ alone: Load; floods: Flood[] }> =>
  withVictim(async (victim) => {
    const [calm, loud] = [await victim.store(SHOP_OF_TRAFFIC), await victim.store(SHOP_OF_TRAFFIC)];
    const known = new Map([calm, loud].map((store) => [store, 0]));
    /** What a store was sent, and whether the database holds it. */
    const loadOf = (store: string, tally: Tally): Load => {
      const [before, now] = [known.get(store) ?? 0, stored(victim, store)];
      known.set(store, now);
      return { ...summary(tally), unaccounted: Math.abs(now - before - tally.accepted) };
    };
    for (const store of [calm, loud])
      loadOf(store, await traffic(victim.url, store, eventsPerSecond, WARM_UP));
    const alone = loadOf(calm, await traffic(victim.url, calm, eventsPerSecond, seconds));
    const floods: Flood[] = [];
    for (const times of many) {
      const [first, second] = await Promise.all([
        traffic(victim.url, calm, eventsPerSecond, seconds),
        traffic(victim.url, loud, eventsPerSecond * times, seconds),
      ]);
      const beside = loadOf(calm, first);
      floods.push({ times, beside, loud: loadOf(loud, second), slower: beside.p95 / alone.p95 });
    }
    return { alone, floods };
  });
