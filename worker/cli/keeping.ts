// What is kept: the options that say for how long and how much, and the commands that delete for good.
import type { Erasure } from '../api/keeping.ts';
import { call, target } from './operator.ts';

/** A number, or the word for none. */
const numbered = (name: string, text: string | undefined) =>
  text === undefined ? {} : { [name]: /^(ever|usual)$/.test(text) ? null : Number(text) };

/** The change that these options ask for. */
export const keepingOf = (values: {
  'keep-days'?: string | undefined;
  'daily-events'?: string | undefined;
  'claim-limit'?: string | undefined;
}) => ({
  ...numbered('retention_days', values['keep-days']),
  ...numbered('daily_events', values['daily-events']),
  ...numbered('claim_limit', values['claim-limit']),
});

/** Erases a visitor, however many events there are. */
export async function eraseVisitor(store: string, visitor: string): Promise<void> {
  const path = `/v1/visitors/${encodeURIComponent(visitor)}?${new URLSearchParams({ store })}`;
  let events = 0;
  for (let done = false; !done; ) {
    const step = await call<Erasure>(target(), 'DELETE', path);
    events += step.events;
    done = step.done;
  }
  console.log(events === 0 ? 'Nothing is kept of this visitor.' : `${events} events are erased.`);
}

/** Deletes a store whose name, or id, was typed out. */
export async function deleteStore(store: string, confirm: string): Promise<void> {
  await call(target(), 'DELETE', `/v1/stores/${store}?${new URLSearchParams({ confirm })}`);
  console.log('It is gone. The database is emptied of it within minutes.');
}
