// What every view needs to know: the session, the stores, and what of the address they all ask by.
import { computed, effect } from '@preact/signals';
import { filterParameters, storeAsked } from './address.ts';
import {
  changeStore,
  createStore,
  getSession,
  getStore,
  listStores,
  type MetricsQuestion,
  type NewStore,
  type Session,
  type Store,
  type StoreChange,
  signedOut,
  signOut,
} from './api.ts';
import { visible } from './asking.ts';
import { resource } from './resource.ts';
import { address, daysIn, go } from './state.ts';

/** How often a new store is asked for its first event. */
const POLL_MS = 2_000;
/** How often any other is asked how it is. */
const USAGE_MS = 5 * 60_000;

export const session = resource<Session>();
export const stores = resource<Store[]>();

export const store = computed<Store | null>(() => storeAsked(address.value.store, stores.value.value ?? []));

export const start = async (): Promise<void> => {
  // Side by side: whoever is signed in, which is nearly everybody, waits for one journey only.
  await Promise.all([session.load(getSession), stores.load(listStores)]);
};

/** Signing out, which fails without a connection as anything else does. */
export const leaving = resource<true>();
export const leave = async (): Promise<void> => {
  await leaving.load(async () => {
    await signOut();
    return true;
  });
  // A clean start: nothing of the session stays in memory.
  if (leaving.failure.peek() === null) location.assign('/');
};

/** Puts a store's fresh state where every view reads it. */
export const learn = (fresh: Store): void => {
  const all = stores.value.peek() ?? [];
  stores.value.value = all.some((one) => one.id === fresh.id)
    ? all.map((one) => (one.id === fresh.id ? fresh : one))
    : [...all, fresh];
};

/** A store is no more: whatever is shown next is of another. */
export const unlearn = (id: string): void => {
  stores.value.value = (stores.value.peek() ?? []).filter((one) => one.id !== id);
  const [next] = stores.value.value;
  go(next ? { view: 'overview', store: next.id } : { view: 'new-store', store: null });
};

export const addStore = async (wanted: NewStore): Promise<void> => {
  const made = await createStore(wanted);
  learn(made);
  go({ view: 'set-up', store: made.id });
};

/** Changes a store; the store as it is then, which says whether that has everything counted anew. */
export const saveStore = async ({ id }: Store, change: StoreChange): Promise<Store> => {
  const fresh = await changeStore(id, change);
  learn(fresh);
  return fresh;
};

/** Lets pages of one more origin send events. */
export const addOrigin = async (store: Store, origin: string): Promise<void> => {
  await saveStore(store, { origins: [...store.origins, origin] });
};

/** The store that figures can be asked of: the one on the screen, once it has had an event. */
const measured = computed(() => (store.value?.first_event == null ? null : store.value));

type Filter = Extract<keyof MetricsQuestion, `filter[${string}`>;

/** Filters as the endpoint takes them. */
const filtersAsked = (): Partial<Record<Filter, string[]>> => {
  const asked: Partial<Record<string, string[]>> = {};
  for (const [name, value] of filterParameters(address.value.filters))
    asked[name] = [...(asked[name] ?? []), value];
  return asked;
};

/** Store, days and filters as the address has them; null without a store that has had an event. */
export const periodAsked = () =>
  measured.value === null
    ? null
    : { store: measured.value.id, ...daysIn(measured.value.timezone), ...filtersAsked() };

/** The question to the metrics endpoint that the address stands for, without a grouping. */
export const metricsAsked = () => {
  const asked = periodAsked();
  const { scope, basis, compare } = address.value;
  return (
    asked && { ...asked, scope, basis, money: 'order' as const, ...(compare === 'none' ? {} : { compare }) }
  );
};

/** Asks again for a store that has not had an event. */
const poll = async (id: string): Promise<void> => {
  try {
    learn(await getStore(id));
  } catch {
    // The next poll asks again; a page that only waits needs no alarm.
  }
};

/** Starts what runs by itself; called once. */
export const run = (): void => {
  effect(() => {
    const waiting = store.value;
    if (signedOut.value || !visible.value || waiting === null || waiting.first_event !== null) return;
    const timer = setInterval(() => void poll(waiting.id), POLL_MS);
    return () => clearInterval(timer);
  });

  // How much of the day's events is used up grows while somebody looks.
  effect(() => {
    const id = store.value?.id;
    if (signedOut.value || !visible.value || id === undefined) return;
    const timer = setInterval(() => void poll(id), USAGE_MS);
    return () => clearInterval(timer);
  });

  // A store without any event opens where it is set up; its funnel can still be asked for.
  let opened: string | null = null;
  effect(() => {
    const chosen = store.value;
    if (chosen === null || chosen.id === opened) return;
    opened = chosen.id;
    // Who only looks has nothing to set up.
    if (chosen.role !== 'viewer' && chosen.first_event === null && address.peek().view === 'overview')
      go({ view: 'set-up', store: chosen.id }, 'replace');
  });
};
