// Counts of a period in one round trip: sealed days from what they add up to, all others from visits and orders.
import type { D1Result } from '@cloudflare/workers-types';
import { type SQL, sql } from 'drizzle-orm';
import { isStretch, stretchOf } from '../collect/calendar.ts';
import type { Env } from '../env.ts';
import { int, type Source } from './facts.ts';
import { type FiguresQuestion, isDimension, ordersQuery, unitsQuery } from './live.ts';
import { type Figures, Sums, UNIT_CODES, type UnitMeasure } from './measures.ts';
import { type Pack, readPack } from './pack.ts';
import { prepare } from './statement.ts';
import { SEALED_DIMENSIONS } from './traits.ts';

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
