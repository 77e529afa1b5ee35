// Counts of a period in one round trip: sealed days from what they add up to, all others from visits and orders.
import type { D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import { type SQL, sql } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import { STRETCHES, type Stretch, stretchOf } from '../collect/calendar.ts';
import type { Env } from '../env.ts';
import { askedOf, type Days, factsOf, int, isAsked, type Midnights, type Source } from './facts.ts';
import { type Figures, type MoneyDate, Sums, UNIT_CODES, type UnitMeasure } from './measures.ts';
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

/** How rows are keyed: the whole under '', traits, or stretches of the calendar with the first day that counts of each. */
interface View {
  key: SQL;
  start: SQL;
}

function stretchView({ from, by }: FiguresQuestion): View {
  if (by === 'day' || by === 'hour') return { key: sql`day`, start: sql`day` };
  const first =
    by === 'week'
      ? sql`(day - (day + 3) % 7)`
      : sql`(strftime('%s', day * 86400, 'unixepoch', 'start of month') / 86400)`;
  return { key: first, start: sql`max(${int(from)}, ${first})` };
}

/**
 * The views of a question. A unit has one trait, so that the total is the sum of traits; stretches share people, so
 * that it is a view of its own, told apart by a null key.
 */
function viewsOf(question: FiguresQuestion, keyOf: (dimension: Dimension) => SQL): View[] {
  const { by, from } = question;
  if (isDimension(by)) return [{ key: keyOf(by), start: int(from) }];
  // Hours are numbered from the first of the period.
  const total = { key: sql`null`, start: int(by === 'hour' ? 0 : from) };
  return by === undefined ? [total] : [total, stretchView(question)];
}

const unionAll = (selects: SQL[]) => sql.join(selects, sql` union all `);

/** Units under each key, all measures in one row. */
function unitsQuery(store: number, question: FiguresQuestion, source: Source): SQL {
  const { scope, by, filter, from } = question;
  const traited = isDimension(by) || isFiltered(filter);
  const joined = traited ? joinTraits(scope, sql`s`) : sql``;
  const counted = sql`${isAsked(source)} and ${passes(filter, traitKey)}`;
  const { stepped, listed } = measuresOf(scope);
  const names = Object.keys(UNIT_CODES) as UnitMeasure[];
  const columns = (columnOf: (name: UnitMeasure) => SQL) =>
    sql.join(
      names.map((name) => sql`${columnOf(name)} as ${sql.identifier(name)}`),
      sql`, `,
    );
  const ofView = ({ key, start }: View): SQL => {
    const begins = (low: SQL, high: SQL) => sql`${low} < ${start} and ${start} <= ${high}`;
    const ofSteps = sql`select ${key} as key, ${columns((name) => {
      const measure = stepped[name];
      if (!measure) return sql`0`;
      const { when, low, high, n } = measure;
      return sql`sum(case when ${when} and ${begins(low, high)} then ${n} else 0 end)`;
    })} from steps s ${joined} where ${counted} group by 1`;
    const ofLists = Object.entries(listed).map(
      ([list, table]) => sql`select ${key}, ${columns((name) => (name === list ? sql`count(*)` : sql`0`))}
        from ${table} s ${joined} where ${counted} and ${begins(sql`low`, sql`high`)} group by 1`,
    );
    return sql`select key, ${columns((name) => sql`sum(${sql.identifier(name)})`)}
      from (${unionAll([ofSteps, ...ofLists])}) group by 1`;
  };
  return sql`with ${askedOf(source)} ${factsOf(store, source)},
    ${traited ? sql`${traits(store, scope, from)},` : sql``}
    ${stepsOf(scope)}
    ${unionAll(viewsOf(question, traitKey).map((view) => sql`select * from (${ofView(view)})`))}`;
}

/** Orders and money under each key, a row for each measure and currency. */
function ordersQuery(store: number, question: FiguresQuestion, source: Source): SQL {
  const { scope, by, filter, from, money } = question;
  const traited = isDimension(by) || isFiltered(filter);
  const keyOf = (dimension: Dimension) =>
    sql`case when s.visitor is null then ${UNATTRIBUTED} else ${traitKey(dimension)} end`;
  const ofView = ({ key, start }: View) => sql`
    select ${key} as key, measure || currency as code, sum(n) as n
    from sums s ${traited ? joinTraits(scope, sql`s`) : sql``}
    where low < ${start} and ${start} <= high and ${passes(filter, keyOf)} group by 1, 2`;
  return sql`with ${askedOf(source)} ${salesOf(store, scope, source, [money])}
    ${
      traited
        ? sql`, seen as (select distinct visitor from sums where visitor is not null), ${traits(store, scope, from)}`
        : sql``
    }
    ${unionAll(viewsOf(question, keyOf).map((view) => sql`select * from (${ofView(view)})`))}`;
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

/** Adds up the whole of a question and its rows. */
class Answer {
  readonly #total: Sums;
  readonly #rows: Sums;
  readonly #traits: boolean;

  constructor({ by, money }: FiguresQuestion) {
    this.#total = new Sums(money);
    this.#rows = new Sums(money);
    this.#traits = isDimension(by);
  }

  /** Under a null key the whole, which traits add up to and stretches do not. */
  add(key: string | number | null, code: string, n: number): void {
    if (key !== null) this.#rows.add(String(key), code, n);
    if (key === null || this.#traits) this.#total.add('', code, n);
  }

  figures(): Answered {
    return { total: this.#total.figures(), rows: this.#rows.figures() };
  }
}

/** What sealed days count of a question. */
function addPacks(
  { from, by, filter }: FiguresQuestion,
  packs: readonly { day: number; pack: string }[],
  answer: Answer,
): void {
  const [keys] = Object.values(filter ?? {});
  for (const { day, pack } of packs) {
    const read = JSON.parse(pack) as Pack;
    const add =
      (keyOf: (trait: string) => string | number | null) => (key: string, code: string, n: number) => {
        if (!keys || keys.includes(key)) answer.add(keyOf(key), code, n);
      };
    if (isDimension(by))
      readPack(
        read,
        day,
        from,
        add((key) => key),
      );
    else
      readPack(
        read,
        day,
        from,
        add(() => null),
      );
    if (!isStretch(by)) continue;
    const first = stretchOf(day, by);
    readPack(
      read,
      day,
      Math.max(from, first),
      add(() => first),
    );
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
  const answered = ([units, orders, packs]: D1Result[]): Answered => {
    const answer = new Answer(question);
    for (const { key, ...counts } of (units as D1Result<Keyed & Record<UnitMeasure, number>>).results)
      for (const [name, n] of Object.entries(counts))
        if (n > 0) answer.add(key, UNIT_CODES[name as UnitMeasure], n);
    for (const { key, code, n } of (orders as D1Result<Keyed & { code: string; n: number }>).results)
      answer.add(key, code, n);
    if (packs) addPacks(question, (packs as D1Result<{ day: number; pack: string }>).results, answer);
    return answer.figures();
  };
  return { statements, answered };
}

interface Keyed {
  key: string | number | null;
}

/** The whole of a question, and its rows if it is grouped. */
export interface Answered {
  total: Figures;
  rows: Figures;
}

/** Answers several questions about a store at once, in the order they were asked. */
export async function readFigures(
  env: Env,
  store: number,
  questions: readonly FiguresQuestion[],
): Promise<Answered[]> {
  const plans = questions.map((question) => plan(env, store, question));
  const results = await env.DB.batch(plans.flatMap(({ statements }) => statements));
  let read = 0;
  return plans.map(({ statements, answered }) => {
    const own = results.slice(read, read + statements.length);
    read += statements.length;
    return answered(own);
  });
}
