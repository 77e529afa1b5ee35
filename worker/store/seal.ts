// Seals days that are over: adds up what they say once, so that later questions read a row a day.
import { type SQL, sql } from 'drizzle-orm';
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { askedOf, factsOf, isAsked, type Source } from './facts.ts';
import { MONEY_DATES, UNIT_CODES, type UnitMeasure } from './measures.ts';
import { PACKING } from './pack.ts';
import { salesOf } from './sales.ts';
import { prepare } from './statement.ts';
import { measuresOf, stepsOf } from './steps.ts';
import {
  joinTraits,
  type Scope,
  SEALED_DIMENSIONS,
  type SealedDimension,
  traitKey,
  traits,
  UNATTRIBUTED,
} from './traits.ts';

/** A day is over for so many milliseconds before it is sealed: visits over midnight end, late senders send. */
const SETTLING = 2 * 3_600_000;
/** Visits of one step, or one day if it has more: half a second, or one, for which the database answers nobody else. */
const VISITS_A_STEP = 4_000;
/** Days looked at in one step. */
const DAYS_A_STEP = 60;

const SCOPES = ['visitor', 'visit'] as const satisfies readonly Scope[];

/** D1 takes five terms of a compound SELECT at most. */
const TERMS = 4;

/** Selects of the same columns, one after the other, however many. */
function unionAll(selects: readonly SQL[]): SQL {
  const groups: SQL[] = [];
  for (let at = 0; at < selects.length; at += TERMS)
    groups.push(sql`select * from (${sql.join(selects.slice(at, at + TERMS), sql` union all `)})`);
  return groups.length > TERMS ? unionAll(groups) : sql.join(groups, sql` union all `);
}

/** Every measure of the asked days, a row for each unit that has it. */
function marksOf(scope: Scope, source: Source): SQL {
  const { stepped, listed } = measuresOf(scope);
  const code = (name: string) => sql.raw(`'${UNIT_CODES[name as UnitMeasure]}' as measure`);
  const ofSteps = Object.entries(stepped).map(
    ([name, { when, low, high, n }]) =>
      sql`select visitor, visit, day, ${code(name)}, '' as currency, ${low} as low, ${high} as high, ${n} as n
        from steps where ${isAsked(source)} and ${when}`,
  );
  const ofLists = Object.entries(listed).map(
    ([name, table]) =>
      sql`select ${scope === 'visit' ? sql`visitor, visit` : sql`visitor, null as visit`}, day, ${code(name)},
        '' as currency, low, high, 1 as n
        from ${table} where ${isAsked(source)}`,
  );
  const ofSales = sql`select visitor, visit, day, measure, currency, low, high, n from sums`;
  return unionAll([...ofSteps, ...ofLists, ofSales]);
}

/** Whether somebody is new depends on where a period begins, so that each kind has the beginnings for which it is so. */
const KINDS = ['new', 'returning'] as const;

const ORIGIN: readonly SealedDimension[] = ['channel', 'medium', 'source', 'campaign'];
/**
 * Dimensions whose values go together: marks are added up by each of these sets before they are told under every
 * dimension of it, which makes a fraction of the rows.
 */
const TOGETHER = [ORIGIN, SEALED_DIMENSIONS.filter((name) => !ORIGIN.includes(name))];

/** The rows `keyed` of a set of dimensions, and with the origin the total. */
function keyedBy(scope: Scope, set: readonly SealedDimension[]): SQL {
  const byKind = scope === 'visitor' && set.includes('visitor_kind');
  const dimensions = set.filter((name) => !(byKind && name === 'visitor_kind'));
  const told = [...(set === ORIGIN ? ['total'] : []), ...dimensions, ...(byKind ? KINDS : [])];
  const keys = dimensions.map((name) => sql`when ${name} then ${traitKey(name)}`);
  const traits = [...dimensions, ...(byKind ? ['first_day'] : [])].map((name) => sql.raw(`t.${name}`));
  const mark = sql`m.day, m.measure, m.currency, m.low, m.high, m.visitor is null`;
  const spans = byKind
    ? sql`case d.value when 'returning' then max(t.low, coalesce(t.first_day, t.high)) else t.low end as low,
        case d.value when 'new' then min(t.high, coalesce(t.first_day, t.high)) else t.high end as high`
    : sql`t.low, t.high`;
  return sql`select case when d.value in ('new', 'returning') then 'visitor_kind' else d.value end as dimension, t.day,
        case when d.value = 'total' then '' when t.nobody then ${UNATTRIBUTED}
          else case d.value ${sql.join(keys, sql` `)} else d.value end end as key,
        t.measure, t.currency, ${spans}, t.n
      from (
        select ${mark} as nobody, ${sql.join(traits, sql`, `)}, sum(m.n) as n
        from marks m ${joinTraits(scope, sql`m`)} group by ${mark}, ${sql.join(traits, sql`, `)}
      ) t cross join json_each(${JSON.stringify(told)}) d`;
}

