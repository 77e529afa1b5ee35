// Takes events out of the truth, and makes what follows from them anew in the same transaction: the way of forgetting.
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { derivation, FORGET_VISITS, touchedBy } from './derive.ts';
import { FORGET_ORDERS, FORGET_REFUNDS } from './derive-sales.ts';

/** Events that one step takes out: with what is made anew well inside D1's 30 s and 2 MB. */
export const REMOVED_A_STEP = 1_000;

/** An event to be removed, and what it belongs to. */
export interface Removable {
  id: string;
  visitor: string | null;
  visit: string | null;
  order: string | null;
}

const REMOVE = `
delete from events where store = ?1 and id in (select value from json_each(?2))`;

/**
 * One transaction, so that nobody reads half of it, and a step that fails or is repeated does no harm. Afterwards every
 * table is what the events that are left make of it; triggers unseal the days that this changes.
 */
export async function removeEvents(
  env: Env,
  store: StoreSettings,
  events: readonly Removable[],
): Promise<void> {
  if (events.length === 0) return;
  const touched = touchedBy(events);
  const list = (some: readonly unknown[]) => JSON.stringify(some);
  const { DB } = env;
  await DB.batch([
    DB.prepare(REMOVE).bind(store.key, list(events.map(({ id }) => id))),
    DB.prepare(FORGET_VISITS).bind(store.key, list(touched.visits)),
    ...derivation(env, store, touched),
    ...(touched.orders.length > 0
      ? [FORGET_REFUNDS, FORGET_ORDERS].map((text) => DB.prepare(text).bind(store.key, list(touched.orders)))
      : []),
  ]);
}
