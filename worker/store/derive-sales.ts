// How orders and refunds follow from events: what a server confirmed goes before what browsers claim.

/** Time and id as one text: comparing it compares (at, id), so that ties in time are broken by id. */
export const MOMENT = `printf('%015d', at) || id`;

/** The visit of an event `e`: written down where the id does not begin with it. */
export const VISIT_OF = 'coalesce(e.visit, substr(e.id, 1, e.stem))';

/** Whether a sale `e` is confirmed: its id says so, and no browser can send such an id; see collect/confirm.ts. */
const CONFIRMED = `substr(e.id, 1, length(e.type) + 2) = e.type || '!:'`;

/** ?1 store key, ?2 JSON list of merchant order ids: all that is known of these orders. */
export const SALES = `
sales as materialized (
  select e.order_id, e.id, e.type, e.at, e.day, e.visitor, ${VISIT_OF} as visit, e.value, e.currency,
    ${CONFIRMED} as confirmed
  from json_each(?2) t cross join events e indexed by events_order
  where e.store = ?1 and e.order_id = t.value
)`;

/**
 * Confirmed before claimed; then the event under the order's own id before any other; then the earliest. So a forger's
 * earlier time moves nothing, and of two confirmations the first stands: a later amount is not when the money came, and
 * what goes back is a refund.
 */
export const RANK = `(not confirmed) || (id <> type || ':' || order_id) || ${MOMENT}`;

/**
 * Refunds that give something back: of what a server confirmed as paid or given back, only those that it confirmed.
 * A browser's refund could otherwise take from confirmed revenue, and one and the same be given twice.
 */
const refundCounts = (payments: string) => `(r.confirmed or not (${payments}
    or r.order_id in (select order_id from sales where confirmed and type <> 'order')))`;

/**
 * Whether an order `l`, or a payment `p`, is no more than a claim above the store's bound (?5, JSON by currency): the
 * server's word for the other of the two is as good, where it says as much.
 */
const isHeld = (sale: string, other: string) =>
  `coalesce(not ${sale}.confirmed and ${sale}.value > coalesce(?5->>${sale}.currency, ?5->>'*')
    and not coalesce(${other}.confirmed and ${other}.currency = ${sale}.currency and ${other}.value >= ${sale}.value, 0), 0)`;
const ORDER_HELD = isHeld('l', 'p');
const PAYMENT_HELD = isHeld('p', 'l');

/**
 * Beside ?1 and ?2, whether only confirmed orders (?3) and only confirmed payments and refunds (?4) count. The first
 * order event by rank is the order, the first payment its payment. Whose order it is was said by what a server confirmed
 * with a visitor, else by the first order event that knows one, else by the first payment: a claim that does not count
 * still lends its visitor and visit.
 */
export const DERIVE_ORDERS = `
with ${SALES},
placing as (
  select order_id, min(${RANK}) as rank, ${MOMENT} as moment, at, day, value, currency, confirmed
  from sales where type = 'order' and (confirmed or not ?3) group by order_id
),
payment as (
  select order_id, min(${RANK}) as rank, at, day, value, currency, confirmed
  from sales where type = 'payment' and (confirmed or not ?4) group by order_id
),
claim as (
  select order_id,
    min((not confirmed) || case type when 'order' then '1' when 'payment' then '2' else '3' end || ${RANK}) as rank,
    visitor, visit
  from sales where visitor is not null group by order_id
),
refund as (
  select r.order_id, sum(r.value) as value
  from sales r join payment p on p.order_id = r.order_id and p.currency = r.currency
  where r.type = 'refund' and ${refundCounts('?4')} group by r.order_id
)
insert into orders (store, order_id, visitor, visit, at, day, placed, value, currency, confirmed,
  paid_at, paid_day, paid, paid_currency, paid_confirmed, refunded, held, paid_held)
select ?1, known.order_id, c.visitor, c.visit, l.at, l.day, l.moment, iif(${ORDER_HELD}, 0, l.value), l.currency,
  coalesce(l.confirmed, 0), p.at, p.day, iif(${PAYMENT_HELD}, 0, p.value), p.currency, coalesce(p.confirmed, 0),
  min(coalesce(r.value, 0), coalesce(iif(${PAYMENT_HELD}, 0, p.value), 0)),
  iif(${ORDER_HELD}, l.value, null), iif(${PAYMENT_HELD}, p.value, null)
from (select distinct order_id from sales) known
left join placing l using (order_id)
left join payment p using (order_id)
left join claim c using (order_id)
left join refund r using (order_id)
where true
on conflict (store, order_id) do update set
  visitor = excluded.visitor, visit = excluded.visit, at = excluded.at, day = excluded.day,
  placed = excluded.placed, value = excluded.value, currency = excluded.currency, confirmed = excluded.confirmed,
  paid_at = excluded.paid_at, paid_day = excluded.paid_day, paid = excluded.paid,
  paid_currency = excluded.paid_currency, paid_confirmed = excluded.paid_confirmed, refunded = excluded.refunded,
  held = excluded.held, paid_held = excluded.paid_held
where (visitor, visit, at, day, placed, value, currency, confirmed, paid_at, paid_day, paid, paid_currency,
    paid_confirmed, refunded, held, paid_held)
  is not (excluded.visitor, excluded.visit, excluded.at, excluded.day, excluded.placed, excluded.value,
    excluded.currency, excluded.confirmed, excluded.paid_at, excluded.paid_day, excluded.paid, excluded.paid_currency,
    excluded.paid_confirmed, excluded.refunded, excluded.held, excluded.paid_held)`;

/** ?3 as ?4 above. A row for each moment with a refund, also where it gives nothing. */
export const DERIVE_REFUNDS = `
with ${SALES},
given as (
  select r.order_id, r.at, r.day, o.paid,
    sum(case when r.currency = o.paid_currency and ${refundCounts('?3')} then r.value else 0 end) as value
  from sales r cross join orders o on o.store = ?1 and o.order_id = r.order_id
  where r.type = 'refund' group by r.order_id, r.at
),
so_far as (
  select order_id, at, day, min(coalesce(paid, 0), sum(value) over earlier) as upto
  from given window earlier as (partition by order_id order by at)
),
each_time as (
  select order_id, at, day, upto - coalesce(lag(upto) over (partition by order_id order by at), 0) as value
  from so_far
)
insert into refunds (store, order_id, at, day, value)
select ?1, order_id, at, day, value from each_time where true
on conflict (store, order_id, at) do update set day = excluded.day, value = excluded.value
where (day, value) is not (excluded.day, excluded.value)`;

/** ?1 store key, ?2 JSON list of merchant order ids: those that no event speaks of any more. */
export const FORGET_ORDERS = `
delete from orders where store = ?1 and order_id in (
  select t.value from json_each(?2) t where not exists (
    select 1 from events e indexed by events_order where e.store = ?1 and e.order_id = t.value))`;

/** The same of moments at which none of their refunds lies any more. */
export const FORGET_REFUNDS = `
with ${SALES}
delete from refunds where store = ?1 and (order_id, at) in (
  select r.order_id, r.at from json_each(?2) t cross join refunds r
  where r.store = ?1 and r.order_id = t.value
    and not exists (select 1 from sales s where s.type = 'refund' and s.order_id = r.order_id and s.at = r.at))`;
