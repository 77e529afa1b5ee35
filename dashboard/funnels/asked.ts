// The funnel on the screen: what the address asks, its answer, and how another one is chosen.
import { computed } from '@preact/signals';
import { filterParameters } from '../address.ts';
import { isShared } from '../allowed.ts';
import { getDimensions, getFunnel, type KeptFunnel, listFunnels } from '../api.ts';
import { asking } from '../asking.ts';
import { periodAsked, store } from '../data.ts';
import { address, go } from '../state.ts';
import { type FunnelChoice, readChoice, STEPS, writeChoice } from './question.ts';

export const chosen = computed<FunnelChoice>(() => readChoice(address.value.own));

/** The kept funnel that was opened, whatever was changed since. */
export const opened = computed<string | null>(() => address.value.own.kept ?? null);

/** The step whose leavers are listed, the first is 1; null for none, one that nobody can leave at, or a share link. */
export const listed = computed<number | null>(() => {
  if (isShared()) return null;
  const step = Number(address.value.own.left ?? 0);
  return Number.isInteger(step) && step >= 1 && step < chosen.value.steps.length ? step : null;
});

/** Another funnel as an address: who left this one has nothing to do with it. */
export const toFunnel = (choice: FunnelChoice, kept: string | null = opened.value) => ({
  own: { ...writeChoice(choice), ...(kept === null ? {} : { kept }) },
});
export const choose = (change: Partial<FunnelChoice>): void => go(toFunnel({ ...chosen.peek(), ...change }));

export const toLeavers = (step: number | null) => {
  const { left: _, ...own } = address.value.own;
  return { own: step === null ? own : { ...own, left: String(step) } };
};

/** A funnel as it is kept, with its filters. */
export const toKept = ({ id, question }: KeptFunnel) => {
  const { steps, order, window, count, by = null } = question;
  const filters = Object.entries(question).flatMap(([name, values]) => {
    const [, dimension] = /^filter\[(.*)\]$/.exec(name) ?? [];
    return dimension === undefined || values === undefined ? [] : [[dimension, values]];
  });
  return {
    ...toFunnel({ steps: steps.slice(0, STEPS.most), order, window, count, by }, id),
    filters: Object.fromEntries(filters),
  };
};

/** What is on the screen, to be kept: the endpoint's own parameters, without the period. */
export const questionNow = () => {
  const { steps, by, ...rest } = chosen.value;
  const filters: Record<string, string[]> = {};
  for (const [name, value] of filterParameters(address.value.filters))
    filters[name] = [...(filters[name] ?? []), value];
  return { ...rest, steps: [...steps], ...(by === null ? {} : { by }), ...filters };
};

/** The question that the address stands for; null while another view is on, or without a store that has had an event. */
export const funnelAsked = () => {
  const asked = address.value.view === 'funnels' ? periodAsked() : null;
  const { steps, by, ...rest } = chosen.value;
  return asked && { ...asked, ...rest, steps: [...steps], ...(by === null ? {} : { by }) };
};

export const funnel = asking(funnelAsked, async (asked) => ({ asked, answer: await getFunnel(asked) }));
export type Shown = NonNullable<(typeof funnel)['value']['value']>;

const storeAsked = () =>
  address.value.view === 'funnels' && store.value !== null ? { store: store.value.id } : null;

export const kept = asking(storeAsked, ({ store }) => listFunnels(store));

/** Pages that were seen, to choose from. */
export const pages = asking(
  storeAsked,
  async ({ store }) => {
    const { dimensions } = await getDimensions({ store });
    const seen = dimensions.flatMap(({ name, values }) =>
      name === 'entry' || name === 'exit' ? values.map(({ value }) => value) : [],
    );
    return [...new Set(seen)].filter((path) => path.startsWith('/')).sort();
  },
  // What pages a shop has changes by the day.
  3_600_000,
);
