// Which series the chart draws: a rate or a count, chosen by its card or in the chart's own list.
import { RATES } from '../address.ts';
import { choiceOf } from '../state.ts';

/** Counts that the chart can show besides the rates. */
export const COUNTS = ['visitors', 'orders', 'revenue'] as const;
export const SERIES = [...RATES, ...COUNTS] as const;
export type SeriesName = (typeof SERIES)[number];

export const shownSeries = choiceOf<SeriesName>('show', SERIES, 'visit_to_order_rate');
