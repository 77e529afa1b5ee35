// The bare engine beside the product: an empty Worker, and the product's database without its server in front.
import type { D1Database } from '@cloudflare/workers-types';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { migrate } from '../../worker/cli/migrate.ts';
import { tell } from '../../worker/cli/server.ts';
import { readMigrations, readSettings } from '../../worker/cli/settings.ts';

const EMPTY_WORKER = `export default { fetch: () => new Response('ok') };`;

/** Any recent date: nothing it changes is used here. */
const COMPATIBILITY_DATE = '2026-11-01';

const HOST = '127.0.0.1';

/** What every worker here shares with the product's own server. */
const shared = () => ({
  host: HOST,
  port: 0,
  cf: {},
  log: new Log(LogLevel.ERROR),
  logRequests: false,
  handleStructuredLogs: tell,
});

/** A Worker that does nothing, reached as the product's is: how fast this machine can be asked at all. */
export async function startEmptyWorker(port: number) {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...shared(),
      workers: [
        {
          name: 'empty',
          modules: true,
          script: EMPTY_WORKER,
          compatibilityDate: COMPATIBILITY_DATE,
          unsafeDirectSockets: [{ host: HOST, port }],
        },
      ],
    }),
  );
  await miniflare.ready;
  return { url: `http://localhost:${port}`, close: () => miniflare.dispose() };
}

export interface OpenDatabase {
  database: D1Database;
  close(): Promise<void>;
}

/** The database in a data folder that no server uses now, or without a folder a new one in memory. */
export async function openDatabase(data?: string): Promise<OpenDatabase> {
  const { assets, ...configured } = readSettings();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...shared(),
      ...(data === undefined ? {} : { resourcePersistencePath: data }),
      workers: [{ ...configured, modules: true, script: EMPTY_WORKER }],
    }),
  );
  await miniflare.ready;
  const database = (await miniflare.getD1Database('DB')) as unknown as D1Database;
  await migrate(database, readMigrations());
  return { database, close: () => miniflare.dispose() };
}
