// What the script costs the main thread when a page starts, as Chromium's own trace says.
import type { BrowserContext } from 'playwright-core';
import type { Link } from './link.ts';
import { acknowledged, type Place, ready, until } from './place.ts';
import type { Stand } from './stand.ts';

const LOADS = 20;
const WAITING = 50;
/** Milliseconds after its evaluation in which the script's first tasks run; its clock ticks after a second. */
const FIRST = 500;
const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'];

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  args: { data?: { url?: string }; fileName?: string };
}

interface Cost {
  /** Compiling and running the script, with all that it does at once. */
  evaluate: number;
  /** With what it does in the tasks after that. */
  all: number;
}

/** Milliseconds of the main thread under calls into the script, each moment once. */
function costOf(trace: Buffer): Cost {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const ours = traceEvents
    .filter(({ ph, args }) => ph === 'X' && (args?.data?.url ?? args?.fileName ?? '').endsWith('/t.js'))
    .filter(({ name }) => ['EvaluateScript', 'v8.compile', 'FunctionCall'].includes(name))
    .sort((a, b) => a.ts - b.ts);
  const evaluation = ours.find(({ name }) => name === 'EvaluateScript');
  if (!evaluation) throw new Error('The trace has no evaluation of the script.');
  const first = ours.filter(
    ({ pid, tid, ts }) =>
      pid === evaluation.pid && tid === evaluation.tid && ts < evaluation.ts + FIRST * 1000,
  );
  const sum = (events: readonly TraceEvent[]) => {
    let [total, end] = [0, 0];
    for (const { ts, dur = 0 } of events) {
      total += Math.max(0, ts + dur - Math.max(ts, end));
      end = Math.max(end, ts + dur);
    }
    return total / 1000;
  };
  return { evaluate: sum(first.filter(({ name }) => name !== 'FunctionCall')), all: sum(first) };
}

/** Leaves so many events on the device, as after an outage. */
async function leaveWaiting(place: Place, link: Link, context: BrowserContext): Promise<void> {
  link.fault = () => 'drop';
  const page = await context.newPage();
  await page.goto(`${place.url}/`);
  await ready(page);
  await page.evaluate(`for (let n = 1; n < ${WAITING}; n++) tundish('product', { item: 'p' + n })`);
  await page.goto(`${place.url}/blank`);
  const waiting = `delete localStorage['tundish.n'], Object.keys(localStorage).filter((key) => /^tundish:/.test(key)).length`;
  await until(async () => (await page.evaluate(waiting)) === WAITING, 'the waiting events');
  await page.close();
  link.fault = () => undefined;
}

async function load(on: Stand, waiting: boolean, slower: number): Promise<Cost> {
  const place = await on.place();
  const link = await place.link();
  place.page('/', link, '{tag}<h1>Shop</h1>');
  place.page('/blank', link, 'No tag here.');
  const context = await on.visitor();
  if (waiting) await leaveWaiting(place, link, context);
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await on.browser.startTracing(page, { categories: CATEGORIES });
  await page.goto(`${place.url}/`);
  await acknowledged(page);
  const cost = costOf(await on.browser.stopTracing());
  await context.close();
  await place.close();
  return cost;
}

const median = (numbers: number[]): number =>
  numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

export interface Startup extends Cost {
  title: string;
}

export async function startup(on: Stand, say: (step: string) => void): Promise<Startup[]> {
  const found: Startup[] = [];
  for (const slower of [1, 4])
    for (const waiting of [false, true]) {
      const title = `${waiting ? `${WAITING} events waiting` : 'storage empty'}${slower > 1 ? `, processor ${slower} times slower` : ''}`;
      say(`startup: ${title}`);
      const costs: Cost[] = [];
      while (costs.length < LOADS) costs.push(await load(on, waiting, slower));
      found.push({
        title,
        evaluate: median(costs.map(({ evaluate }) => evaluate)),
        all: median(costs.map(({ all }) => all)),
      });
    }
  return found;
}
