// Counts of a period in one round trip: sealed days from what they add up to, all others from visits and orders.
import type { D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import { type SQL, sql } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import { STRETCHES, type Stretch, stretchOf } from '../collect/calendar.ts';
import type { Env } from '../env.ts';
import { askedOf, type Days, factsOf, int, isAsked, type Midnights, type Source } from './facts.ts';
import {
  type Figures,
  type MoneyDate,
  Sums,
  UNIT_CODES,
  type UnitCounts,
  type UnitMeasure,
} from './measures.ts';
import { type Pack, readPack } from './pack.ts';
import { salesOf } from './sales.ts';
import { measuresOf, stepsOf } from './steps.ts';
import {
  DIMENSIONS,
  type Dimension,
  type Filter,
  isFiltered,
  joinTraits,
  passes,
  type Scope,
  SEALED_DIMENSIONS,
  traitKey,
  traits,
  UNATTRIBUTED,
} from './traits.ts';

export type Grouping = Dimension | Stretch | 'hour';

export interface FiguresQuestion extends Days {
  scope: Scope;
  by?: Grouping | undefined;
  filter?: Filter | undefined;
  /** What dates money. */
  money: MoneyDate;
  /** When the days begin, by the hour alone. */
  midnights?: Midnights;
}

const isStretch = (by: Grouping | undefined): by is Stretch => STRETCHES.some((each) => each === by);
const isDimension = (by: Grouping | undefined): by is Dimension => DIMENSIONS.some((each) => each === by);

/**
 * The column of sealed days that answers a question, if one does: what is grouped and filtered by must be one and the
 * same dimension. Who is new depends on where the period begins, and cannot be told of each of its weeks.
 */
function sealedColumn({ scope, by, filter }: FiguresQuestion): SQL | null {
  if (by === 'hour') return null;
  const [dimension, another] = new Set([...(isDimension(by) ? [by] : []), ...Object.keys(filter ?? {})]);
  if (another !== undefined) return null;
  if (dimension === undefined) return sql`total`;
  if (dimension === 'visitor_kind' && scope === 'visitor' && isStretch(by)) return null;
  return SEALED_DIMENSIONS.some((each) => each === dimension) ? sql.raw(dimension) : null;
}

/** The days of the period that are not sealed under a column. */
const unsealed = (store: number, { scope, from, to }: FiguresQuestion, column: SQL): SQL => sql`
      with recursive calendar (day) as (
        select ${int(from)} union all select day + 1 from calendar where day < ${int(to)}
      )
      select day from calendar c where not exists (
        select 1 from sealed s
        where s.store = ${store} and s.scope = ${scope} and s.day = c.day and s.${column} is not null
      )`;

function sourceOf(store: number, question: FiguresQuestion, column: SQL | null): Source {
  const { from, to, by, midnights } = question;
  if (by === 'hour') {
    if (!midnights) throw new Error('Hours are counted from the beginnings of their days.');
    return { kind: 'hours', from, to, midnights };
  }
  if (column === null) return { kind: 'period', from, to };
  return { kind: 'days', asked: unsealed(store, question, column), since: from, until: to };
}

/** The stretch that a row's `day` lies in, and the first day of what is counted of it. */
function stretchSql({ from, by }: FiguresQuestion): { stretch: SQL; start: SQL } {
  if (by === 'day' || by === 'hour') return { stretch: sql`day`, start: sql`day` };
  if (by === 'week') {
    const monday = sql`(day - (day + 3) % 7)`;
    return { stretch: monday, start: sql`max(${int(from)}, ${monday})` };
  }
  if (by === 'month') {
    const first = sql`(strftime('%s', day * 86400, 'unixepoch', 'start of month') / 86400)`;
    return { stretch: first, start: sql`max(${int(from)}, ${first})` };
  }
  return { stretch: sql`''`, start: int(from) };
}

/** Units under each key, all measures in one row. */
function unitsQuery(store: number, question: FiguresQuestion, source: Source): SQL {
  const { scope, by, filter, from } = question;
  const { stretch, start } = stretchSql(question);
  const traited = isDimension(by) || isFiltered(filter);
  const key = isDimension(by) ? traitKey(by) : stretch;
  const joined = traited ? joinTraits(scope, sql`s`) : sql``;
  const counted = sql`${isAsked(source)} and ${passes(filter, traitKey)}`;
  const { stepped, listed } = measuresOf(scope);
  const names = Object.keys(UNIT_CODES) as UnitMeasure[];
  const begins = (low: SQL, high: SQL) => sql`${low} < ${start} and ${start} <= ${high}`;
  const columns = (columnOf: (name: UnitMeasure) => SQL) =>
    sql.join(
      names.map((name) => sql`${columnOf(name)} as ${sql.identifier(name)}`),
      sql`, `,
    );
  const ofSteps = sql`select ${key} as key, ${columns((name) => {
    const measure = stepped[name];
    if (!measure) return sql`0`;
    return sql`sum(case when ${measure.when} and ${begins(measure.low, measure.high)} then ${measure.n} else 0 end)`;
  })} from steps s ${joined} where ${counted} group by 1`;
  const ofLists = Object.entries(listed).map(
    ([list, table]) => sql` union all
      select ${key}, ${columns((name) => (name === list ? sql`count(*)` : sql`0`))}
      from ${table} s ${joined} where ${counted} and ${begins(sql`low`, sql`high`)} group by 1`,
  );
  return sql`with ${askedOf(source)} ${factsOf(store, source)},
    ${traited ? sql`${traits(store, scope, from)},` : sql``}
    ${stepsOf(scope)}
    select key, ${columns((name) => sql`sum(${sql.identifier(name)})`)} from (${ofSteps} ${sql.join(ofLists, sql``)}) group by 1`;
}

/** Orders and money under each key, a row for each measure and currency. */
function ordersQuery(store: number, question: FiguresQuestion, source: Source): SQL {
  const { scope, by, filter, from, money } = question;
  const { stretch, start } = stretchSql(question);
  const traited = isDimension(by) || isFiltered(filter);
  const keyOf = (dimension: Dimension) =>
    sql`case when s.visitor is null then ${UNATTRIBUTED} else ${traitKey(dimension)} end`;
  return sql`with ${askedOf(source)} ${salesOf(store, scope, source, [money])}
    ${
      traited
        ? sql`, seen as (select distinct visitor from sums where visitor is not null), ${traits(store, scope, from)}`
        : sql``
    }
    select ${isDimension(by) ? keyOf(by) : stretch} as key, measure || currency as code, sum(n) as n
    from sums s ${traited ? joinTraits(scope, sql`s`) : sql``}
    where low < ${start} and ${start} <= high and ${passes(filter, keyOf)} group by 1, 2`;
}

const dialect = new SQLiteAsyncDialect();

/** Drizzle's own batch takes no raw SQL, so that the statement is made by hand from what drizzle composed. */
export function prepare(env: Env, query: SQL): D1PreparedStatement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return env.DB.prepare(text).bind(...params);
}

