// Runs the built Worker on this machine: workerd and D1's local engine by Miniflare, configured by wrangler.toml.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { D1Database } from '@cloudflare/workers-types';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { workersOn } from './front.ts';
import { migrate } from './migrate.ts';
import { CommandError } from './operator.ts';
import { MIGRATIONS, readMigrations, SETTINGS } from './settings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}dist/worker`;
const built = [
  `${folder}/index.js`,
  SETTINGS,
  MIGRATIONS,
  `${root}dist/assets/index.html`,
  `${root}dist/assets/t.js`,
];

/**
 * Left to itself each of the engine's isolates lets half a gigabyte of what its requests leave behind pile up before it looks;
 * an empty Worker's grew by 30 kB a request. So it looks early, and as often as what is alive has grown.
 */
const V8_FLAGS = '--initial-old-space-size=8 --max-semi-space-size=4';

/** What the engine says of these flags at each start: that it compiles its own few scripts anew. It costs no time to speak of. */
const KNOWN = 'bootstrap compile cache failed its compatibility check';

/** What the Worker and its engine say, as they say it: errors and warnings apart. */
export function tell({ level, message }: { level: string; message: string }): void {
  if (message.includes(KNOWN)) return;
  if (level === 'error' || level === 'warn') console.error(message);
  else console.log(message);
}

export interface ServerOptions {
  port: number;
  /** Where D1 keeps its files; made when it is not there. */
  data: string;
  secret: string;
}

export interface Server {
  url: string;
  /** Starts what the clock starts on Cloudflare. */
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the Worker with its database migrated.
 * @throws {CommandError} when there is no build, the port is taken, or the data folder cannot be used.
 */
export async function startServer({ port, data, secret }: ServerOptions): Promise<Server> {
  const missing = built.find((file) => !existsSync(file));
  if (missing) throw new CommandError(`The build is missing (${missing}); make it with: npm run build`);
  process.env.MINIFLARE_WORKERD_V8_FLAGS ??= V8_FLAGS;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      // Miniflare's own way in, for what is asked below.
      port: 0,
      // Nothing is known of where a request comes from. Left out, the engine would ask the network, and `false`
      // would make every visitor a Texan.
      cf: {},
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      handleStructuredLogs: tell,
      resourcePersistencePath: data,
      workers: workersOn(port, folder, secret),
    }),
  );
  try {
    await miniflare.ready;
    const database = (await miniflare.getD1Database('DB')) as unknown as D1Database;
    await migrate(database, readMigrations());
    const runJobs = async () => {
      await (await miniflare.getWorker()).scheduled({ cron: '' });
    };
    return { url: `http://localhost:${port}`, runJobs, close: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose().catch(() => undefined);
    throw new CommandError(
      `The server cannot start on port ${port} with its data in ${data}: ${(error as Error).message}\nIf the data is broken, move that folder away and start again with an empty one.`,
    );
  }
}
