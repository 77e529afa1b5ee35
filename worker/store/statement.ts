// Statements that drizzle composes, and D1 runs: drizzle's own batch takes no raw SQL.
import type { D1PreparedStatement } from '@cloudflare/workers-types';
import type { SQL } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Env } from '../env.ts';

const dialect = new SQLiteAsyncDialect();

export function prepare(env: Env, query: SQL): D1PreparedStatement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return env.DB.prepare(text).bind(...params);
}
