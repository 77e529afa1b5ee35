// How many rows a question reads in all, by D1's own count.
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';

export async function rowsRead(run: () => Promise<unknown>): Promise<number> {
  let read = 0;
  const prepare = env.DB.prepare.bind(env.DB);
  const batch = env.DB.batch.bind(env.DB);
  vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
    const results = await batch(statements);
    for (const { meta } of results) read += meta.rows_read;
    return results as never;
  });
  vi.spyOn(env.DB, 'prepare').mockImplementation((text) => {
    const statement = prepare(text);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      const bound = bind(...values);
      const raw = bound.raw.bind(bound);
      const all = bound.all.bind(bound);
      bound.all = async () => {
        const result = await all();
        read += result.meta.rows_read;
        return result as never;
      };
      bound.raw = (async (options: never) => {
        // Rows without names come without a count: asked a second time, for the count alone.
        read += (await bind(...values).all()).meta.rows_read;
        return raw(options);
      }) as never;
      return bound;
    };
    return statement;
  });
  await run();
  vi.restoreAllMocks();
  return read;
}
