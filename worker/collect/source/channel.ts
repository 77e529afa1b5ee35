// Which channel a visit came by, from its page's address, its referrer and its browser. Pure.
import { LIMITS } from '../../../sdk/event.ts';
import { clean } from '../personal/clean.ts';
import type { Channel } from './list.ts';
import {
  domainOf,
  type Place,
  placeOfApp,
  placeOfBrowser,
  placeOfHost,
  placeOfName,
  squeeze,
} from './place.ts';
import { DISPLAY, type Facts, PAID, RULES } from './rules.ts';
import { CLICKS, type Click } from './tables/clicks.ts';

export { CHANNELS, type Channel } from './list.ts';

/** Where a visit came from. Texts are at most LIMITS.text long. */
export interface Origin {
  channel: Channel;
  /** The tables' short name, else utm_source in lower case, else the referrer's registrable domain. */
  source: string | null;
  /** utm_medium in lower case, else what the channel implies. */
  medium: string | null;
  campaign: string | null;
  term: string | null;
  content: string | null;
  /** The name of the click identifier that the address carried, never its value. */
  click: string | null;
}

export interface Landing {
  url: URL;
  /** An origin or a full address; garbage is no referrer. */
  referrer: string | undefined;
  userAgent: string | null;
  /** The store's registrable domains (see domainOf), or exact hosts where there is none: localhost:3000. */
  ownHosts: ReadonlySet<string>;
}

/** What stands in a tag that means nothing, or that the ad platform did not fill in. */
const BLANK = /^(?:\((?:not set|none|direct)\)|null|undefined|none)$/i;
const UNFILLED = /^(?:\{.*\}|__[A-Z_]+__)$/;

/** The media of untagged visits, in GA4's words; the rest are referrals there. */
const MEDIUM: Partial<Record<Channel, string>> = {
  paid_search: 'cpc',
  paid_social: 'cpc',
  paid_video: 'cpc',
  paid_other: 'cpc',
  display: 'display',
  organic_social: 'social',
  organic_video: 'video',
  organic_search: 'organic',
  email: 'email',
  affiliate: 'affiliate',
  audio: 'audio',
  sms: 'sms',
  push: 'push',
  messaging: 'messaging',
};

/** Characters of a referrer or user agent that are read: what names a place stands at the beginning. */
const READ = 2000;

/** Cut without leaving half a character behind, which no database takes. */
const cut = (text: string): string => text.slice(0, LIMITS.text).replace(/[\uD800-\uDBFF]$/, '');

/** A source or a medium. Some letters grow when they are lowered, so it is cut once more. */
function wordOf(text: string | undefined): string | null {
  const word = text?.toLowerCase();
  return word === undefined || word === 'direct' ? null : cut(word);
}

interface Tags {
  utm: ReadonlyMap<string, string>;
  click: { name: string; kind: Click } | null;
}

const NO_TAGS: Tags = { utm: new Map(), click: null };
const CLICK_NAMES = [...CLICKS.keys()];
const CLICK_RANK = new Map(CLICK_NAMES.map((name, rank) => [name, rank]));

function tagsOf(url: URL): Tags {
  if (url.search === '') return NO_TAGS;
  const utm = new Map<string, string>();
  let best = Number.POSITIVE_INFINITY;
  for (const [key, value] of url.searchParams) {
    const name = key.toLowerCase();
    if (name.startsWith('utm_')) {
      const text = cut(clean(value.trim()));
      // The first of several wins, as in every browser's own reading of a form.
      if (text !== '' && !BLANK.test(text) && !UNFILLED.test(text) && !utm.has(name)) utm.set(name, text);
    } else {
      // By its name alone: storefronts send no value of it.
      best = Math.min(best, CLICK_RANK.get(name) ?? best);
    }
  }
  const name = CLICK_NAMES[best];
  const kind = name === undefined ? undefined : CLICKS.get(name);
  return { utm, click: name !== undefined && kind ? { name, kind } : null };
}

const APP = 'android-app:';

