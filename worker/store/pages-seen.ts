// What those who saw a page did from then on: counted from the trails of a period's visits, and from its orders.
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { type Days, datedRows, int, PAID, PLACED } from './facts.ts';
import { ORDER_CODES, type OrderCounts, PAYMENT_CODES, Sums } from './measures.ts';
import { unitVisit } from './steps.ts';
import { type Filter, isFiltered, joinTraits, passes, type Scope, traitKey, traits } from './traits.ts';

export interface PagesQuestion extends Days {
  scope: Scope;
  filter: Filter;
  /** Milliseconds by which something may seem to come before the page and still counts as after it. */
  together: number;
  limit: number;
  /** The last page of the list before: how many saw it, and its path. */
  after?: readonly [visitors: number, path: string] | undefined;
}

/** Of one page, or under a null path of all pages together. */
export interface PageCounts {
  path: string | null;
  views: number;
  visitors: number;
  entries: number;
  exits: number;
  consulting: number;
  buyers: number;
  paying: number;
  orders: readonly OrderCounts[];
  /** Those who paid in whatever currency. */
  payers: number;
}

/** The entry of a trail without its time: a letter, and what there is to know of it; see trail.ts. */
const WHAT = sql`ltrim(stop.value, '0123456789')`;
const LETTER = sql`substr(${WHAT}, 1, 1)`;
const REST = sql`substr(${WHAT}, 2)`;
const AT = sql`v.start + cast(stop.value as integer)`;

/** Units by page with their first view of it, as `kept (visitor, visit, path, seen, views)`; a null path is any page. */
function keptOf(store: number, { scope, from, to, filter }: PagesQuestion): SQL {
  const traited = isFiltered(filter);
  // The plus keeps the planner from reading a store's whole history in the order of its visitors.
  return sql`all_pages as materialized (
      select +v.visitor as visitor, ${unitVisit(scope)} as visit, ${REST} as path, min(${AT}) as seen, count(*) as views
      from visits v cross join json_each(v.trail) stop
      where v.store = ${store} and v.day between ${from} and ${to} and v.pages > 0 and ${LETTER} = 'v'
      group by 1, 2, 3
    ),
    ${
      traited
        ? sql`seen as (select distinct visitor from all_pages), ${traits(store, scope, from)},
          pages as materialized (
            select p.* from all_pages p ${joinTraits(scope, sql`p`)} where ${passes(filter, traitKey)}
          )`
        : sql`pages as (select * from all_pages)`
    },
    kept as (
      select * from pages
      union all
      select visitor, visit, null, min(seen), sum(views) from pages group by 1, 2
    )`;
}

/**
 * Where visits began and ended, as `ends (path, entries, exits)`: of the days in which they did. A trail that has the
 * visit's first moment has its first page too, and one that has its last moment its last; of the few that go over
 * midnight the other days are looked at.
 */
function endsOf(store: number, { scope, from, to, filter }: PagesQuestion): SQL {
  const another = (when: SQL) => sql`exists (
      select 1 from visits w indexed by visits_visitor
      where w.store = ${store} and w.visitor = v.visitor and w.visit = v.visit and ${when} and w.pages > 0
    )`;
  const last = sql`v.start + cast(v.trail->>'$[#-1]' as integer)`;
  return sql`own_ends as (
      select v.entry, v.exit,
        substr(v.trail, 1, 3) = '["0' or not ${another(sql`w.day < v.day`)} as begins,
        ${last} = v.ended or not ${another(sql`w.day > v.day`)} as ends
      from visits v ${isFiltered(filter) ? joinTraits(scope, sql`v`) : sql``}
      where v.store = ${store} and v.day between ${from} and ${to} and v.pages > 0 and ${passes(filter, traitKey)}
    ),
    ends as materialized (
      select iif(side.value, exit, entry) as path, sum(not side.value) as entries, sum(side.value) as exits
      from own_ends cross join json_each('[0, 1]') side where iif(side.value, ends, begins) group by 1
    )`;
}

/** The last moments of units: of an inquiry that no order of the period precedes, of an order, of a payment. */
function momentsOf(store: number, { scope, from, to }: PagesQuestion): SQL {
  const source = { kind: 'period', from, to } as const;
  const [placed, paid] = [datedRows(store, source, PLACED), datedRows(store, source, PAID)];
  const unit = sql`visitor, ${unitVisit(scope)} as visit`;
  return sql`sales as materialized (
      select ${unit}, o.at, o.placed, o.value, o.currency, o.paid_day, o.paid, o.paid_currency, o.refunded
      from ${placed.rows} and o.visitor is not null
    ),
    bought as (
      select visitor, visit, min(placed) as first, max(at) as last from sales group by 1, 2
    ),
    inquiries as (
      select v.visitor, ${unitVisit(scope)} as visit, ${AT} as at, printf('%015d', ${AT}) || ${REST} as moment
      from visits v cross join json_each(v.trail) stop
      where v.store = ${store} and v.day between ${from} and ${to} and v.inquiries > 0 and ${LETTER} = 'i'
    ),
    moments as materialized (
      select visitor, visit, max(asked) as asked, max(ordered) as ordered, max(paid) as paid from (
        select i.visitor, i.visit, i.at as asked, null as ordered, null as paid
        from inquiries i left join bought b on b.visitor = i.visitor and b.visit is i.visit
        where b.first is null or i.moment < b.first
        union all
        select visitor, visit, null, last, null from bought
        union all
        select ${unit}, null, null, o.paid_at from ${paid.rows} and o.visitor is not null
      ) group by 1, 2
    )`;
}

