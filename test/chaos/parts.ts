// The parts of the chaos, each in its long and its short form, and what they promise.
import type { Line } from '../bench/report.ts';
import { ATTEMPTS } from './faults.ts';
import { runInput } from './input/run.ts';
import { runKills } from './kills.ts';
import { type Load, runFlood, runLoad, runSoak, runSpike } from './load.ts';
import { runOutage } from './outage.ts';
import { runPoison } from './poison.ts';
import { runSeeds } from './seeds.ts';

export interface Report {
  lines: Line[];
  failures: string[];
}
type Part = (quick: boolean, say: (step: string) => void) => Promise<Report>;

/** What the project promises. */
const BUDGET = {
  /** Seconds from the end of an outage until all that waited is stored. */
  drained: 60,
  /** Times the mean that the busiest second of these may be. */
  peak: 3,
  /** Milliseconds of the 95th percentile under the steady load. */
  p95: 150,
  /** Megabytes by which the engine's memory may grow in a soak. */
  growth: 50,
  /** Times by which a flood on one store may slow another. */
  slower: 2,
} as const;

const EVENTS_A_SECOND = 1_000;

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const verdict = (...kept: boolean[]) => (kept.every(Boolean) ? 'ok' : 'OVER');

const statuses = (load: Load) =>
  [...load.statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${whole(count)} × ${status || 'no answer'}`)
    .join(', ');
const latency = ({ p50, p95 }: Load) => `p50 ${whole(p50)} ms, p95 ${whole(p95)} ms`;
const only = (load: Load, ...allowed: number[]) =>
  [...load.statuses.keys()].every((status) => allowed.includes(status));
/** Answers under load are either that it is stored, or to come back later. */
const BUSY = [200, 429, 503];

const kills: Part = async (quick, say) => {
  const plan = quick
    ? { kills: 3, events: 3_000, shoppers: 20, speed: 4 }
    : { kills: 20, events: 100_000, shoppers: 60, speed: 1 };
  const done = await runKills(plan, say);
  const adds = done.received === done.accepted + done.duplicate + done.rejected;
  const { lost, twice, rebuilt, unanswered } = done;
  return {
    lines: [
      [
        `${done.kills} kills of the server under load`,
        whole(done.sent),
        `lost ${lost}, twice ${twice}; ${unanswered} requests broken off`,
        'lost 0, twice 0',
        verdict(lost === 0, twice === 0, done.sent >= plan.events),
      ],
      [
        'received = accepted + duplicate + rejected',
        whole(done.received),
        `${whole(done.accepted)} + ${whole(done.duplicate)} + ${whole(done.rejected)}`,
        'equal',
        verdict(adds),
      ],
      [
        'derived tables beside a rebuild of nothing',
        '',
        rebuilt ? 'equal' : 'DIFFERENT',
        'equal',
        verdict(rebuilt),
      ],
    ],
    failures: done.wrong,
  };
};

const faults: Part = async (quick) => {
  const { seeds, sent, faults: met, attempts, lost, twice, wrong } = await runSeeds(quick ? 40 : 200);
  return {
    lines: [
      [
        `${seeds} seeds of database faults`,
        whole(sent),
        `${whole(met)} faults; lost ${lost}, twice ${twice}, at most ${attempts} attempts`,
        `lost 0, twice 0, ${ATTEMPTS} attempts`,
        verdict(lost === 0, twice === 0, attempts <= ATTEMPTS, wrong.length === 0),
      ],
    ],
    failures: wrong,
  };
};

const outage: Part = async (quick, say) => {
  const plan = quick ? { seconds: 40, shoppers: 200, speed: 4 } : { seconds: 90, shoppers: 600, speed: 1 };
  const { waited, drained, peak, lost, twice } = await runOutage(plan, say);
  return {
    lines: [
      [
        `${plan.seconds} s without a server, ${plan.shoppers} open pages`,
        whole(waited),
        `drained in ${whole(drained)} s, busiest second ${peak.toFixed(1)} times the mean; lost ${lost}, twice ${twice}`,
        `${BUDGET.drained} s, ${BUDGET.peak} times`,
        verdict(drained <= BUDGET.drained, peak <= BUDGET.peak, lost === 0, twice === 0),
      ],
    ],
    failures: [],
  };
};

const poison: Part = async () => {
  const { good, bad, accepted, rejected, requests, lost } = await runPoison();
  return {
    lines: [
      [
        'bad events among good ones',
        whole(good + bad),
        `${accepted} of ${good} good ones stored, ${rejected} of ${bad} bad ones refused, in ${requests} requests`,
        'all, all',
        verdict(accepted === good, rejected === bad, lost === 0),
      ],
    ],
    failures: [],
  };
};

const load: Part = async (quick) => {
  const seconds = quick ? 8 : 60;
  const done = await runLoad({ eventsPerSecond: EVENTS_A_SECOND, seconds });
  return {
    lines: [
      [
        `${whole(EVENTS_A_SECOND)} events/s for ${seconds} s`,
        whole(done.events),
        `${latency(done)}; ${statuses(done)}`,
        `no error, p95 ${BUDGET.p95} ms`,
        verdict(only(done, 200), done.p95 <= BUDGET.p95, done.unaccounted === 0),
      ],
    ],
    failures: [],
  };
};

const spike: Part = async (quick) => {
  const { before, during, after } = await runSpike({
    eventsPerSecond: EVENTS_A_SECOND / 2,
    seconds: quick ? 3 : 10,
  });
  const kept = during.unaccounted === 0 && after.unaccounted === 0;
  return {
    lines: [
      [
        'ten times as much for a while',
        whole(during.events),
        statuses(during),
        `only ${BUSY.join(', ')}`,
        verdict(only(during, ...BUSY), kept),
      ],
      [
        'before it and after it',
        whole(before.events),
        `${latency(before)}; ${latency(after)}`,
        '',
        verdict(only(after, ...BUSY)),
      ],
    ],
    failures: [],
  };
};

const soak: Part = async (quick, say) => {
  const seconds = quick ? 30 : 600;
  const done = await runSoak({ eventsPerSecond: 200, seconds }, say);
  const { settled, end, most } = done.memory;
  return {
    lines: [
      [
        `200 events/s for ${seconds < 60 ? `${seconds} s` : `${seconds / 60} min`}`,
        whole(done.events),
        `memory ${whole(settled)} → ${whole(end)} MB, at most ${whole(most)}; ${statuses(done)}`,
        quick ? '' : `grows ${BUDGET.growth} MB`,
        // In seconds an engine only fills the memory that it means to use.
        verdict(quick || end - settled <= BUDGET.growth, only(done, 200), done.unaccounted === 0),
      ],
    ],
    failures: [],
  };
};

const flood: Part = async (quick) => {
  const eventsPerSecond = EVENTS_A_SECOND / 10;
  // As much as the steady load, to which the promise holds; and twice that, to see what becomes of it.
  const { alone, floods } = await runFlood({ eventsPerSecond, seconds: quick ? 5 : 20 }, [10, 20]);
  return {
    lines: floods.map(({ times, beside, loud, slower }, place) => [
      `one store beside another with ${times} times its events`,
      whole(beside.events + loud.events),
      `p95 ${whole(alone.p95)} → ${whole(beside.p95)} ms: ${slower.toFixed(1)} times; the other: ${statuses(loud)}`,
      place === 0 ? `${BUDGET.slower} times` : '',
      place === 0 ? verdict(slower <= BUDGET.slower, only(beside, 200), only(loud, ...BUSY)) : '',
    ]),
    failures: [alone, ...floods.flatMap(({ beside, loud }) => [beside, loud])]
      .filter(({ unaccounted }) => unaccounted > 0)
      .map(({ unaccounted }) => `flood: ${unaccounted} events are not where the answers say`),
  };
};

const input: Part = async (quick, say) => {
  const done = await runInput({ every: 1, mutations: quick ? 100 : 10_000 }, say);
  return {
    lines: [
      [
        `bad bodies at ${done.endpoints} endpoints`,
        '',
        `${whole(done.named)} named, ${whole(done.mutations)} mutated; ${whole(done.refused)} refused, each for one reason; ${done.faults.length} faults`,
        'no 5xx, nothing stored',
        verdict(done.faults.length === 0),
      ],
    ],
    failures: done.faults,
  };
};

export const PARTS: Readonly<Record<string, Part>> = {
  kills,
  faults,
  outage,
  poison,
  load,
  spike,
  soak,
  flood,
  input,
};