function referrerOf(text: string | undefined): URL | null {
  const url = text ? URL.parse(text.slice(0, READ)) : null;
  if (!url || url.hostname === '') return null;
  return url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === APP ? url : null;
}

function isOwn(referrer: URL, { url, ownHosts }: Landing): boolean {
  if (referrer.protocol === APP) return false;
  if (referrer.host === url.host || ownHosts.has(referrer.host) || ownHosts.has(referrer.hostname))
    return true;
  const domain = domainOf(referrer.hostname);
  return domain !== null && (ownHosts.has(domain) || domain === domainOf(url.hostname));
}

function placeOf(referrer: URL): Place {
  if (referrer.protocol === APP) {
    const id = referrer.hostname.toLowerCase();
    return placeOfApp(id) ?? { source: clean(referrer.hostname).toLowerCase(), home: 'referral' };
  }
  const host = referrer.hostname.replace(/\.$/, '');
  return placeOfHost(host) ?? { source: domainOf(host) ?? clean(referrer.host), home: 'referral' };
}

/**
 * A click identifier proves where the click was, so it overrules the referrer, and an ad's overrules
 * utm_source too; another source of the same owner may say it more exactly (Instagram for Facebook).
 * Identifiers that every link carries stay on links that are passed on, so they yield to utm_source.
 */
function placeOfClick(kind: Click, named: Place | null, from: Place | null): Place {
  const own: Place = { source: kind.source, home: kind.home };
  const same = (place: Place | null): Place | null => {
    if (!place || place.home === 'passage') return null;
    if (place.source === kind.source) return own;
    return kind.family.includes(place.source) ? place : null;
  };
  const other = kind.ad || named?.home === 'passage' ? null : named;
  return same(named) ?? other ?? same(from) ?? own;
}

const channelOf = (facts: Facts): Channel => RULES.find((rule) => rule.when(facts))?.channel ?? 'referral';

/**
 * What a page view's address, its referrer and the browser's user agent say about where the visit came
 * from. Null when they say nothing: direct, the store's own pages, the way back from paying or signing in.
 * The address speaks before the referrer, and that before the browser.
 */
export function originOf(landing: Landing): Origin | null {
  const { utm, click } = tagsOf(landing.url);
  const referrer = referrerOf(landing.referrer);

  const tagged = wordOf(utm.get('utm_source'));
  const medium = wordOf(utm.get('utm_medium'));
  const campaign = utm.get('utm_campaign') ?? null;

  const named = tagged === null ? null : placeOfName(tagged);
  const outside = referrer && !isOwn(referrer, landing) ? placeOf(referrer) : null;
  const from = outside?.home === 'passage' ? null : outside;
  let place: Place | null;
  let source: string | null;
  if (click) {
    place = placeOfClick(click.kind, named, from);
    source = tagged !== null && !named && !click.kind.ad ? tagged : place.source;
  } else if (tagged !== null) {
    place = named;
    source = named?.source ?? tagged;
  } else {
    // Back from paying inside WeChat the browser still says WeChat: a referrer, whatever it is, silences it.
    const browser = referrer || medium !== null ? null : landing.userAgent;
    place = from ?? (browser === null ? null : placeOfBrowser(browser.slice(0, READ)));
    if (place?.home === 'passage') place = null;
    source = place?.source ?? null;
  }
  if (source === null && medium === null && campaign === null) return null;

  const word = squeeze(medium ?? '');
  const paid = PAID.test(medium ?? '') || (click?.kind.ad === true && !DISPLAY.has(word));
  const facts: Facts = { source, home: place?.home ?? null, medium: word, paid, campaign };
  const channel = channelOf(facts);
  // A gateway is a source only where the shop itself says what it advertised there, and how.
  if (place?.home === 'passage' && channel === 'referral') return null;

  return {
    channel,
    source: source === null ? null : cut(source),
    medium: medium ?? MEDIUM[channel] ?? 'referral',
    campaign,
    term: utm.get('utm_term') ?? null,
    content: utm.get('utm_content') ?? null,
    click: click?.name ?? null,
  };
}
