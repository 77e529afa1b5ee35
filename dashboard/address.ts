// The address bar as the dashboard's state: parsed from a URL, written back as one.
import type {
  BASES as ASKED_BASES,
  COMPARISONS as ASKED_COMPARISONS,
  SCOPES as ASKED_SCOPES,
  RateName,
} from '../worker/metrics/question.ts';
import type { DIMENSIONS as ASKED_DIMENSIONS } from '../worker/store/traits.ts';
import { type Choice, isDay, PRESETS, type Preset } from './period.ts';

export const VIEWS = {
  overview: '/',
  channels: '/channels',
  pages: '/pages',
  people: '/people',
  live: '/live',
  funnels: '/funnels',
  'set-up': '/set-up',
  settings: '/settings',
  'new-store': '/stores/new',
} as const;
export type View = keyof typeof VIEWS;

/** The endpoint's own lists, item by item: values of the Worker stay out of the page, their types do not. */
export const SCOPES = ['visitor', 'visit'] as const satisfies typeof ASKED_SCOPES;
export type Scope = (typeof SCOPES)[number];
export const BASES = ['order', 'payment'] as const satisfies typeof ASKED_BASES;
export type Basis = (typeof BASES)[number];
export const COMPARISONS = ['previous', 'weekdays', 'year'] as const satisfies typeof ASKED_COMPARISONS;
export type Compare = (typeof COMPARISONS)[number] | 'none';
export const COMPARES = ['none', ...COMPARISONS] as const;
export const DIMENSIONS = [
  'channel',
  'source',
  'medium',
  'campaign',
  'device',
  'country',
  'entry',
  'exit',
  'visitor_kind',
] as const satisfies typeof ASKED_DIMENSIONS;
export type Dimension = (typeof DIMENSIONS)[number];

/** The seven that the page shows, in their order; silent_share is left to the endpoint. */
export const RATES = [
  'effective_entry_rate',
  'consult_rate',
  'consult_conversion',
  'silent_conversion',
  'visit_to_order_rate',
  'payment_rate',
  'deal_conversion',
] as const satisfies readonly RateName[];
export type CardRate = (typeof RATES)[number];

/** Only what has one of these values, dimension by dimension. */
export type Filters = Readonly<Partial<Record<Dimension, readonly string[]>>>;

export interface Address {
  view: View;
  /** Null: whichever store there is, a real one before a demonstration. */
  store: string | null;
  period: Choice;
  compare: Compare;
  scope: Scope;
  basis: Basis;
  filters: Filters;
  /** Why sign-in failed, from the link that led here. */
  error: string | null;
  /** What only the view on the screen knows, by its own names: a sorting, a tab. See `choice` in state.ts. */
  own: Readonly<Record<string, string>>;
}

export const DEFAULTS: Address = {
  view: 'overview',
  store: null,
  period: 'last7',
  compare: 'previous',
  scope: 'visitor',
  basis: 'order',
  filters: {},
  error: null,
  own: {},
};

/** Parameters that every view shares; all others are a view's own. */
const SHARED: ReadonlySet<string> = new Set([
  'store',
  'period',
  'from',
  'to',
  'compare',
  'scope',
  'basis',
  'error',
]);
const FILTER = /^filter\[(.*)\]$/;

export const oneOf = <T extends string>(
  list: readonly T[],
  text: string | null | undefined,
  otherwise: T,
): T => list.find((one) => one === text) ?? otherwise;

const parsePeriod = (query: URLSearchParams): Choice => {
  const from = query.get('from');
  const to = query.get('to');
  if (from !== null && to !== null && isDay(from) && isDay(to) && from <= to) return { from, to };
  return oneOf<Preset>(PRESETS, query.get('period'), 'last7');
};

const parseFilters = (query: URLSearchParams): Filters => {
  const named = DIMENSIONS.map((name) => [name, [...new Set(query.getAll(`filter[${name}]`))]] as const);
  return Object.fromEntries(named.filter(([, values]) => values.length > 0));
};

const parseOwn = (query: URLSearchParams): Address['own'] =>
  Object.fromEntries([...query].filter(([name]) => !SHARED.has(name) && !FILTER.test(name)));

/** Whatever is missing or wrong in the address becomes its default: a link never breaks the page. */
export const parseAddress = (url: URL): Address => {
  const query = url.searchParams;
  const path = url.pathname.replace(/(.)\/+$/, '$1');
  const views = Object.keys(VIEWS) as View[];
  return {
    view: views.find((view) => VIEWS[view] === path) ?? 'overview',
    store: query.get('store') || null,
    period: parsePeriod(query),
    compare: oneOf<Compare>(COMPARES, query.get('compare'), DEFAULTS.compare),
    scope: oneOf<Scope>(SCOPES, query.get('scope'), DEFAULTS.scope),
    basis: oneOf<Basis>(BASES, query.get('basis'), DEFAULTS.basis),
    filters: parseFilters(query),
    error: query.get('error') || null,
    own: parseOwn(query),
  };
};

/** The store that an address means: the one it names and no other, or where it names none the first real one. */
export const storeAsked = <S extends { id: string; demo: boolean }>(
  wanted: Address['store'],
  all: readonly S[],
): S | null =>
  (wanted === null ? (all.find((one) => !one.demo) ?? all[0]) : all.find((one) => one.id === wanted)) ?? null;

/** Filters as the endpoint's own parameters, which are the address's too. */
export const filterParameters = (filters: Filters): [string, string][] =>
  DIMENSIONS.flatMap((name) =>
    (filters[name] ?? []).map((value): [string, string] => [`filter[${name}]`, value]),
  );

/** Defaults are left out, so that the plain address stays plain. */
export const writeAddress = (address: Address): string => {
  const query = new URLSearchParams();
  if (address.store !== null) query.set('store', address.store);
  if (typeof address.period !== 'string') {
    query.set('from', address.period.from);
    query.set('to', address.period.to);
  } else if (address.period !== DEFAULTS.period) query.set('period', address.period);
  if (address.compare !== DEFAULTS.compare) query.set('compare', address.compare);
  if (address.scope !== DEFAULTS.scope) query.set('scope', address.scope);
  if (address.basis !== DEFAULTS.basis) query.set('basis', address.basis);
  for (const [name, value] of filterParameters(address.filters)) query.append(name, value);
  for (const [name, value] of Object.entries(address.own)) query.set(name, value);
  if (address.error !== null) query.set('error', address.error);
  const text = query.toString();
  return VIEWS[address.view] + (text === '' ? '' : `?${text}`);
};
