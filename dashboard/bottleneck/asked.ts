// The bottleneck, asked beside the figures: how long people take is counted one by one, and nothing shall wait for it.
import { getBottleneck } from '../api.ts';
import { asking } from '../asking.ts';
import { metricsAsked } from '../data.ts';
import { address } from '../state.ts';

/** Null where nothing is compared: a bottleneck is one against another period. */
export const bottleneck = asking(() => {
  const asked = address.value.view === 'overview' ? metricsAsked() : null;
  if (asked === null) return null;
  // Its amounts are always of the orders of the period.
  const { money: _, compare, ...question } = asked;
  return compare === undefined ? null : { ...question, compare };
}, getBottleneck);
