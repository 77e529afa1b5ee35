// The benchmark's one table: what was measured, its size, and beside it the budget where there is one.
import { createRequire } from 'node:module';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import type { CollectorSpeed } from './collector.ts';
import type { Asked, Loaded } from './loaded.ts';
import type { Writing } from './writing.ts';

/** What the project allows itself; the questions' own budgets stand beside them. */
const BUDGET = {
  rowsPerPage: 2.6,
  bytesPerEvent: 220,
  /** Of an empty Worker's requests a second. */
  collectorShare: 0.12,
  /** Events a second, by events a request. */
  eventsPerSecond: { 10: 6_000, 50: 20_000 },
  /** Times the rows of the headline over a year, at four times the events. */
  growth: 2.2,
} as const;

/** Budgets are meant for a store of this many events, or fewer. */
const BUDGET_EVENTS = 1_100_000;

export type Line = [what: string, events: string, measured: string, budget: string, verdict: string];

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const places = (value: number, digits: number) => value.toFixed(digits);
/** 101,622 events are 102 k, 1,006,797 are 1.01 M. */
const sizeOf = (events: number) =>
  events >= 1e6 ? `${places(events / 1e6, 2)} M` : `${Math.round(events / 1000)} k`;
const milliseconds = ({ p50, p95 }: { p50: number; p95: number }) => {
  const digits = p95 < 100 ? 1 : 0;
  return `p50 ${places(p50, digits)} ms, p95 ${places(p95, digits)} ms`;
};
const judged = (within: boolean) => (within ? 'ok' : 'OVER');
const free = (what: string, events: string, measured: string): Line => [what, events, measured, '', ''];

function questionLine(events: number, { question, rowsRead, ...latency }: Asked): Line {
  const measured = `${milliseconds(latency)}, ${whole(rowsRead)} rows read`;
  const { budget } = question;
  if (!budget || events > BUDGET_EVENTS) return free(question.name, sizeOf(events), measured);
  const rows = budget.rowsRead === undefined ? '' : `, ${whole(budget.rowsRead)} rows`;
  const over = [
    ...(latency.p95 > budget.p95 ? ['time'] : []),
    ...(rowsRead > (budget.rowsRead ?? Number.POSITIVE_INFINITY) ? ['rows'] : []),
  ];
  const verdict = over.length > 0 ? `OVER: ${over.join(', ')}` : judged(true);
  return [question.name, sizeOf(events), measured, `p95 ${budget.p95} ms${rows}`, verdict];
}

/** What one size cost to load and keep, its questions if they were asked, and raw events beside them. */
export function sizeLines({ events, eventsPerSecond, bytesPerEvent, asked, raw }: Loaded): Line[] {
  const size = sizeOf(events);
  const lines: Line[] = [
    free('import', size, `${whole(eventsPerSecond)} events/s`),
    [
      'on disk, everything derived included',
      size,
      `${places(bytesPerEvent, 0)} bytes an event`,
      `${BUDGET.bytesPerEvent}`,
      judged(bytesPerEvent <= BUDGET.bytesPerEvent),
    ],
  ];
  if (asked.length === 0) return lines;
  return [
    ...lines,
    ...asked.map((each) => questionLine(events, each)),
    ...raw.map(({ days, indexed, count }) =>
      free(
        `naive: count(distinct) over raw events${indexed ? ' with an index for it' : ''}, ${days} days`,
        size,
        `${milliseconds(count)}, ${whole(count.rowsRead)} rows read`,
      ),
    ),
  ];
}

/** How much more is read when the same year has more events. */
export function growthLines(small: Loaded, large: Loaded): Line[] {
  const sizes = `${sizeOf(small.events)} → ${sizeOf(large.events)}`;
  const indexedRows = ({ raw }: Loaded) =>
    raw.find(({ days, indexed }) => days === 365 && indexed)?.count.rowsRead ?? Number.NaN;
  const line = (what: string, before: number, after: number, limit?: number): Line => [
    what,
    sizes,
    `${whole(before)} → ${whole(after)} rows read: ${places(after / before, 2)} times`,
    limit === undefined ? '' : `< ${limit} times`,
    limit === undefined ? '' : judged(after / before < limit),
  ];
  return [
    line('headline, 365 days, as events grow', small.yearRowsRead, large.yearRowsRead, BUDGET.growth),
    line('naive with an index, 365 days, as events grow', indexedRows(small), indexedRows(large)),
  ];
}

/** Rows written; sealing costs the same rows whoever brought the events. */
export function writingLines({ requests, perPage, perEvent, perImported }: Writing, sealed: number): Line[] {
  const sent = `${whole(requests)} sent`;
  const sum = (stored: number) =>
    `${places(stored + sealed, 2)} rows (${places(stored, 2)} stored, ${places(sealed, 2)} sealed)`;
  return [
    [
      'written per page view, one a request',
      sent,
      sum(perPage),
      `${BUDGET.rowsPerPage}`,
      judged(perPage + sealed <= BUDGET.rowsPerPage),
    ],
    free('written per event, one a request', sent, sum(perEvent)),
    free('written per event, imported', '10 k sent', sum(perImported)),
  ];
}

export function collectorLines({ empty, share, requests }: CollectorSpeed): Line[] {
  const batch = (size: 10 | 50): Line => {
    const limit = BUDGET.eventsPerSecond[size];
    const speed = requests[size] * size;
    return [
      `collector, ${size} events a request`,
      '',
      `${whole(speed)} events/s`,
      whole(limit),
      judged(speed >= limit),
    ];
  };
  return [
    free('empty Worker', '', `${whole(empty)} requests/s`),
    [
      'collector, one event a request',
      '',
      `${whole(requests[1])} requests/s, ${places(share, 3)} of the empty Worker`,
      `${BUDGET.collectorShare}`,
      judged(share >= BUDGET.collectorShare),
    ],
    batch(10),
    batch(50),
  ];
}

/** A table that is Markdown and reads well in a terminal. */
export function tableOf(lines: readonly Line[]): string {
  const head: Line = ['what', 'events', 'measured', 'budget', ''];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(Math.max(width, 3))).join(' | ')} |`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}

const versionOf = (name: string) =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

/** What it ran on, and how busy that was with other things before it began. */
export function machine(load: number): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${memory} GB, ${platform()}`,
    `Node ${process.versions.node}, workerd ${versionOf('workerd')}`,
    `load before the start ${places(load, 2)}`,
  ].join('; ');
}

/** Processes that want a core, on average of the last minute. */
export const loadNow = () => loadavg()[0] ?? 0;
