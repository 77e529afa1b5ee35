// Empties a store that its owner had deleted: every table that holds something of it, then the store itself.
import { eq, getTableColumns, is, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Env } from '../env.ts';
import * as happened from './schema.ts';
import * as made from './schema-stores.ts';

/** Rows of one step. */
const STEP = 2_000;

type StoresTable = SQLiteTable & { store: typeof happened.events.store };

/** Every table with a column `store`, found by it, so that no new one can be forgotten. */
const tables = [...Object.values(happened), ...Object.values(made)].filter(
  (each: unknown) => is(each, SQLiteTable) && 'store' in getTableColumns(each),
) as unknown as StoresTable[];

function keyOf(table: SQLiteTable) {
  const { columns, primaryKeys } = getTableConfig(table);
  const names = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return sql.join(
    names.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
}

/** The next step of emptying a store. @returns whether there may be more of it. */
export async function emptyStep(env: Env, store: number): Promise<boolean> {
  const db = drizzle(env.DB);
  for (const table of tables) {
    const key = keyOf(table);
    const gone = await db.all(
      sql`delete from ${table} where (${key}) in (select ${key} from ${table} where store = ${store} limit ${STEP})
        returning 1`,
    );
    if (gone.length > 0) return true;
  }
  await db.delete(made.stores).where(eq(made.stores.key, store));
  return false;
}