/** The money of the pages that are shown, as rows (path, code, n) with the letters of measures.ts. */
function moneyOf(together: number): SQL {
  const [order, payment] = [ORDER_CODES, PAYMENT_CODES.order];
  return sql`orders_of_pages as materialized (
      select k.path, s.* from kept k cross join sales s on s.visitor = k.visitor and s.visit is k.visit
      where s.at >= k.seen - ${int(together)} and (k.path is null or k.path in (select path from shown))
    ),
    money as (
      select path, code || currency as code, n from (
        select o.path, m.value as code, currency, sum(case m.value when ${order.orders} then 1
          when ${order.paidOrders} then paid_day is not null else o.value end) as n
        from orders_of_pages o cross join json_each(${JSON.stringify([order.orders, order.paidOrders, order.value])}) m
        group by 1, 2, 3
        union all
        select o.path, m.value, paid_currency, sum(iif(m.value = ${payment.gross}, paid, refunded))
        from orders_of_pages o cross join json_each(${JSON.stringify([payment.gross, payment.refunded])}) m
        where paid_day is not null group by 1, 2, 3
        union all
        select path, ${payment.payers}, paid_currency, count(distinct visitor || ' ' || coalesce(visit, ''))
        from orders_of_pages where paid_day is not null group by 1, 3
        union all
        select path, ${payment.payers}, '', count(distinct visitor || ' ' || coalesce(visit, ''))
        from orders_of_pages where paid_day is not null group by 1
      )
    )`;
}

type Row = [
  nth: number,
  path: string | null,
  code: string | null,
  n: number,
  views: number,
  entries: number,
  exits: number,
  consulting: number,
  buyers: number,
  paying: number,
];

/** What all pages come to, and one page more than `limit` where there are more; most seen first. */
export async function readPages(
  env: Env,
  store: number,
  question: PagesQuestion,
): Promise<{ whole: PageCounts; pages: PageCounts[] }> {
  const { together, limit, after } = question;
  const since = sql`k.seen - ${int(together)}`;
  const rows = await drizzle(env.DB).values<Row>(sql`
    with ${keptOf(store, question)}, ${endsOf(store, question)}, ${momentsOf(store, question)},
    counts as (
      select k.path, count(*) as visitors, sum(k.views) as views, total(m.asked >= ${since}) as consulting,
        total(m.ordered >= ${since}) as buyers, total(m.paid >= ${since}) as paying
      from kept k left join moments m on m.visitor = k.visitor and m.visit is k.visit group by 1
    ),
    shown as materialized (
      select *, row_number() over (order by path is not null, visitors desc, path) as nth from counts
      where path is null ${
        after
          ? sql`or visitors < ${int(after[0])} or visitors = ${int(after[0])} and path > ${after[1]}`
          : sql`or true`
      }
      order by nth limit ${int(limit + 2)}
    ),
    ${moneyOf(together)}
    select nth, s.path, null, visitors, views,
      coalesce(iif(s.path is null, (select sum(entries) from ends), e.entries), 0),
      coalesce(iif(s.path is null, (select sum(exits) from ends), e.exits), 0), consulting, buyers, paying
    from shown s left join ends e on e.path = s.path
    union all
    select nth, s.path, code, n, 0, 0, 0, 0, 0, 0 from money m join shown s on s.path is m.path`);

  const sums = new Sums('order');
  const pages: (Omit<PageCounts, 'orders' | 'payers'> & { nth: number })[] = [];
  for (const [nth, path, code, n, views, entries, exits, consulting, buyers, paying] of rows)
    if (code !== null) sums.add(String(nth), code, n);
    else pages.push({ nth, path, visitors: n, views, entries, exits, consulting, buyers, paying });
  const figures = sums.figures();
  const sales = Map.groupBy(figures.orders, ({ key }) => key);
  const counted = pages
    .sort((a, b) => a.nth - b.nth)
    .map(({ nth, ...counts }) => ({
      ...counts,
      orders: sales.get(String(nth)) ?? [],
      payers: figures.payers.get(String(nth)) ?? 0,
    }));
  const nobody: PageCounts = {
    path: null,
    ...{ views: 0, visitors: 0, entries: 0, exits: 0, consulting: 0, buyers: 0, paying: 0 },
    orders: [],
    payers: 0,
  };
  return { whole: counted[0] ?? nobody, pages: counted.slice(1) };
}
