// The funnel's numbers in the order in which they are drawn, taken from an answer and never recounted.
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import type { Basis, Scope } from '../address.ts';

/** A number that divides into those who asked and those who did not. */
export interface Split {
  consulting: number;
  silent: number;
}

export interface Stages {
  scope: Scope;
  basis: Basis;
  visitors: number;
  effective: number;
  branches: Split;
  /** What the two conversions count: those who ordered, or with basis=payment those who paid. */
  ends: Split;
  buyers: number;
  /** Those of the buyers who paid; with basis=payment they are the ends already. */
  paying: Split;
  payingTotal: number;
  rates: MetricsAnswer['rates'];
}

export const sum = (split: Split): number => split.consulting + split.silent;

export const stagesOf = ({ totals, rates, scope, basis }: MetricsAnswer): Stages => {
  const ordered: Split = { consulting: totals.consulting_buyers, silent: totals.silent_buyers };
  const paid: Split = {
    consulting: totals.consulting_paying_visitors,
    silent: totals.silent_paying_visitors,
  };
  return {
    scope,
    basis,
    visitors: totals.visitors,
    effective: totals.effective_visitors,
    branches: { consulting: totals.consulting_visitors, silent: totals.silent_visitors },
    ends: basis === 'order' ? ordered : paid,
    buyers: totals.buyers,
    paying: paid,
    payingTotal: totals.paying_visitors,
    rates,
  };
};
