// The address bar as the dashboard's state: parsed from a URL, written back as one.
import type { BASES as ASKED_BASES, SCOPES as ASKED_SCOPES, RateName } from '../worker/metrics/question.ts';
import { type Choice, isDay, PRESETS, type Preset } from './period.ts';

export const VIEWS = { funnel: '/', 'set-up': '/set-up', 'new-store': '/stores/new' } as const;
export type View = keyof typeof VIEWS;

/** The endpoint's own lists, item by item: values of the Worker stay out of the page, their types do not. */
export const SCOPES = ['visitor', 'visit'] as const satisfies typeof ASKED_SCOPES;
export type Scope = (typeof SCOPES)[number];
export const BASES = ['order', 'payment'] as const satisfies typeof ASKED_BASES;
export type Basis = (typeof BASES)[number];

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

/** Counts that the chart can show besides the rates. */
export const COUNTS = ['visitors', 'orders', 'revenue'] as const;
export const SERIES = [...RATES, ...COUNTS] as const;
export type SeriesName = (typeof SERIES)[number];

export const COLUMNS = ['channel', 'visitors', ...RATES, 'orders', 'revenue', 'revenue_per_visitor'] as const;
export type ColumnName = (typeof COLUMNS)[number];

export interface Address {
  view: View;
  /** Null: whichever store there is, a real one before a demonstration. */
  store: string | null;
  period: Choice;
  compare: boolean;
  scope: Scope;
  basis: Basis;
  show: SeriesName;
  sort: { column: ColumnName; down: boolean };
  /** Why sign-in failed, from the link that led here. */
  error: string | null;
}

export const DEFAULTS: Address = {
  view: 'funnel',
  store: null,
  period: 'last7',
  compare: true,
  scope: 'visitor',
  basis: 'order',
  show: 'visit_to_order_rate',
  sort: { column: 'visitors', down: true },
  error: null,
};

const oneOf = <T extends string>(list: readonly T[], text: string | null, otherwise: T): T =>
  list.find((one) => one === text) ?? otherwise;

const parsePeriod = (query: URLSearchParams): Choice => {
  const from = query.get('from');
  const to = query.get('to');
  if (from !== null && to !== null && isDay(from) && isDay(to) && from <= to) return { from, to };
  return oneOf<Preset>(PRESETS, query.get('period'), 'last7');
};

const parseSort = (text: string | null): Address['sort'] => {
  const down = text?.startsWith('-') ?? false;
  const name = down ? text?.slice(1) : text;
  const column = COLUMNS.find((one) => one === name);
  return column === undefined ? DEFAULTS.sort : { column, down };
};

/** Whatever is missing or wrong in the address becomes its default: a link never breaks the page. */
export const parseAddress = (url: URL): Address => {
  const query = url.searchParams;
  const path = url.pathname.replace(/(.)\/+$/, '$1');
  const views = Object.keys(VIEWS) as View[];
  return {
    view: views.find((view) => VIEWS[view] === path) ?? 'funnel',
    store: query.get('store') || null,
    period: parsePeriod(query),
    compare: query.get('compare') !== 'none',
    scope: oneOf<Scope>(SCOPES, query.get('scope'), DEFAULTS.scope),
    basis: oneOf<Basis>(BASES, query.get('basis'), DEFAULTS.basis),
    show: oneOf<SeriesName>(SERIES, query.get('show'), DEFAULTS.show),
    sort: parseSort(query.get('sort')),
    error: query.get('error') || null,
  };
};

/** The store that an address means: the one it names and no other, or where it names none the first real one. */
export const storeAsked = <S extends { id: string; demo: boolean }>(
  wanted: Address['store'],
  all: readonly S[],
): S | null =>
  (wanted === null ? (all.find((one) => !one.demo) ?? all[0]) : all.find((one) => one.id === wanted)) ?? null;

/** Defaults are left out, so that the plain address stays plain. */
export const writeAddress = (address: Address): string => {
  const query = new URLSearchParams();
  if (address.store !== null) query.set('store', address.store);
  if (typeof address.period !== 'string') {
    query.set('from', address.period.from);
    query.set('to', address.period.to);
  } else if (address.period !== DEFAULTS.period) query.set('period', address.period);
  if (!address.compare) query.set('compare', 'none');
  if (address.scope !== DEFAULTS.scope) query.set('scope', address.scope);
  if (address.basis !== DEFAULTS.basis) query.set('basis', address.basis);
  if (address.show !== DEFAULTS.show) query.set('show', address.show);
  const { column, down } = address.sort;
  if (column !== DEFAULTS.sort.column || down !== DEFAULTS.sort.down)
    query.set('sort', (down ? '-' : '') + column);
  if (address.error !== null) query.set('error', address.error);
  const text = query.toString();
  return VIEWS[address.view] + (text === '' ? '' : `?${text}`);
};
