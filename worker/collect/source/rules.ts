// The rules that give a visit its channel. The first that fits wins.
import type { Channel } from './list.ts';
import type { Place } from './place.ts';

/** What the rules look at. */
export interface Facts {
  source: string | null;
  /** Where the tables know the source from; null when they do not know it. */
  home: Place['home'] | null;
  /** utm_medium in lower case without spaces, - and _; empty when there is none. */
  medium: string;
  /** utm_medium says so, or the click identifier of an ad. */
  paid: boolean;
  campaign: string | null;
}

export interface Rule {
  channel: Channel;
  when: (facts: Facts) => boolean;
}

/** From GA4's default channel group. A whole match: "push" and "podcast" begin with p and are not paid. */
export const PAID = /^(?:.*cp.*|ppc|retargeting|paid.*)$/;

/** GA4's list. cpm is among the paid ones too, so it means display only where the source is neither. */
export const DISPLAY = new Set(['display', 'banner', 'expandable', 'interstitial', 'cpm']);

const SHOPPING = new Set([
  'shopping',
  'freelisting',
  'freelistings',
  'surfaces',
  // What Shopify's Google channel writes into unpaid listings.
  'productsync',
]);
const SOCIAL = new Set(['social', 'socialnetwork', 'socialmedia', 'sm', 'organicsocial']);
const ASSISTANT = new Set(['aiassistant', 'ai', 'llm']);
const EMAIL = new Set(['email', 'emails', 'mail', 'newsletter', 'newsletters', 'edm']);
const AFFILIATE = new Set(['affiliate', 'affiliates']);
const AUDIO = new Set(['audio', 'podcast', 'podcasts']);
const SMS = new Set(['sms', 'mms', 'rcs', 'textmessage']);
const MESSAGING = new Set(['messaging', 'messenger', 'im', 'whatsapp', 'telegram', 'wecom']);
const PUSH = /push$|notification/;

/**
 * Media that can be true of no other channel. A letter that a tag calls `google / email` was not a
 * search, so here the tables have to be silent, although GA4 lets the source decide.
 */
const isSent = (medium: string): boolean =>
  EMAIL.has(medium) ||
  AFFILIATE.has(medium) ||
  AUDIO.has(medium) ||
  SMS.has(medium) ||
  PUSH.test(medium) ||
  MESSAGING.has(medium);

/** An ad at one of these homes, or by a medium that names the sort of ad where the source is unknown. */
const ad = (channel: Channel, medium: string, homes: readonly Facts['home'][]): Rule => ({
  channel,
  when: (facts) =>
    facts.paid &&
    (homes.includes(facts.home) ||
      (facts.medium === medium && (facts.home === null || facts.home === 'referral'))),
});

/** A medium that says so, or a source that lives there and a medium that says nothing else. */
const by = (channel: Channel, says: (medium: string) => boolean): Rule => ({
  channel,
  when: (facts) => says(facts.medium) || (facts.home === channel && !isSent(facts.medium)),
});

/**
 * The order is the closed list's; a store's own rules go before it. GA4's rule that a campaign with
 * "shop" in its name is shopping is left out: at a shop, that is any campaign. `direct` has no rule: it
 * is where nothing is said.
 */
export const RULES: readonly Rule[] = [
  ad('paid_search', 'paidsearch', ['organic_search']),
  // Ads in messengers are bought and counted with those of the social networks.
  ad('paid_social', 'paidsocial', ['organic_social', 'messaging']),
  ad('paid_video', 'paidvideo', ['organic_video']),
  by('display', (medium) => DISPLAY.has(medium)),
  { channel: 'paid_other', when: (facts) => facts.paid },
  by('shopping', (medium) => SHOPPING.has(medium)),
  by('organic_social', (medium) => SOCIAL.has(medium)),
  by('organic_video', (medium) => medium.includes('video')),
  by('ai_assistant', (medium) => ASSISTANT.has(medium)),
  by('organic_search', (medium) => medium === 'organic'),
  by('email', (medium) => EMAIL.has(medium)),
  by('affiliate', (medium) => AFFILIATE.has(medium)),
  by('audio', (medium) => AUDIO.has(medium)),
  by('sms', (medium) => SMS.has(medium)),
  // GA4 takes mobile for push as well; here only where the source says nothing better.
  by('push', (medium) => PUSH.test(medium) || medium.includes('mobile')),
  by('messaging', (medium) => MESSAGING.has(medium)),
  { channel: 'referral', when: () => true },
];
