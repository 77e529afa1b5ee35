// A funnel's question as the address and the controls have it: read from text, written back, kept right. Pure.
import type { EventType } from '../../sdk/event.ts';
import type { ORDERS as ASKED_ORDERS } from '../../worker/metrics/funnel-match.ts';
import type { UNITS as ASKED_UNITS } from '../../worker/store/trails.ts';
import { DIMENSIONS, type Dimension, oneOf } from '../address.ts';

/** Everything that may be a step by its type alone. */
export const STEP_TYPES = [
  'visit',
  'product',
  'cart',
  'checkout',
  'inquiry',
  'order',
  'payment',
  'refund',
  'review',
  'share',
  'custom',
] as const satisfies readonly EventType[];
export type StepType = (typeof STEP_TYPES)[number];

export const ORDERS = ['ordered', 'strict', 'any'] as const satisfies typeof ASKED_ORDERS;
export type Order = (typeof ORDERS)[number];
export const COUNTS = ['visitor', 'visit', 'order'] as const satisfies typeof ASKED_UNITS;
export type Count = (typeof COUNTS)[number];
/** Those that are offered; an address may name others. */
export const WINDOWS = ['30m', '1h', '12h', '1d', '3d', '7d', '14d', '30d', '90d'] as const;

export const STEPS = { least: 2, most: 8 };

/** All that can be a step of an order. */
const OF_ORDERS: readonly string[] = ['order', 'payment', 'refund'];

export interface FunnelChoice {
  /** As the endpoint takes them: a type, a path such as /product/*, or custom:NAME. */
  steps: readonly string[];
  order: Order;
  window: string;
  count: Count;
  by: Dimension | null;
}

const USUAL: FunnelChoice = {
  steps: ['visit', 'product', 'cart', 'order', 'payment'],
  order: 'ordered',
  window: '7d',
  count: 'visitor',
  by: null,
};
const STEPS_OF_ORDERS = ['order', 'payment'];

const CUSTOM = 'custom:';
const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 };
const WINDOW_MINUTES = { least: 30, most: 90 * 1_440 };

export type StepKind = StepType | 'page' | 'named';
/** A step in the two parts that are chosen one by one. */
export const kindOf = (step: string): StepKind => {
  if (step.startsWith('/')) return 'page';
  if (step.startsWith(CUSTOM)) return 'named';
  return oneOf(STEP_TYPES, step, 'visit');
};
export const detailOf = (step: string): string =>
  step.startsWith(CUSTOM) ? step.slice(CUSTOM.length) : step.startsWith('/') ? step : '';

/** What somebody typed after a kind; without it there is nothing to look for. */
export const stepOf = (kind: StepKind, detail: string): string => {
  const text = detail.trim();
  if (kind === 'page') return text.startsWith('/') ? text : `/${text}`;
  if (kind === 'named') return text === '' ? 'custom' : CUSTOM + text;
  return kind;
};

const isStep = (text: string): boolean =>
  text.startsWith('/') ||
  (text.startsWith(CUSTOM) && text.length > CUSTOM.length) ||
  STEP_TYPES.some((type) => type === text);

export const stepsOfCount = (count: Count): readonly StepKind[] =>
  count === 'order' ? ['order', 'payment', 'refund'] : ['visit', 'page', ...STEP_TYPES.slice(1), 'named'];

const isWindow = (text: string): boolean => {
  const [, number, unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const minutes = Number(number) * (UNIT_MINUTES[unit] ?? Number.NaN);
  return WINDOW_MINUTES.least <= minutes && minutes <= WINDOW_MINUTES.most;
};

/** Steps in one text: a comma stands between them, and for itself it is written as addresses do. */
export const writeSteps = (steps: readonly string[]): string =>
  steps.map((step) => step.replace(/[%,]/g, encodeURIComponent)).join(',');
export const readSteps = (text: string): string[] =>
  text.split(',').map((step) => step.replace(/%25|%2C/gi, decodeURIComponent));

/** Steps that go with what is counted; the usual ones where too few of them do. */
export const fitting = (steps: readonly string[], count: Count): readonly string[] => {
  const left = steps
    .filter((step) => isStep(step) && (count !== 'order' || OF_ORDERS.includes(step)))
    .slice(0, STEPS.most);
  if (left.length >= STEPS.least) return left;
  return count === 'order' ? STEPS_OF_ORDERS : USUAL.steps;
};

type Own = Readonly<Record<string, string>>;

/** Whatever is missing or senseless becomes what is usual: a link never breaks the page. */
export const readChoice = (own: Own): FunnelChoice => {
  const count = oneOf(COUNTS, own.count, USUAL.count);
  return {
    count,
    steps: fitting(own.steps === undefined ? [] : readSteps(own.steps), count),
    order: oneOf(ORDERS, own.order, USUAL.order),
    window: own.window !== undefined && isWindow(own.window) ? own.window : USUAL.window,
    by: DIMENSIONS.find((name) => name === own.by) ?? null,
  };
};

/** What is usual is left out, so that the plain address stays plain. */
export const writeChoice = (choice: FunnelChoice): Record<string, string> => {
  const { steps, order, window, count, by } = choice;
  const usual = fitting([], count);
  return {
    ...(writeSteps(steps) === writeSteps(usual) ? {} : { steps: writeSteps(steps) }),
    ...(order === USUAL.order ? {} : { order }),
    ...(window === USUAL.window ? {} : { window }),
    ...(count === USUAL.count ? {} : { count }),
    ...(by === null ? {} : { by }),
  };
};

/** Ready-made funnels to begin with. */
export const TEMPLATES = {
  purchase: USUAL,
  inquiry: { ...USUAL, steps: ['visit', 'inquiry', 'order'] },
  checkout: { ...USUAL, steps: ['cart', 'checkout', 'order'], window: '1d' },
  one_visit: { ...USUAL, steps: ['visit', 'cart', 'order'], window: '12h', count: 'visit' },
  paid: { ...USUAL, steps: STEPS_OF_ORDERS, window: '30d', count: 'order' },
} as const satisfies Record<string, FunnelChoice>;
export type TemplateName = keyof typeof TEMPLATES;
