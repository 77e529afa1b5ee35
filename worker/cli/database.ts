// The local database as a file: where it lies, and what its tables hold in numbers that can be compared.
import { existsSync, globSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Files in which the engine keeps what has not reached the database itself yet. */
export const SIDE_FILES = ['-wal', '-shm'] as const;

const changed = (file: string) =>
  Math.max(
    ...[file, ...SIDE_FILES.map((end) => file + end)].filter(existsSync).map((one) => statSync(one).mtimeMs),
  );

/** The database in a data folder, or null where no server has run yet. After a change of its id the newest one. */
export function databaseFile(data: string): string | null {
  const files = globSync(`${data}/d1/d1/*/*.sqlite`).filter((file) => !file.endsWith('/metadata.sqlite'));
  return files.sort((a, b) => changed(b) - changed(a))[0] ?? null;
}

/** Rows of a table, and one number made of all that is in them. */
export interface Sum {
  rows: number;
  sum: number;
}

/** Large numbers are summed by their remainder, so that a sum stays exact. */
const MODULUS = 1_000_003;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Counts and sums of every table of the product; what the engine and the tools keep for themselves is left out. */
export function sumsOf(database: DatabaseSync): Record<string, Sum> {
  const tables = database
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!'
        and name not like '!_cf!_%' escape '!' and name <> 'backup' order by name`,
    )
    .all() as { name: string }[];
  return Object.fromEntries(
    tables.map(({ name }) => {
      const columns = database.prepare(`select name from pragma_table_info(?)`).all(name) as {
        name: string;
      }[];
      const parts = columns.map(({ name: column }) => {
        const c = quoted(column);
        return `coalesce(sum(case typeof(${c}) when 'integer' then ${c} % ${MODULUS} else length(cast(${c} as blob)) end), 0)`;
      });
      const row = database
        .prepare(`select count(*) as rows, ${parts.join(' + ')} as sum from ${quoted(name)}`)
        .get();
      return [name, row as unknown as Sum];
    }),
  );
}

/** Leaves in a backup when it was made and what it must hold. */
export function noteDown(database: DatabaseSync, made: number, sums: Record<string, Sum>): void {
  database.exec('create table backup (made integer not null, sums text not null)');
  database.prepare('insert into backup (made, sums) values (?, ?)').run(made, JSON.stringify(sums));
}
