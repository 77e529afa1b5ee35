// Erases a visitor: every event that names them, and with it all that was derived from it.
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { ownEvents } from './derive.ts';
import { REMOVED_A_STEP, type Removable, removeEvents } from './remove.ts';

/** ?1 store key, ?2 visitor. Whatever names a visitor names a visit too, and is found by it. */
export const VISITS_OF_VISITOR = `
touched as materialized (
  select distinct visitor, visit from visits indexed by visits_visitor where store = ?1 and visitor = ?2
)`;

/** The next events of a visitor, ?3 of them at most. */
const NEXT = `
with ${VISITS_OF_VISITOR}
select * from (${ownEvents('e.id, e.visitor, t.visit as visit, e.order_id as "order"')}) limit ?3`;

/** The next step of erasing a visitor. @returns how many events it erased; fewer than a step holds were the last. */
export async function eraseStep(
  env: Env,
  store: StoreSettings,
  visitor: string,
  step = REMOVED_A_STEP,
): Promise<number> {
  const { results } = await env.DB.prepare(NEXT).bind(store.key, visitor, step).all<Removable>();
  await removeEvents(env, store, results);
  return results.length;
}

/**
 * Erases a visitor as far as `steps` reach; asked again it goes on, and for whoever is gone it does nothing.
 * @returns how many events are erased, and whether none is left.
 */
export async function eraseVisitor(
  env: Env,
  store: StoreSettings,
  visitor: string,
  steps: number,
): Promise<{ events: number; done: boolean }> {
  let events = 0;
  for (let taken = 0; taken < steps; taken++) {
    const erased = await eraseStep(env, store, visitor);
    events += erased;
    if (erased < REMOVED_A_STEP) return { events, done: true };
  }
  return { events, done: false };
}
