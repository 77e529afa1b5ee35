// Backup and restore of the local database: one file, which carries the counts and sums it must still have later.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { loadSql } from './backup-remote.ts';
import { databaseFile, noteDown, SIDE_FILES, type Sum, sumsOf } from './database.ts';
import { CommandError, dataFolder, localSecret } from './operator.ts';

/** A backup is read as it is found: damaged files are told from whole ones by what they say of themselves. */
function opened<T>(path: string, file: string, read: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return read(database);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `${file} cannot be read as a backup: ${(error as Error).message}. Take another one.`,
    );
  } finally {
    database?.close();
  }
}

/** Compares what is there with what should be. @throws {CommandError} with the first table that differs. */
function requireEqual(file: string, found: Record<string, Sum>, wanted: Record<string, Sum>): void {
  for (const table of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const [is, should] = [found[table], wanted[table]];
    if (is?.rows !== should?.rows || is?.sum !== should?.sum)
      throw new CommandError(
        `${file} is not what it was: the table ${table} has ${is?.rows ?? 'no'} rows (sum ${is?.sum ?? 'none'}) and should have ${should?.rows ?? 'none'} (sum ${should?.sum ?? 'none'}). Take another backup.`,
      );
  }
}

/** What a backup says of itself, checked. */
function verified(path: string, file = path): { made: number; sums: Record<string, Sum> } {
  return opened(path, file, (database) => {
    const whole = database.prepare('pragma integrity_check').get() as { integrity_check: string };
    if (whole.integrity_check !== 'ok')
      throw new CommandError(`${file} is damaged (${whole.integrity_check}). Take another backup.`);
    const kept = database.prepare('select made, sums from backup').get() as { made: number; sums: string };
    const sums = JSON.parse(kept.sums) as Record<string, Sum>;
    requireEqual(file, sumsOf(database), sums);
    return { made: kept.made, sums };
  });
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
const rowsOf = (sums: Record<string, Sum>) => Object.values(sums).reduce((all, { rows }) => all + rows, 0);

export interface Backed {
  file: string;
  made: number;
  sums: Record<string, Sum>;
  rows: number;
}

/**
 * Writes one moment of the database to a file, or into a folder under the moment's name, also while the server runs.
 * @throws {CommandError} when there is nothing to write, or something is there already.
 */
export function backUp(to: string): Backed {
  const source = databaseFile(dataFolder());
  if (!source)
    throw new CommandError(
      `There is no database in ${dataFolder()}. Name the server's data folder: TUNDISH_DATA=… npm run admin -- backup`,
    );
  const now = Date.now();
  const file = isFolder(to) ? `${to}/tundish-${new Date(now).toISOString().replaceAll(':', '')}.sqlite` : to;
  if (existsSync(file)) throw new CommandError(`${file} is there already. Name another file, or a folder.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    const running = new DatabaseSync(source, { readOnly: true, timeout: 30_000 });
    // One read transaction: the server goes on writing, and none of it gets in halfway.
    running.prepare('vacuum into ?').run(part);
    running.close();
    const written = new DatabaseSync(part);
    const sums = sumsOf(written);
    noteDown(written, now, sums);
    written.close();
    verified(part);
    renameSync(part, file);
    return { file, made: now, sums, rows: rowsOf(sums) };
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof CommandError) throw error;
    throw new CommandError(`The backup could not be written to ${file}: ${(error as Error).message}.`);
  }
}

async function requireStopped(): Promise<void> {
  const address = `${dataFolder()}/address`;
  if (!existsSync(address)) return;
  const url = readFileSync(address, 'utf8').trim();
  const answers = await fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );
  if (answers)
    throw new CommandError(
      `The server runs at ${url} with this data. Stop it with Ctrl-C, and restore then.`,
    );
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** The engine names its files itself, so that a folder without one is given one by it. */
async function ownFile(): Promise<string> {
  const data = dataFolder();
  if (!databaseFile(data)) {
    mkdirSync(data, { recursive: true });
    // The engine takes a second to load, which the other commands need not wait for.
    const { startServer } = await import('./server.ts');
    await (await startServer({ port: await freePort(), data: `${data}/d1`, secret: localSecret() })).close();
  }
  return databaseFile(data) as string;
}

/** Whether a store with events is there, which restoring would overwrite. */
const holdsEvents = (file: string) => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare('select 1 from events limit 1').get() !== undefined;
  } catch {
    return false;
  } finally {
    database.close();
  }
};

/**
 * Puts a backup in the place of the data folder's database. The next start brings an older one up to date.
 * @throws {CommandError} when the backup is not whole, the server runs, or there are events and `force` is not given.
 */
export async function restore(from: string, force: boolean): Promise<Backed> {
  if (!existsSync(from)) throw new CommandError(`There is no file ${from}.`);
  await requireStopped();
  const file = await ownFile();
  const part = `${file}.part`;
  try {
    return replace(file, from, part, force);
  } finally {
    rmSync(part, { force: true });
  }
}

/** The backup as a database of its own, to be read and then put in place. */
function copy(from: string, part: string): void {
  try {
    if (from.endsWith('.sql')) loadSql(from, part).close();
    else copyFileSync(from, part);
  } catch (error) {
    throw new CommandError(
      `${from} cannot be read as a backup: ${(error as Error).message}. Take another one.`,
    );
  }
}

function replace(file: string, from: string, part: string, force: boolean): Backed {
  rmSync(part, { force: true });
  copy(from, part);
  const { made, sums } = verified(part, from);
  if (holdsEvents(file) && !force)
    throw new CommandError(
      `There are events in ${dataFolder()} already. Back them up, and repeat with --force to replace them; or name an empty folder with TUNDISH_DATA.`,
    );
  const database = new DatabaseSync(part);
  database.exec('drop table backup');
  // As the engine has it, which reads beside its own writing.
  database.exec('pragma journal_mode = wal');
  database.close();
  for (const end of SIDE_FILES) rmSync(file + end, { force: true });
  renameSync(part, file);
  requireEqual(file, opened(file, file, sumsOf), sums);
  return { file, made, sums, rows: rowsOf(sums) };
}
