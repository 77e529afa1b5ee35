// What people and visits are grouped and filtered by: their traits, read at entry.
import { type SQL, sql } from 'drizzle-orm';

export type Scope = 'visitor' | 'visit';

/** Columns of `visits`, and whether somebody is here for the first time. */
export const DIMENSIONS = [
  'channel',
  'source',
  'medium',
  'campaign',
  'device',
  'country',
  'entry',
  'exit',
  'visitor_kind',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Those that sealed days are kept by: few values, so that a day's figures stay small. */
export const SEALED_DIMENSIONS = [
  'channel',
  'visitor_kind',
  'device',
  'country',
  'medium',
  'source',
  'campaign',
] as const satisfies readonly Dimension[];
export type SealedDimension = (typeof SEALED_DIMENSIONS)[number];

/** The key of what has no value: no campaign, no known country. */
export const NONE = '(none)';
/** The key of the orders of no known visitor, under every dimension. */
export const UNATTRIBUTED = 'unattributed';

/** A direct visit inherits the visitor's last other origin for this long. */
const INHERITED_FOR = 30 * 86_400_000;

/** Sorts visits by their beginning; the visit's id breaks ties. */
const BEGINNING = sql.raw(`printf('%015d', v.start) || v.visit`);

/**
 * The traits of some people (`seen (visitor)`) as a table `traits`: of each person by their first visit ever, or of
 * each of their visits. One pass over a person's visits however many there are: a browser chooses its visitor id, so
 * that nothing here may grow with its square. `from` is the first day of the period, which parts new from returning;
 * the day of a person's first visit stands beside it as `first_day`.
 */
export function traits(store: number, scope: Scope, from: number, seen = sql`seen`): SQL {
  if (scope === 'visitor')
    return sql`first_days as (
      select s.visitor, (
        select min(v.day) from visits v indexed by visits_visitor where v.store = ${store} and v.visitor = s.visitor
      ) as day
      from ${seen} s
    ),
    firsts as (
      select f.visitor, f.day, (
        select substr(min(${BEGINNING}), 16)
        from visits v where v.store = ${store} and v.day = f.day and v.visitor = f.visitor
      ) as visit
      from first_days f
    ),
    traits as materialized (
      select v.visitor, v.channel, v.source, v.medium, v.campaign, v.device, v.country, v.entry, v.exit,
        v.day as first_day, case when v.day >= ${from} then 'new' else 'returning' end as visitor_kind
      from firsts f cross join visits v
      where v.store = ${store} and v.day = f.day and v.visitor = f.visitor and v.visit = f.visit
    )`;
  return sql`of_visits as materialized (
      select v.visitor, v.visit, v.start, ${BEGINNING} as beginning, v.channel, v.source, v.medium, v.campaign,
        v.device, v.country, v.entry, v.exit
      from ${seen} s cross join visits v indexed by visits_visitor
      where v.store = ${store} and v.visitor = s.visitor group by v.visitor, v.visit
    ),
    with_origin as (
      select *, row_number() over visits_in_order as nth,
        max(case when channel <> 'direct' then beginning end) over visits_in_order as last
      from of_visits
      window visits_in_order as (partition by visitor order by beginning)
    ),
    traits as materialized (
      select w.visitor, w.visit, o.channel, o.source, o.medium, o.campaign, w.device, w.country, w.entry, w.exit,
        case when w.nth = 1 then 'new' else 'returning' end as visitor_kind
      from with_origin w join of_visits o on o.visitor = w.visitor and o.visit = case
        when w.channel = 'direct' and cast(substr(w.last, 1, 15) as integer) >= w.start - ${INHERITED_FOR}
        then substr(w.last, 16) else w.visit end
    )`;
}

/** Joins `traits` to something with an owner; who has no visits at all has no traits, and came directly. */
export const joinTraits = (scope: Scope, owner: SQL): SQL =>
  scope === 'visitor'
    ? sql`left join traits t on t.visitor = ${owner}.visitor`
    : sql`left join traits t on t.visitor = ${owner}.visitor and t.visit = ${owner}.visit`;

/** The key of a joined owner under a dimension. */
export function traitKey(dimension: Dimension): SQL {
  const column = sql.raw(`t.${dimension}`);
  if (dimension === 'channel') return sql`coalesce(${column}, 'direct')`;
  if (dimension === 'visitor_kind') return sql`coalesce(${column}, 'new')`;
  return sql`coalesce(${column}, ${NONE})`;
}

/** Dimensions with the keys that pass; all of them must. */
export type Filter = Partial<Record<Dimension, readonly string[]>>;

export const isFiltered = (filter: Filter | undefined): filter is Filter =>
  filter !== undefined && Object.keys(filter).length > 0;

/** The condition that a filter makes of keys. */
export function passes(filter: Filter | undefined, keyOf: (dimension: Dimension) => SQL): SQL {
  const conditions = DIMENSIONS.flatMap((dimension) => {
    const keys = filter?.[dimension];
    return keys ? [sql`${keyOf(dimension)} in (select value from json_each(${JSON.stringify(keys)}))`] : [];
  });
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}
