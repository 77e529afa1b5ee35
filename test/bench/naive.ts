// The naive side: the same people counted by `count(distinct visitor)` over raw events, as trackers usually do.
import type { D1Database } from '@cloudflare/workers-types';
import { type Latency, timed } from './questions.ts';
import { LAST_DAY, startOfDay } from './traffic.ts';

const REPETITIONS = 9;

/** Fewer questions than the headline answers, so that nothing is made slower than it has to be. */
const COUNT = `
select count(distinct visitor) as visitors,
  count(distinct case type when 'inquiry' then visitor end) as inquiring,
  count(distinct case type when 'order' then visitor end) as buyers,
  count(distinct case type when 'payment' then visitor end) as paying
from events where store = (select key from stores where id = ?1) and at >= ?2 and at < ?3`;

/** Covers the question: raw events cannot be read in fewer steps than one an event of the period. */
const INDEX = 'create index bench_raw on events (store, at, type, visitor)';

export interface RawCount extends Latency {
  visitors: number;
  buyers: number;
  rowsRead: number;
}

export async function countRaw(database: D1Database, store: string, days: number): Promise<RawCount> {
  const from = startOfDay(LAST_DAY - days + 1);
  const statement = database.prepare(COUNT).bind(store, from, startOfDay(LAST_DAY + 1));
  const { results, meta } = await statement.all<Pick<RawCount, 'visitors' | 'buyers'>>();
  const [counted] = results;
  if (!counted) throw new Error('A count has one row.');
  return { ...counted, rowsRead: meta.rows_read, ...(await timed(() => statement.all(), REPETITIONS)) };
}

/** Gives raw events the index that suits the question best; the product does not have it. */
export const indexRaw = async (database: D1Database): Promise<void> => {
  await database.prepare(INDEX).run();
};
