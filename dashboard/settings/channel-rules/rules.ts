// Channel rules as they are typed: from the store, back to it, and what is wrong with them. Pure.
import type { CHANNELS as ALL, Channel } from '../../../worker/collect/source/list.ts';
import type { Store } from '../../api.ts';

export const CHANNELS = [
  'paid_search',
  'paid_social',
  'paid_video',
  'display',
  'paid_other',
  'shopping',
  'organic_social',
  'organic_video',
  'ai_assistant',
  'organic_search',
  'email',
  'affiliate',
  'audio',
  'sms',
  'push',
  'messaging',
  'referral',
  'direct',
] as const satisfies typeof ALL;

/** What a rule looks at. */
export const CONDITIONS = ['source', 'medium', 'campaign'] as const;
export type Condition = (typeof CONDITIONS)[number];

type Rule = Store['channel_rules'][number];
/** Empty where a condition may be anything. */
export type TypedRule = Readonly<Record<Condition, string> & { channel: Channel }>;

export const NEW_RULE: TypedRule = { channel: 'affiliate', source: '', medium: '', campaign: '' };
/** Rules of one store, at most. */
export const MOST_RULES = 50;

export const typedOf = (rules: readonly Rule[]): TypedRule[] =>
  rules.map(({ channel, source = '', medium = '', campaign = '' }) => ({
    channel,
    source,
    medium,
    campaign,
  }));

export const rulesOf = (typed: readonly TypedRule[]): Rule[] =>
  typed.map((rule) => ({
    channel: rule.channel,
    ...Object.fromEntries(
      CONDITIONS.map((name) => [name, rule[name].trim()]).filter(([, text]) => text !== ''),
    ),
  }));

/** Bytes of a pattern with `*` that the server takes. */
const PATTERN_BYTES = 50;
/** Characters of any. */
const MOST_TEXT = 200;

/** As the database will have it: what else would stand for something is marked. */
const bytesOf = (pattern: string): number =>
  pattern.includes('*') ? new TextEncoder().encode(pattern.replace(/[\^%_]/g, '^$&')).length : 0;

export type RuleTrouble = 'empty' | 'long' | 'pattern' | 'unseen';

/** What the server would not take of a rule; null where it is right. */
export const troubleOf = (rule: TypedRule): RuleTrouble | null => {
  const texts = CONDITIONS.map((name) => rule[name].trim());
  if (texts.every((text) => text === '')) return 'empty';
  if (texts.some((text) => text.length > MOST_TEXT)) return 'long';
  if (texts.some((text) => bytesOf(text) > PATTERN_BYTES)) return 'pattern';
  return texts.some((text) => /[\p{Cc}\p{Cs}]/u.test(text)) ? 'unseen' : null;
};
