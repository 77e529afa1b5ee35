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
  /** Microseconds, of which the thread's processor spent the latter. */
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string }; fileName?: string };
}

export interface Cost {
  /** Milliseconds from the beginning to the end of all calls into the script. */
  passed: number;
  /** Milliseconds of them that the processor worked on it: on a busy machine the rest is waiting. */
  worked: number;
}

/** What the main thread did for a script: compiling and running it, and the first tasks that it left. */
function costOf(trace: Buffer, script: string): Cost {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const calls = traceEvents
    .filter(({ ph, args }) => ph === 'X' && (args?.data?.url ?? args?.fileName ?? '').endsWith(script))
    .filter(({ name }) => ['EvaluateScript', 'v8.compile', 'FunctionCall'].includes(name))
    .sort((a, b) => a.ts - b.ts);
  const evaluation = calls.find(({ name }) => name === 'EvaluateScript');
  if (!evaluation) throw new Error('The trace has no evaluation of the script.');
  const { pid, tid, ts: began } = evaluation;
  const cost: Cost = { passed: 0, worked: 0 };
  let end = 0;
  for (const call of calls) {
    const { ts, dur = 0, tdur = 0 } = call;
    // Calls lie within each other; the outermost one counts.
    if (call.pid !== pid || call.tid !== tid || ts < end || ts > began + FIRST * 1000) continue;
    end = ts + dur;
    cost.passed += dur / 1000;
    cost.worked += tdur / 1000;
  }
  return cost;
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

/** The least that any tracker does: one thing kept, one request. What it costs is the browser's. */
const BARE = (to: string) =>
  `localStorage.bare = 1; fetch('${to}/healthz', { keepalive: true }).catch(() => {})`;

interface Row {
  title: string;
  page: string;
  script: string;
  waiting: boolean;
}

const ROWS: Row[] = [
  { title: 'a bare script: one item kept, one request', page: '/bare', script: '/bare.js', waiting: false },
  { title: 't.js, storage empty', page: '/', script: '/t.js', waiting: false },
  { title: `t.js, ${WAITING} events waiting`, page: '/', script: '/t.js', waiting: true },
];

const median = (numbers: number[]): number =>
  numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Loads a page in fresh browser profiles. */
async function measure(on: Stand, { page: path, script, waiting }: Row, slower: number): Promise<Cost> {
  const place = await on.place();
  const link = await place.link();
  place.page('/', link, '{tag}<h1>Shop</h1>');
  place.page('/blank', link, 'No tag here.');
  place.page('/bare', link, '<script defer src="/bare.js"></script><h1>Shop</h1>');
  place.script('/bare.js', BARE(link.url));
  const costs: Cost[] = [];
  while (costs.length < LOADS) {
    const context = await on.visitor();
    if (waiting) await leaveWaiting(place, link, context);
    const page = await context.newPage();
    const tools = await context.newCDPSession(page);
    await tools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await on.browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(place.url + path);
    await acknowledged(page);
    costs.push(costOf(await on.browser.stopTracing(), script));
    await context.close();
  }
  await place.close();
  return {
    passed: median(costs.map(({ passed }) => passed)),
    worked: median(costs.map(({ worked }) => worked)),
  };
}

export async function startup(on: Stand, say: (step: string) => void): Promise<(Cost & { title: string })[]> {
  const found: (Cost & { title: string })[] = [];
  for (const slower of [1, 4])
    for (const row of ROWS) {
      const title = row.title + (slower > 1 ? `; processor ${slower} times slower` : '');
      say(`startup: ${title}`);
      found.push({ title, ...(await measure(on, row, slower)) });
    }
  return found;
}
