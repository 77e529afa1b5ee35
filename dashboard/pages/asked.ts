// Which pages are looked at: where visits begin, what was seen, where they end; and what the server says of them.
import { getMetrics, getPages, type PagesAnswer } from '../api.ts';
import { asking } from '../asking.ts';
import { metricsAsked, periodAsked } from '../data.ts';
import { address, choiceOf } from '../state.ts';
import type { Compared } from '../table/compared.tsx';

export const TABS = ['entry', 'seen', 'exit'] as const;
export type Tab = (typeof TABS)[number];

/** In the address as `tab=seen`. */
export const tab = choiceOf<Tab>('tab', TABS, 'entry');

/** Pages asked for: what nobody sees below them is found by the endpoint's own cursor. */
export const MOST = 500;

const seenAsked = () => {
  const asked = periodAsked();
  return asked && { ...asked, tab: 'seen' as const, scope: address.value.scope };
};

const endsAsked = (by: 'entry' | 'exit') => {
  const asked = metricsAsked();
  return asked && { ...asked, tab: by, by, rest: 'true' as const };
};

type SeenQuestion = Omit<NonNullable<ReturnType<typeof seenAsked>>, 'tab'>;

export type Shown =
  | { tab: 'entry' | 'exit'; compared: Compared }
  | { tab: 'seen'; question: SeenQuestion; answer: PagesAnswer };

const questionOf = () => {
  if (address.value.view !== 'pages') return null;
  return tab.value === 'seen' ? seenAsked() : endsAsked(tab.value);
};

export const figures = asking(questionOf, async (asked): Promise<Shown> => {
  if (asked.tab === 'seen') {
    const { tab, ...question } = asked;
    return { tab, question, answer: await getPages({ ...question, limit: String(MOST) }) };
  }
  const { tab, ...question } = asked;
  return { tab, compared: { question, answer: await getMetrics(question) } };
});
