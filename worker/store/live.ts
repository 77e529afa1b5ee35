// Counts from visits and orders what no sealed day holds: the statements of a question, for units and for money.
import { type SQL, sql } from 'drizzle-orm';
import type { Stretch } from '../collect/calendar.ts';
import { askedOf, type Days, factsOf, int, isAsked, type Midnights, type Source } from './facts.ts';
import { type MoneyDate, UNIT_CODES, type UnitMeasure } from './measures.ts';
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

export const isDimension = (by: Grouping | undefined): by is Dimension =>
  DIMENSIONS.some((each) => each === by);

/** How rows are keyed: by nothing, by traits, or by stretches of the calendar; and the first day that counts of each. */
interface View {
  key: SQL;
  start: SQL;
}

function stretchView({ by }: FiguresQuestion): View {
  if (by === 'day' || by === 'hour') return { key: sql`day`, start: sql`day` };
  // A first stretch may begin before the period; what was before the period is not seen here.
  const first =
    by === 'week'
      ? sql`(day - (day + 3) % 7)`
      : sql`(strftime('%s', day * 86400, 'unixepoch', 'start of month') / 86400)`;
  return { key: first, start: first };
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
export function unitsQuery(store: number, question: FiguresQuestion, source: Source): SQL {
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
export function ordersQuery(store: number, question: FiguresQuestion, source: Source): SQL {
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
