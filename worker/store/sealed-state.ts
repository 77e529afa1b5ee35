// Whether periods are wholly sealed, and in which state: what says that an answer is still what it was.
import { sql } from 'drizzle-orm';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { prepare } from './statement.ts';

/**
 * A text that changes with everything that answers about these days alone depend on, beside the store's settings; null
 * while any of them is not sealed. Late events, refunds and rebuilds delete the sealed rows of what they change, and
 * what is sealed again has a higher version than all before, so that number and highest version tell every state from
 * every other. Reads a row a day and no figures.
 */
export async function sealedState(env: Env, store: number, spans: readonly Days[]): Promise<string | null> {
  const last = Math.max(...spans.map(({ to }) => to));
  // Both scopes of a day are sealed and unsealed together.
  const row = await prepare(
    env,
    sql`select seal_from as sealFrom, recount_after is null as counted, (
        select group_concat((
          select count(*) || '.' || coalesce(max(version), 0) from sealed
          where store = ${store} and scope = 'visitor' and day between span.value->>0 and span.value->>1
        )) from json_each(${JSON.stringify(spans.map(({ from, to }) => [from, to]))}) span
      ) as state
      from stores where key = ${store}`,
  ).first<{ sealFrom: number; counted: number; state: string }>();
  return row?.counted && row.sealFrom > last ? row.state : null;
}
