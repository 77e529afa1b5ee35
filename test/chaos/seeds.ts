// Many seeds of faults over the local database engine, each reconciled: sent is stored, derived is what a rebuild makes.
import type { D1Database } from '@cloudflare/workers-types';
import type { Env } from '../../worker/env.ts';
import { rebuildStep } from '../../worker/store/rebuild.ts';
import { createStore, settingsOf } from '../../worker/store/stores.ts';
import { openDatabase } from '../bench/engine.ts';
import { runSeed, SHOP } from './faults.ts';

/** Seeds at once. */
const TOGETHER = 20;

export interface Seeds {
  seeds: number;
  sent: number;
  faults: number;
  attempts: number;
  lost: number;
  twice: number;
  wrong: string[];
}

const derivedOf = async (database: D1Database, key: number): Promise<string> => {
  const tables = ['visits order by day, visitor, visit', 'orders order by order_id'];
  const read = tables.map((table) => {
    const [name, order] = table.split(' order by ');
    return database.prepare(`select * from ${name} where store = ? order by ${order}`).bind(key);
  });
  return JSON.stringify((await database.batch(read)).map(({ results }) => results));
};

export async function runSeeds(seeds: number): Promise<Seeds> {
  const total: Seeds = { seeds, sent: 0, faults: 0, attempts: 0, lost: 0, twice: 0, wrong: [] };
  const { database, close } = await openDatabase();
  // The Worker logs each fault, of which there are a thousand here.
  const log = console.error;
  console.error = () => undefined;
  const env = { DB: database, TUNDISH_SECRET: 'a secret of the fault tests, thirty-two characters' } as Env;
  const later: Promise<unknown>[] = [];
  const run = async (seed: number): Promise<void> => {
    const wanted = { name: `Seed ${seed}`, origins: [SHOP], timezone: 'UTC', currency: 'USD' };
    const store = await createStore(env, wanted, Date.now());
    const found = await runSeed(seed, env, store.id, (work) => later.push(work));
    const { results } = await database
      .prepare('select id from events where store = ? order by id')
      .bind(store.key)
      .all<{ id: string }>();
    const stored = new Set(results.map(({ id }) => id));
    total.sent += found.received - found.rejected;
    total.faults += found.faults;
    total.attempts = Math.max(total.attempts, found.attempts);
    total.lost += found.ids.filter((id) => !stored.has(id)).length;
    total.twice += results.length - stored.size;
    if (found.received !== found.accepted + found.duplicate + found.rejected)
      total.wrong.push(`Seed ${seed}: the answers do not add up.`);
    const before = await derivedOf(database, store.key);
    for (const table of ['visits', 'orders'])
      await database.prepare(`delete from ${table} where store = ?`).bind(store.key).run();
    for (let after: string | null = ''; after !== null; )
      after = await rebuildStep(env, settingsOf(store), after);
    if ((await derivedOf(database, store.key)) !== before)
      total.wrong.push(`Seed ${seed}: a rebuild makes something else.`);
  };
  try {
    for (let first = 0; first < seeds; first += TOGETHER)
      await Promise.all(
        Array.from({ length: Math.min(TOGETHER, seeds - first) }, (_, n) =>
          run(first + n).catch((error: Error) => total.wrong.push(error.message)),
        ),
      );
    await Promise.all(later);
  } finally {
    console.error = log;
    await close();
  }
  return total;
}