/** Writes the rows of some days, in the place of those that are there. */
function sealing(store: number, scope: Scope, days: readonly number[]): SQL {
  const asked = sql`select value as day from json_each(${JSON.stringify(days)})`;
  const source: Source = { kind: 'days', asked, since: 0, until: Math.max(...days) };
  const columns = ['total', ...SEALED_DIMENSIONS];
  const values = columns.map((name) => sql`max(case dimension when ${name} then pack end)`);
  return sql`insert or replace into sealed (store, scope, day, version, ${sql.raw(columns.join(', '))})
    with ${askedOf(source)} ${factsOf(store, source)}, ${stepsOf(scope)}, ${salesOf(store, scope, source, MONEY_DATES)},
    everybody as (
      select visitor from seen union select visitor from sums where visitor is not null
    ),
    ${traits(store, scope, 0, sql`everybody`)},
    marks as materialized (${marksOf(scope, source)}),
    keyed as (select * from (${unionAll(TOGETHER.map((set) => keyedBy(scope, set)))}) where low < high),
    ${PACKING}
    select ${store}, ${scope}, day, (select sealings + 1 from stores where key = ${store}), ${sql.join(values, sql`, `)}
    from packs group by day`;
}

/** Days from `from` to `last` on which anything happened, and in how many scopes each is sealed. */
function daysToSeal(store: number, from: number, last: number): SQL {
  const next = (after: SQL) => sql`(select min(day) from (
      select min(day) as day from visits where store = ${store} and day > ${after}
      union all select min(day) from orders indexed by orders_day where store = ${store} and day > ${after}
      union all select min(paid_day) from orders indexed by orders_paid where store = ${store} and paid_day > ${after}
      union all select min(day) from refunds indexed by refunds_day where store = ${store} and day > ${after}
    ))`;
  return sql`with recursive active (day) as (
      select ${next(sql`${from - 1}`)}
      union all
      select ${next(sql`active.day`)} from active where day < ${last} limit ${DAYS_A_STEP}
    )
    select day, (
        select count(*) from sealed s where s.store = ${store} and s.scope in ('visitor', 'visit') and s.day = active.day
      ) as sealed
    from active where day <= ${last}`;
}

const visitsOn = (store: number, day: number): SQL =>
  sql`select count(*) as n from (
      select 1 from visits where store = ${store} and day = ${day} limit ${VISITS_A_STEP}
    )`;

/** The last day of a store that may be sealed. */
export const lastOver = (timezone: string, now: number): number => dayOf(now - SETTLING, timezone) - 1;

/**
 * Seals the next days of a store that are over and not sealed yet, `from` on. Each step is one transaction, so that a
 * step may fail or be repeated; an event that comes between its reading and its writing is in the transaction.
 * @returns whether there may be more to do.
 */
export async function sealStep(
  env: Env,
  { key, timezone }: Pick<StoreSettings, 'key' | 'timezone'>,
  from: number,
  now: number,
): Promise<boolean> {
  const last = lastOver(timezone, now);
  if (from > last) return false;
  const { results } = await prepare(env, daysToSeal(key, from, last)).all<{ day: number; sealed: number }>();
  const open = results.filter(({ sealed }) => sealed < SCOPES.length).map(({ day }) => day);
  const chosen: number[] = [];
  let visits = 0;
  for (const day of open) {
    const row = await prepare(env, visitsOn(key, day)).first<{ n: number }>();
    visits += row?.n ?? 0;
    if (chosen.length > 0 && visits > VISITS_A_STEP) break;
    chosen.push(day);
  }
  const seen = results.at(-1)?.day;
  const complete = chosen.length === open.length;
  const until = complete ? (results.length < DAYS_A_STEP ? last : (seen ?? last)) : (chosen.at(-1) as number);
  await env.DB.batch([
    ...(chosen.length > 0 ? SCOPES.map((scope) => prepare(env, sealing(key, scope, chosen))) : []),
    // A late event may have moved it back in the meantime.
    prepare(
      env,
      sql`update stores set sealings = sealings + 1, seal_from = iif(seal_from = ${from}, ${until + 1}, seal_from)
        where key = ${key}`,
    ),
  ]);
  return until < last;
}

/** Unseals every day of a store, so that all are added up anew; triggers set the clock's job back. */
export async function unseal(env: Env, store: number): Promise<void> {
  await prepare(env, sql`delete from sealed where store = ${store}`).run();
}
