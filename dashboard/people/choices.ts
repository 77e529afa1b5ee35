// What the People view has in the address of its own: which list, which step, how much of it, and whose timeline.
import { choice, choiceOf } from '../state.ts';

export const LISTS = ['asked', 'unpaid', 'cart', 'left'] as const;
export type ListName = (typeof LISTS)[number];

/** The endpoint's steps: how far somebody may have come. */
export const STEPS = ['visit', 'effective', 'product', 'cart', 'checkout', 'order', 'payment'] as const;
export type StepName = (typeof STEPS)[number];

/** People shown at once, and more with each press of the button. */
export const PAGE = 50;

export const list = choiceOf('list', LISTS, 'asked');
/** Those who came nearest to ordering come first. */
export const step = choiceOf('step', STEPS, 'checkout');

const isMany = (text: string | null): text is string => text !== null && /^[1-9]\d{0,5}$/.test(text);
export const shown = choice(
  'show',
  (text) => (isMany(text) ? Math.max(PAGE, Number(text)) : PAGE),
  (many) => (many === PAGE ? null : String(many)),
);

export const visitor = choice(
  'visitor',
  (text) => text || null,
  (id) => id,
);
