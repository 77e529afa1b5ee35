// What each step of the funnel is called, counts and shares, in one place for the picture and its table.
import { f, t } from '../messages/index.tsx';
import type { Label } from './geometry.ts';
import type { Split, Stages } from './stages.ts';

export interface StepWords {
  name: string;
  /** The field of the answer's totals that the count is. */
  total: string;
  count: number;
  /** Share of what, null where there is none. */
  share: number | null;
  /** The answer's rate that the share is, where it is one. */
  rate: string | null;
  of: string;
}

/** The steps that have a name, those that end a branch by what ends it. */
type Branch = keyof Split;
type Named = 'visitors' | 'effective' | Branch | 'buyers' | 'paying' | `${Branch}_${'buyers' | 'paying'}`;

/** Shares that are no rate of their own: the silent among all visitors. */
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const stepWords = (stages: Stages): Record<Label['step'], StepWords> => {
  const { scope, basis, rates } = stages;
  const name = (step: Named) => t(`funnel.${scope}.${step}`);
  const end = basis === 'order' ? 'buyers' : 'paying';
  const field = basis === 'order' ? 'buyers' : 'paying_visitors';
  return {
    visitors: {
      name: name('visitors'),
      total: 'visitors',
      count: stages.visitors,
      share: null,
      rate: null,
      of: '',
    },
    effective: {
      name: name('effective'),
      total: 'effective_visitors',
      count: stages.effective,
      share: rates.effective_entry_rate.value,
      rate: 'effective_entry_rate',
      of: name('visitors'),
    },
    consulting: {
      name: name('consulting'),
      total: 'consulting_visitors',
      count: stages.branches.consulting,
      share: rates.consult_rate.value,
      rate: 'consult_rate',
      of: name('visitors'),
    },
    silent: {
      name: name('silent'),
      total: 'silent_visitors',
      count: stages.branches.silent,
      share: shareOf(stages.branches.silent, stages.visitors),
      rate: null,
      of: name('visitors'),
    },
    consulting_end: {
      name: name(`consulting_${end}`),
      total: `consulting_${field}`,
      count: stages.ends.consulting,
      share: rates.consult_conversion.value,
      rate: 'consult_conversion',
      of: name('consulting'),
    },
    silent_end: {
      name: name(`silent_${end}`),
      total: `silent_${field}`,
      count: stages.ends.silent,
      share: rates.silent_conversion.value,
      rate: 'silent_conversion',
      of: name('silent'),
    },
    buyers: {
      name: name('buyers'),
      total: 'buyers',
      count: stages.buyers,
      share: rates.visit_to_order_rate.value,
      rate: 'visit_to_order_rate',
      of: name('visitors'),
    },
    paying: {
      name: name('paying'),
      total: 'paying_visitors',
      count: stages.payingTotal,
      share: rates.deal_conversion.value,
      rate: 'deal_conversion',
      of: name('visitors'),
    },
  };
};

/** The picture in a paragraph, for those who cannot see it. */
export const describe = (stages: Stages): string => {
  const { rates } = stages;
  const percent = (value: number | null) => (value === null ? '–' : f().percent(value));
  return t(`funnel.desc.${stages.scope}`, {
    visitors: stages.visitors,
    effective: stages.effective,
    effective_rate: percent(rates.effective_entry_rate.value),
    consulting: stages.branches.consulting,
    consult_rate: percent(rates.consult_rate.value),
    silent: stages.branches.silent,
    consulting_ends: stages.ends.consulting,
    consult_conversion: percent(rates.consult_conversion.value),
    silent_ends: stages.ends.silent,
    silent_conversion: percent(rates.silent_conversion.value),
    buyers: stages.buyers,
    buyers_rate: percent(rates.visit_to_order_rate.value),
    paying: stages.payingTotal,
    paying_rate: percent(rates.deal_conversion.value),
  });
};
