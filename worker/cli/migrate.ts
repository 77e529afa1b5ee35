// Brings a local database up to date, with the same bookkeeping as `wrangler d1 migrations`.
import type { D1Database } from '@cloudflare/workers-types';
import type { Migration } from './settings.ts';

const BOOKKEEPING = `create table if not exists d1_migrations (
  id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)`;

/** Applies what is not applied yet, in their order, each all or nothing. */
export async function migrate(database: D1Database, migrations: readonly Migration[]): Promise<void> {
  await database.prepare(BOOKKEEPING).run();
  const { results } = await database.prepare('select name from d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const { name, statements } of migrations)
    if (!applied.has(name))
      await database.batch([
        ...statements.map((sql) => database.prepare(sql)),
        database.prepare('insert into d1_migrations (name) values (?)').bind(name),
      ]);
}
