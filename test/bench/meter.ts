// Counts the rows that the Worker reads and writes: the Worker's own code, here, over a database that keeps count.
import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import type { Env } from '../../worker/env.ts';
import worker from '../../worker/index.ts';

/** Lets the operator in; the database is this program's own. */
export const SECRET = 'a secret of the benchmark, thirty-two characters or more';
const HOST = 'https://tundish.example';

/** Runs of the scheduled job at most, each a bounded step. */
const MAX_JOBS = 20_000;

export interface Rows {
  read: number;
  written: number;
}

type Counted = Pick<D1Result, 'meta'>;

/** The same database; each statement's rows are added to `rows`. */
function counting(inner: D1Database, rows: Rows): D1Database {
  const within = new WeakMap<object, D1PreparedStatement>();
  const count = <T extends Counted>(result: T): T => {
    rows.read += result.meta.rows_read;
    rows.written += result.meta.rows_written;
    return result;
  };
  const wrap = (statement: D1PreparedStatement, text: string): D1PreparedStatement => {
    const outer = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), text),
      all: async () => count(await statement.all()),
      run: async () => count(await statement.run()),
      first: async (column?: string) => {
        const row = count(await statement.all<Record<string, unknown>>()).results[0];
        return row === undefined ? null : column === undefined ? row : row[column];
      },
      // Comes without its count, so that a question is asked again for it.
      raw: async () => {
        if (/^\s*select/i.test(text)) count(await statement.all());
        return statement.raw();
      },
    } as unknown as D1PreparedStatement;
    within.set(outer, statement);
    return outer;
  };
  return {
    prepare: (text: string) => wrap(inner.prepare(text), text),
    batch: async (statements: D1PreparedStatement[]) =>
      (await inner.batch(statements.map((each) => within.get(each) ?? each))).map(count),
    exec: (text: string) => inner.exec(text),
  } as unknown as D1Database;
}

/** What the Worker does beside its answer, to be waited for: its rows count too. */
function contextOf(pending: Promise<unknown>[]) {
  return {
    waitUntil: (work: Promise<unknown>) => void pending.push(work),
    passThroughOnException: () => undefined,
    props: {},
  };
}

type ScheduledJob = (controller: object, env: Env, context: object) => Promise<void> | void;

/** The Worker without a server: what one request reads and writes. */
export function meteredWorker(database: D1Database) {
  const rows: Rows = { read: 0, written: 0 };
  const env = { DB: counting(database, rows), TUNDISH_SECRET: SECRET } as Env;

  const measure = async <T>(action: () => Promise<T>): Promise<{ value: T; rows: Rows }> => {
    const before = { ...rows };
    const value = await action();
    return { value, rows: { read: rows.read - before.read, written: rows.written - before.written } };
  };

  /** @throws with the Worker's own words when it refuses. */
  const call = async <T>(method: string, path: string, body?: unknown, headers: object = {}): Promise<T> => {
    const request = new Request(HOST + path, {
      method,
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const pending: Promise<unknown>[] = [];
    const response = await worker.fetch(request, env, contextOf(pending));
    await Promise.all(pending);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

  /** Runs what the clock would start on Cloudflare, until there is nothing left for it to do. */
  const runJobs = async (): Promise<void> => {
    const { scheduled } = worker as { scheduled?: ScheduledJob };
    if (!scheduled) return;
    for (let run = 0; run < MAX_JOBS; run++) {
      const written = rows.written;
      const pending: Promise<unknown>[] = [];
      await scheduled({ scheduledTime: Date.now(), cron: '' }, env, contextOf(pending));
      await Promise.all(pending);
      if (rows.written === written) return;
    }
    throw new Error(`The scheduled job was not done after ${MAX_JOBS} runs.`);
  };

  return { call, measure, runJobs };
}