const packsQuery = (store: number, { scope, from, to }: FiguresQuestion, column: SQL): SQL => sql`
    select day, ${column} as pack from sealed
    where store = ${store} and scope = ${scope} and day between ${from} and ${to} and ${column} is not null`;

/** What sealed days count of a question. */
function addPacks(
  { from, by, filter }: FiguresQuestion,
  rows: readonly { day: number; pack: string }[],
  sums: Sums,
): void {
  const [keys] = Object.values(filter ?? {});
  for (const { day, pack } of rows) {
    const stretch = isStretch(by) ? stretchOf(day, by) : null;
    const own = stretch === null ? '' : String(stretch);
    readPack(JSON.parse(pack) as Pack, day, Math.max(from, stretch ?? from), (key, code, n) => {
      if (!keys || keys.includes(key)) sums.add(isDimension(by) ? key : own, code, n);
    });
  }
}

/** The statements that a question takes, and how their results add up. */
function plan(env: Env, store: number, question: FiguresQuestion) {
  const column = sealedColumn(question);
  const source = sourceOf(store, question, column);
  const statements = [
    prepare(env, unitsQuery(store, question, source)),
    prepare(env, ordersQuery(store, question, source)),
    ...(column ? [prepare(env, packsQuery(store, question, column))] : []),
  ];
  const figures = ([units, orders, packs]: D1Result[]): Figures => {
    const sums = new Sums(question.money);
    for (const { key, ...counts } of (units as D1Result<UnitCounts>).results)
      for (const [name, n] of Object.entries(counts))
        if (n !== 0) sums.add(String(key), UNIT_CODES[name as UnitMeasure], n as number);
    for (const { key, code, n } of (orders as D1Result<{ key: string; code: string; n: number }>).results)
      sums.add(String(key), code, n);
    if (packs) addPacks(question, (packs as D1Result<{ day: number; pack: string }>).results, sums);
    return sums.figures();
  };
  return { statements, figures };
}

/** Answers several questions about a store at once, in the order they were asked. */
export async function readFigures(
  env: Env,
  store: number,
  questions: readonly FiguresQuestion[],
): Promise<Figures[]> {
  const plans = questions.map((question) => plan(env, store, question));
  const results = await env.DB.batch(plans.flatMap(({ statements }) => statements));
  let read = 0;
  return plans.map(({ statements, figures }) => {
    const own = results.slice(read, read + statements.length);
    read += statements.length;
    return figures(own);
  });
}
