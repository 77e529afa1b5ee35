// What each person or visit reached on each of its days, and since when: the figures of any period are sums of it.
import { type SQL, sql } from 'drizzle-orm';
import type { UnitMeasure } from './measures.ts';
import type { Scope } from './traits.ts';

/** Before the first day of all. */
export const NEVER = sql.raw('-1');

/**
 * A measure counts `n` in a day's row where `when` holds, for every period that ends on that day or later and begins
 * after the day `low` and not after the day `high`. A person who reached something on this day and before that on day
 * `low` counts here for the periods in which this is the first time: the sum over a period's days is then the number
 * of different people, for any period.
 */
export interface Measure {
  when: SQL;
  low: SQL;
  high: SQL;
  n: SQL;
}

const ONE = sql`1`;
const DAY = sql`day`;

/** The last order before the day's first inquiry, and the last inquiry before the day's first order. */
const ORDER_BEFORE_INQUIRY = sql`case when placed < inquiry then day else before_order end`;
const INQUIRY_BEFORE_ORDER = sql`case when inquiry < placed then day else before_inquiry end`;

/**
 * Asking counts where no order of the period comes before it, so that the period must begin after the last order; a
 * buyer consulted where the period holds an inquiry before their first order in it.
 */
export const MEASURES = {
  visitors: { when: sql`true`, low: sql`before_any`, high: DAY, n: ONE },
  effective: { when: sql`effective`, low: sql`before_effective`, high: DAY, n: ONE },
  consulting: {
    when: sql`inquiry is not null`,
    low: sql`max(before_inquiry, ${ORDER_BEFORE_INQUIRY})`,
    high: DAY,
    n: ONE,
  },
  buyers: { when: sql`placed is not null`, low: sql`before_order`, high: DAY, n: ONE },
  consultingBuyers: {
    when: sql`placed is not null`,
    low: sql`before_order`,
    high: INQUIRY_BEFORE_ORDER,
    n: ONE,
  },
  paying: { when: sql`paid`, low: sql`before_payment`, high: DAY, n: ONE },
  pages: { when: sql`pages > 0`, low: NEVER, high: DAY, n: sql`pages` },
  inquiries: { when: sql`inquiries > 0`, low: NEVER, high: DAY, n: sql`inquiries` },
} satisfies Partial<Record<UnitMeasure, Measure>>;

/** What is counted from `steps`, and the tables (visitor, visit, day, low, high) whose rows count one each. */
export function measuresOf(scope: Scope): {
  stepped: Partial<Record<UnitMeasure, Measure>>;
  listed: Partial<Record<UnitMeasure, SQL>>;
} {
  const consultingPaying = sql`consulting_paying`;
  return scope === 'visit'
    ? { stepped: { ...MEASURES, visits: MEASURES.visitors }, listed: { consultingPaying } }
    : { stepped: MEASURES, listed: { consultingPaying, visits: sql`visit_days` } };
}

/** The visit of a unit: people have none. */
export const unitVisit = (scope: Scope): SQL => (scope === 'visit' ? sql`visit` : sql`null`);

const lastBefore = (condition: SQL) =>
  sql`coalesce(max(case when ${condition} then day end) over before, ${NEVER})`;

/**
 * From `facts`, a table `steps` with a row for each unit and day; `consulting_paying`, who asks and pays in the period
 * whichever comes first, where one payment may end several spans of beginnings; and `visit_days`, the visits of people,
 * of which but few have more than one day.
 */
export function stepsOf(scope: Scope): SQL {
  const { low } = MEASURES.consulting;
  return sql`unit_days as (
      select visitor, ${unitVisit(scope)} as visit, day, sum(pages) as pages, sum(inquiries) as inquiries,
        max(effective) as effective, min(inquiry) as inquiry, min(placed) as placed, max(paid) as paid
      from facts ${scope === 'visit' ? sql`where visit is not null` : sql``} group by 1, 2, 3
    ),
    steps as materialized (
      select *, ${lastBefore(sql`true`)} as before_any, ${lastBefore(sql`effective`)} as before_effective,
        ${lastBefore(sql`inquiry is not null`)} as before_inquiry,
        ${lastBefore(sql`placed is not null`)} as before_order, ${lastBefore(sql`paid`)} as before_payment
      from unit_days
      window before as (
        partition by visitor, visit order by day rows between unbounded preceding and 1 preceding
      )
    ),
    consults as materialized (
      select visitor, visit, day, ${low} as low, before_payment
      from steps where inquiry is not null and ${low} < day
    ),
    consulting_paying as (
      select p.visitor, p.visit, p.day, max(c.low, p.before_payment) as low, c.day as high
      from steps p join consults c on c.visitor = p.visitor and c.visit is p.visit
      where p.paid and c.day > p.before_payment and c.day <= p.day
      union all
      select visitor, visit, day, low, before_payment from consults where before_payment > low
    ),
    visit_spans as materialized (
      select visitor, visit, min(day) as first, max(day) as last
      from facts where visit is not null group by visitor, visit
    ),
    visit_days as (
      select visitor, visit, first as day, ${NEVER} as low, first as high from visit_spans where first = last
      union all
      select visitor, visit, day, coalesce(lag(day) over (partition by visitor, visit order by day), ${NEVER}), day
      from (
        select distinct f.visitor, f.visit, f.day from visit_spans longer
        join facts f on f.visitor = longer.visitor and f.visit = longer.visit where longer.first < longer.last
      )
    )`;
}
