// One size of the traffic: loaded through the import, weighed on disk, and asked through the endpoint and beside it.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sendAll } from '../../worker/cli/batches.ts';
import { call } from '../../worker/cli/operator.ts';
import { startServer } from '../../worker/cli/server.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { freePorts } from '../flow/product.ts';
import { openDatabase } from './engine.ts';
import { meteredWorker, SECRET } from './meter.ts';
import { countRaw, indexRaw, type RawCount } from './naive.ts';
import {
  HEADLINE_OF_YEAR,
  type Latency,
  pathOf,
  QUESTIONS,
  type Question,
  timeQuestion,
} from './questions.ts';
import { SHOP, traffic } from './traffic.ts';

const SECOND = 1000;

/** A folder for a database, thrown away when the benchmark ends. */
export const temporaryFolder = () => mkdtempSync(`${tmpdir()}/tundish-bench-`);

/** The product's own server over a data folder, and a call to it as its operator. */
export async function serve(data: string) {
  const { url, close } = await startServer({ port: await freePorts(), data, secret: SECRET });
  return { url, secret: SECRET, close };
}
export type Served = Awaited<ReturnType<typeof serve>>;

export const makeStore = async (server: Served): Promise<string> => {
  const { id } = await call<{ id: string }>(server, 'POST', '/v1/stores', {
    name: 'Benchmark',
    origins: [SHOP.origin],
    timezone: SHOP.timezone,
    currency: SHOP.currency,
  });
  return id;
};

export interface Asked extends Latency {
  question: Question;
  rowsRead: number;
}

export interface Loaded {
  events: number;
  eventsPerSecond: number;
  bytesPerEvent: number;
  /** Rows that the scheduled job wrote per event, after everything was loaded. */
  sealedPerEvent: number;
  asked: Asked[];
  /** Of the headline over the whole year, for the growth from size to size. */
  yearRowsRead: number;
  /** Over 30 and 365 days: raw events as they are stored, and with an index made for the question. */
  raw: { days: number; indexed: boolean; count: RawCount }[];
}

const RAW_PERIODS = [30, 365];

/** Bytes of the pages in use, once everything is written back and nobody has the file open. */
function bytesOf(data: string): number {
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sqlite') && !name.includes('metadata'))
    .map((name) => join(data, name));
  if (files.length === 0) throw new Error(`There is no database in ${data}.`);
  return files.reduce((sum, file) => {
    const database = new DatabaseSync(file);
    database.exec('pragma wal_checkpoint(truncate)');
    const { free } = database.prepare('select freelist_count as free from pragma_freelist_count').get() as {
      free: number;
    };
    const { size } = database.prepare('select page_size as size from pragma_page_size').get() as {
      size: number;
    };
    database.close();
    return sum + statSync(file).size - free * size;
  }, 0);
}

async function load(data: string, wanted: number) {
  const server = await serve(data);
  try {
    const store = await makeStore(server);
    const began = performance.now();
    const { accepted, duplicate, rejected } = await sendAll(server, store, traffic(wanted));
    const seconds = (performance.now() - began) / SECOND;
    if (duplicate > 0 || rejected.length > 0)
      throw new Error(`The import refused events: ${duplicate} duplicates, ${JSON.stringify(rejected[0])}`);
    return { store, events: accepted, eventsPerSecond: accepted / seconds };
  } finally {
    await server.close();
  }
}

async function ask(
  data: string,
  store: string,
  questions: readonly Question[],
  repetitions: number,
): Promise<Latency[]> {
  const server = await serve(data);
  try {
    const { secret } = await call<{ secret: string }>(server, 'POST', '/v1/tokens', { store, name: 'bench' });
    const latencies: Latency[] = [];
    for (const question of questions)
      latencies.push(await timeQuestion(server.url, secret, store, question, repetitions));
    return latencies;
  } finally {
    await server.close();
  }
}

/** Seals what is over. @returns the rows written for it. */
async function seal(data: string): Promise<number> {
  const { database, close } = await openDatabase(data);
  try {
    const worker = meteredWorker(database);
    return (await worker.measure(worker.runJobs)).rows.written;
  } finally {
    await close();
  }
}

/** Rows of each question, and the naive side last, because it adds an index. */
async function readRows(data: string, store: string, questions: readonly Question[]) {
  const { database, close } = await openDatabase(data);
  try {
    const worker = meteredWorker(database);
    const rowsRead: number[] = [];
    for (const question of questions)
      rowsRead.push((await worker.measure(() => worker.call('GET', pathOf(store, question)))).rows.read);
    const year = await worker.measure(() =>
      worker.call<MetricsAnswer>('GET', pathOf(store, HEADLINE_OF_YEAR)),
    );
    const raw: Loaded['raw'] = [];
    for (const indexed of [false, true]) {
      if (indexed) await indexRaw(database);
      for (const days of RAW_PERIODS)
        raw.push({ days, indexed, count: await countRaw(database, store, days) });
    }
    const { visitors, buyers } = year.value.totals;
    for (const { days, count } of raw)
      if (days === HEADLINE_OF_YEAR.days && (count.visitors !== visitors || count.buyers !== buyers))
        throw new Error(
          `Raw events hold ${count.visitors} visitors and ${count.buyers} buyers, and the answer says ${visitors} and ${buyers}.`,
        );
    return { rowsRead, yearRowsRead: year.rows.read, raw };
  } finally {
    await close();
  }
}

/** Loads about `wanted` events and measures them; each question is asked `repetitions` times, none at 0. */
export async function measureSize(
  wanted: number,
  repetitions: number,
  say: (step: string) => void,
): Promise<Loaded> {
  const data = temporaryFolder();
  const questions = repetitions > 0 ? QUESTIONS : [];
  try {
    say('loading');
    const { store, events, eventsPerSecond } = await load(data, wanted);
    say('sealing');
    const sealed = await seal(data);
    const bytesPerEvent = bytesOf(data) / events;
    say('asking');
    const latencies = await ask(data, store, questions, repetitions);
    say('counting rows, and raw events');
    const { rowsRead, yearRowsRead, raw } = await readRows(data, store, questions);
    const asked = questions.map((question, index) => ({
      question,
      rowsRead: rowsRead[index] as number,
      ...(latencies[index] as Latency),
    }));
    return {
      events,
      eventsPerSecond,
      bytesPerEvent,
      sealedPerEvent: sealed / events,
      asked,
      yearRowsRead,
      raw,
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
