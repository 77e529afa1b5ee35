// The keys of some owners under a dimension, and which of them a filter lets through.
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import {
  type Dimension,
  type Filter,
  isFiltered,
  joinTraits,
  passes,
  type Scope,
  traitKey,
  traits,
  UNATTRIBUTED,
} from './traits.ts';

/** Whose something is; without a visitor it is unattributed. */
export interface Owner {
  visitor: string | null;
  visit: string | null;
}

/** Characters of one list of owners: even where each takes three bytes it stays under D1's 2 MB for a parameter. */
const LIST = 500_000;

export interface KeysQuestion {
  scope: Scope;
  /** The first day of the period, which parts new visitors from returning ones. */
  from: number;
  by?: Dimension | undefined;
  filter?: Filter | undefined;
}

/** JSON lists of owners, none too long for a parameter. */
function* listsOf(owners: readonly Owner[]): Generator<string> {
  let list: string[] = [];
  let length = 0;
  for (const { visitor, visit } of owners) {
    const text = JSON.stringify([visitor, visit]);
    list.push(text);
    length += text.length;
    if (length < LIST) continue;
    yield `[${list.join(',')}]`;
    list = [];
    length = 0;
  }
  if (list.length > 0) yield `[${list.join(',')}]`;
}

const keyOf = (dimension: Dimension): SQL =>
  sql`case when o.visitor is null then ${UNATTRIBUTED} else ${traitKey(dimension)} end`;

/** Each owner's key ('' where no dimension is asked for), or null where the filter does not let it through. */
export async function keysOf(
  env: Env,
  store: number,
  owners: readonly Owner[],
  { scope, from, by, filter }: KeysQuestion,
): Promise<(string | null)[]> {
  if (by === undefined && !isFiltered(filter)) return owners.map(() => '');
  const keys: (string | null)[] = owners.map(() => null);
  let before = 0;
  for (const list of listsOf(owners)) {
    const found = await drizzle(env.DB).values<[number, string]>(sql`
      with owners as materialized (
        select key as n, value->>0 as visitor, value->>1 as visit from json_each(${list})
      ),
      seen as (select distinct visitor from owners where visitor is not null),
      ${traits(store, scope, from)}
      select o.n, ${by ? keyOf(by) : sql`''`} from owners o ${joinTraits(scope, sql`o`)} where ${passes(filter, keyOf)}`);
    for (const [n, key] of found) keys[before + n] = key;
    before += (JSON.parse(list) as unknown[]).length;
  }
  return keys;
}
