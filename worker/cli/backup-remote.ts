// Backup of a database on Cloudflare: Wrangler's SQL, proved by loading it, with its counts and sums in the last line.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { noteDown, type Sum, sumsOf } from './database.ts';
import { CommandError } from './operator.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NOTE = '\n-- tundish backup: ';

/** Writes the SQL of the database on Cloudflare to a file. @throws {CommandError} with what Wrangler said. */
export function exportRemote(file: string): void {
  const args = ['d1', 'export', 'DB', '--remote', '--skip-confirmation', '--output', file];
  const { status, stdout, stderr, error } = spawnSync('wrangler', args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  if (status !== 0)
    throw new CommandError(`wrangler ${args.join(' ')}\n${stdout}${stderr}${error?.message ?? ''}`);
}

/** Loads the SQL into a file of its own, with what its last line says of it. */
export function loadSql(sql: string, into: string): DatabaseSync {
  const text = readFileSync(sql, 'utf8');
  const database = new DatabaseSync(into, { enableForeignKeyConstraints: false });
  database.exec('begin');
  database.exec(text);
  const note = text.lastIndexOf(NOTE);
  if (note >= 0) {
    const { made, sums } = JSON.parse(text.slice(note + NOTE.length)) as {
      made: number;
      sums: Record<string, Sum>;
    };
    noteDown(database, made, sums);
  }
  database.exec('commit');
  return database;
}

/** The backup of what runs on Cloudflare, one SQL file that both `restore` and `wrangler d1 execute` take. */
export function backUpRemote(to: string, write: (file: string) => void = exportRemote) {
  if (!to.endsWith('.sql'))
    throw new CommandError('A backup from Cloudflare is SQL: name a file that ends in .sql.');
  if (existsSync(to)) throw new CommandError(`${to} is there already. Name another file.`);
  const part = `${to}.part`;
  try {
    write(part);
    const database = loadSql(part, ':memory:');
    const sums: Record<string, Sum> = sumsOf(database);
    database.close();
    const made = Date.now();
    appendFileSync(part, `${NOTE}${JSON.stringify({ made, sums })}\n`);
    renameSync(part, to);
    return { file: to, made, sums, rows: Object.values(sums).reduce((all, { rows }) => all + rows, 0) };
  } finally {
    rmSync(part, { force: true });
  }
}
