// How visits follow from events, and what some events touch: everything derived is a pure function of their set.
import type { D1PreparedStatement } from '@cloudflare/workers-types';
import { claimLimits } from '../collect/claim.ts';
import type { StampedEvent, StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { DERIVE_ORDERS, DERIVE_REFUNDS, MOMENT, VISIT_OF } from './derive-sales.ts';
import { firstRule } from './ruled.ts';
import { STOP, TRAIL_EVENTS } from './trail.ts';

const OWN = `e.visitor, t.visit, e.id, e.type, e.at, e.day, e.path, e.channel, e.source, e.medium, e.campaign, e.device,
    e.country, e.engaged, e.data`;

/** The events of `touched (visitor, visit)`, from where the visit's lie together and from the index of the others. */
export const ownEvents = (columns: string) => `
  select ${columns} from touched t cross join events e
  where e.store = ?1 and e.id >= t.visit || '.' and e.id < t.visit || '/'
    and ${VISIT_OF} = t.visit and e.visitor = t.visitor
  union all
  select ${columns} from touched t cross join events e indexed by events_apart
  where e.store = ?1 and e.visit = t.visit and e.apart = 1 and e.visitor = t.visitor`;

/** An event's moment with some of its columns behind it, so that the least or greatest brings them along. */
const carrying = (...columns: string[]) => `${MOMENT} || char(1) || json_array(${columns.join(', ')})`;
/** What came along, as a JSON list: no id holds a control character. */
const carried = (moment: string) => `substr(${moment}, instr(${moment}, char(1)) + 1)`;

/**
 * ?1 store key, ?2 JSON list of [visitor, visit], ?3 pages and ?4 milliseconds that make a visit effective, and ?5 channel
 * rules, where there are any. The partial indexes are named, because the planner takes the whole key of a store for cheaper and reads it all.
 * The visits are called `n`, of which rules and trails speak too; see ruled.ts and trail.ts. As plain as can be: of
 * what a page view costs, planning this text is more than running it.
 */
const deriveVisits = (ruled: boolean) => `
with touched as materialized (
  select value->>0 as visitor, value->>1 as visit from json_each(?2)
),
own as materialized (${ownEvents(OWN)}),
told as (
  select visitor, visit, min(at) as start, max(at) as ended, sum(type = 'visit') as pages, total(engaged) as engaged,
    max(type not in ('visit', 'engaged')) as steps, min(${carrying('device', 'country')}) as at_first,
    min(iif(type = 'visit', ${carrying('path', 'channel', 'source', 'medium', 'campaign')}, null)) as at_entry,
    max(iif(type = 'visit', ${carrying('path')}, null)) as at_exit
  from own group by visitor, visit
),
n as materialized (
  select visitor, visit, start, ended, pages >= ?3 or engaged >= ?4 or steps as effective,
    first->>0 as device, first->>1 as country, entry->>0 as entry, entry->>1 as channel, entry->>2 as source,
    entry->>3 as medium, entry->>4 as campaign, exit->>0 as exit
  from (
    select *, ${carried('at_first')} as first, ${carried('at_entry')} as entry, ${carried('at_exit')} as exit from told
  )
)
insert into visits (store, day, visitor, visit, start, ended, pages, engaged, effective, inquiries, inquiry, trail,
  entry, exit, channel, source, medium, campaign, device, country)
select ?1, o.day, visitor, visit, n.start, n.ended, sum(o.type = 'visit'), cast(total(o.engaged) as integer),
  n.effective, sum(o.type = 'inquiry'), min(iif(o.type = 'inquiry', printf('%015d', o.at) || o.id, null)),
  '[' || group_concat(iif(o.nth <= ${TRAIL_EVENTS}, ${STOP}, null), ',' order by o.nth) || ']',
  n.entry, n.exit, coalesce(${ruled ? `${firstRule('?5', 'channel')}, ` : ''}n.channel, 'direct'), n.source, n.medium,
  n.campaign, n.device, n.country
from (
  select *, row_number() over (partition by visitor, visit, day order by at, id) as nth from own
) o join n using (visitor, visit)
group by visitor, visit, o.day
on conflict (store, day, visitor, visit) do update set
  start = excluded.start, ended = excluded.ended, pages = excluded.pages, engaged = excluded.engaged,
  effective = excluded.effective, inquiries = excluded.inquiries, inquiry = excluded.inquiry,
  trail = excluded.trail, entry = excluded.entry, exit = excluded.exit, channel = excluded.channel,
  source = excluded.source, medium = excluded.medium, campaign = excluded.campaign, device = excluded.device,
  country = excluded.country
where (start, ended, pages, engaged, effective, inquiries, inquiry, trail, entry, exit, channel, source, medium,
    campaign, device, country)
  is not (excluded.start, excluded.ended, excluded.pages, excluded.engaged, excluded.effective,
    excluded.inquiries, excluded.inquiry, excluded.trail, excluded.entry, excluded.exit, excluded.channel,
    excluded.source, excluded.medium, excluded.campaign, excluded.device, excluded.country)`;
const BY_RULES = deriveVisits(true);
const WITHOUT_RULES = deriveVisits(false);

/** ?1 store key, ?2 JSON list of [visitor, visit]: their days on which none of their events lies any more. */
export const FORGET_VISITS = `
with touched as materialized (
  select value->>0 as visitor, value->>1 as visit from json_each(?2)
),
own as materialized (${ownEvents('e.visitor, t.visit, e.day')})
delete from visits where store = ?1 and (day, visitor, visit) in (
  select v.day, v.visitor, v.visit
  from touched t cross join visits v indexed by visits_visitor
  where v.store = ?1 and v.visitor = t.visitor and v.visit = t.visit
    and not exists (select 1 from own o where o.visitor = v.visitor and o.visit = v.visit and o.day = v.day))`;

/** What some events belong to, each once: visits as [visitor, visit], and merchant order ids. */
export interface Touched {
  visits: [string, string][];
  orders: string[];
}

export function touchedBy(events: readonly Pick<StampedEvent, 'visitor' | 'visit' | 'order'>[]): Touched {
  const visits = new Map<string, [string, string]>();
  const orders = new Set<string>();
  for (const { visitor, visit, order } of events) {
    if (visitor !== null && visit !== null) visits.set(`${visitor} ${visit}`, [visitor, visit]);
    if (order !== null) orders.add(order);
  }
  return { visits: [...visits.values()], orders: [...orders] };
}

/** The statements that derive visits, orders and refunds of a store from all their events. */
export function derivation(
  { DB }: Env,
  store: StoreSettings,
  { visits, orders }: Touched,
): D1PreparedStatement[] {
  const statements: D1PreparedStatement[] = [];
  const { key, currency, minPages, minEngaged, channelRules, confirm, claimLimit } = store;
  const rules = channelRules.length > 0 ? [JSON.stringify(channelRules)] : [];
  if (visits.length > 0)
    statements.push(
      DB.prepare(rules.length > 0 ? BY_RULES : WITHOUT_RULES).bind(
        ...[key, JSON.stringify(visits), minPages, minEngaged],
        ...rules,
      ),
    );
  if (orders.length > 0) {
    const touched = JSON.stringify(orders);
    const [ordersToo, payments] = [confirm === 'all', confirm !== 'none'].map(Number);
    statements.push(
      DB.prepare(DERIVE_ORDERS).bind(key, touched, ordersToo, payments, claimLimits(currency, claimLimit)),
      DB.prepare(DERIVE_REFUNDS).bind(key, touched, payments),
    );
  }
  return statements;
}
