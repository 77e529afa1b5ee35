// Appends what a server confirmed, and says in the same transaction what browsers had claimed and what stands now.
import type { StampedEvent, StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { type Appended, appending, outcomeOf } from './append.ts';
import { RANK, SALES } from './derive-sales.ts';
import { repeatedly } from './trouble.ts';

/** An amount in minor units. */
export interface Amount {
  value: number;
  currency: string;
}

/** What is known now of an order or of its payment. */
export interface Standing {
  order: string;
  type: 'order' | 'payment';
  /** What browsers say: the claim that would count if nothing were confirmed. */
  claimed: Amount | null;
  /** What counts. */
  stands: Amount & { at: number };
  /** Whether a visitor is known. */
  attributed: boolean;
}

/** ?1 store key, ?2 JSON list of merchant order ids. */
const CLAIMED = `
with ${SALES}
select order_id as "order", type, min(${RANK}) as rank, value, currency
from sales where type in ('order', 'payment') and not confirmed group by order_id, type`;

/** ?1 and ?2 as above; an order and its payment are a row each. */
const STANDING = `
select o.order_id as "order", t.value as type, iif(t.value = 'order', o.at, o.paid_at) as at,
  iif(t.value = 'order', o.value, o.paid) as value, iif(t.value = 'order', o.currency, o.paid_currency) as currency,
  o.visitor is not null as attributed
from json_each(?2) l cross join orders o cross join json_each('["order", "payment"]') t
where o.store = ?1 and o.order_id = l.value`;

type ClaimRow = Amount & Pick<Standing, 'order' | 'type'>;
type StandingRow = ClaimRow & { at: number; attributed: number };

/** Appends as `append` does; `standings` has one of each order and payment among the events. */
export async function appendConfirmed(
  env: Env,
  store: StoreSettings,
  events: readonly StampedEvent[],
): Promise<Appended & { standings: Standing[] }> {
  if (events.length === 0) return { accepted: 0, duplicate: 0, rowsRead: 0, rowsWritten: 0, standings: [] };
  const orders = JSON.stringify([...new Set(events.flatMap(({ order }) => order ?? []))]);
  const statements = appending(env, store, events);
  const transaction = [
    ...statements,
    env.DB.prepare(CLAIMED).bind(store.key, orders),
    env.DB.prepare(STANDING).bind(store.key, orders),
  ];
  const results = await repeatedly(() => env.DB.batch(transaction));
  const [claims, standing] = results.slice(statements.length).map(({ results: rows }) => rows);
  const keyOf = ({ type, order }: { type: string; order: string | null }) => `${type} ${order}`;
  const sent = new Set(events.map(keyOf));
  const claimed = new Map((claims as ClaimRow[]).map((row) => [keyOf(row), row]));
  const standings = (standing as StandingRow[])
    .filter((row) => sent.has(keyOf(row)))
    .map(({ order, type, at, value, currency, attributed }) => {
      const claim = claimed.get(keyOf({ type, order }));
      return {
        order,
        type,
        claimed: claim ? { value: claim.value, currency: claim.currency } : null,
        stands: { at, value, currency },
        attributed: attributed === 1,
      };
    });
  return { ...outcomeOf(results, events), standings };
}
