// Brings a local database up to date, with the same files and the same bookkeeping as `wrangler d1 migrations`.
import { readdirSync, readFileSync } from 'node:fs';
import type { D1Database } from '@cloudflare/workers-types';
import { unstable_splitSqlQuery } from 'wrangler';

const BOOKKEEPING = `create table if not exists d1_migrations (
  id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)`;

/** Applies what is not applied yet, each file all or nothing; returns the names of those files. */
export async function migrate(database: D1Database, folder: string): Promise<string[]> {
  await database.prepare(BOOKKEEPING).run();
  const { results } = await database.prepare('select name from d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const pending = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .sort();
  for (const name of pending)
    await database.batch([
      ...unstable_splitSqlQuery(readFileSync(`${folder}/${name}`, 'utf8')).map((sql) =>
        database.prepare(sql),
      ),
      database.prepare('insert into d1_migrations (name) values (?)').bind(name),
    ]);
  return pending;
}
