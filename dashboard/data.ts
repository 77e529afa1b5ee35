// What the views show: the session, the stores, and the figures of the question in the address.
import { computed, effect, signal, untracked } from '@preact/signals';
import { storeAsked } from './address.ts';
import {
  changeOrigins,
  createStore,
  getMetrics,
  getSession,
  getStore,
  listStores,
  type MetricsAnswer,
  type NewStore,
  type Store,
  signedOut,
  signOut,
} from './api.ts';
import { resource } from './resource.ts';
import { address, daysIn, go } from './state.ts';

/** How long figures are left alone while somebody looks at them. */
const REFRESH_MS = 60_000;
/** How often a new store is asked for its first event. */
const POLL_MS = 2_000;

export const session = resource<{ user: { email: string } }>();
export const stores = resource<Store[]>();

/** One question, cut by channel and by day. Asked together, so that the page shows one moment. */
export interface Figures {
  channels: MetricsAnswer;
  days: MetricsAnswer;
}
export const figures = resource<Figures>();

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
const learn = (fresh: Store): void => {
  const all = stores.value.peek() ?? [];
  stores.value.value = all.some((one) => one.id === fresh.id)
    ? all.map((one) => (one.id === fresh.id ? fresh : one))
    : [...all, fresh];
};

export const addStore = async (wanted: NewStore): Promise<void> => {
  const made = await createStore(wanted);
  learn(made);
  go({ view: 'set-up', store: made.id });
};

/** Lets pages of one more origin send events. */
export const addOrigin = async ({ id, origins }: Store, origin: string): Promise<void> =>
  learn(await changeOrigins(id, [...origins, origin]));

const question = computed(() => {
  const { view, scope, basis, compare } = address.value;
  const chosen = store.value;
  if (signedOut.value || view !== 'funnel' || chosen === null || chosen.first_event === null) return null;
  return {
    store: chosen.id,
    ...daysIn(chosen.timezone),
    scope,
    basis,
    money: 'order' as const,
    ...(compare ? { compare: 'previous' as const } : {}),
  };
});
const questionKey = computed(() => JSON.stringify(question.value));

export const refresh = async (): Promise<void> => {
  const asked = untracked(() => question.value);
  if (asked === null) return;
  await figures.load(async () => {
    const [channels, days] = await Promise.all([
      getMetrics({ ...asked, by: 'channel' }),
      getMetrics({ ...asked, by: 'day' }),
    ]);
    return { channels, days };
  });
};

/** Asks again for a store that has not had an event. */
const pollFirstEvent = async (id: string): Promise<void> => {
  try {
    learn(await getStore(id));
  } catch {
    // The next poll asks again; a page that only waits needs no alarm.
  }
};

/** Whether anybody can see the page: what nobody sees asks nothing. */
export const visible = signal(document.visibilityState === 'visible');
document.addEventListener('visibilitychange', () => {
  visible.value = document.visibilityState === 'visible';
});

/** Starts what runs by itself; called once. */
export const run = (): void => {
  effect(() => {
    questionKey.value;
    // Another store's figures must not stand under this store's name.
    const shown = figures.value.peek()?.channels.store;
    const asked = untracked(() => question.value);
    if (asked !== null && shown !== undefined && shown !== asked.store) figures.clear();
    void refresh();
  });

  effect(() => {
    if (!visible.value) return;
    if (Date.now() - figures.at.peek() > REFRESH_MS) void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  });

  effect(() => {
    const waiting = store.value;
    if (signedOut.value || !visible.value || waiting === null || waiting.first_event !== null) return;
    const timer = setInterval(() => void pollFirstEvent(waiting.id), POLL_MS);
    return () => clearInterval(timer);
  });

  // A store without any event opens where it is set up; its funnel can still be asked for.
  let opened: string | null = null;
  effect(() => {
    const chosen = store.value;
    if (chosen === null || chosen.id === opened) return;
    opened = chosen.id;
    if (chosen.first_event === null && address.peek().view === 'funnel')
      go({ view: 'set-up', store: chosen.id }, 'replace');
  });
};
