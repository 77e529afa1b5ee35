// Where a host, an app or a word in utm_source stands: looked up in the tables, by whole labels only.
import { getDomain, getPublicSuffix } from 'tldts';
import type { Channel } from './list.ts';
import { MARKS, PACKAGES } from './tables/apps.ts';
import { AD_NETWORKS, AFFILIATES, SHOPPING } from './tables/commerce.ts';
import { AUDIO, EMAIL, PUSH, SITES, SMS } from './tables/mail.ts';
import { PAYMENTS, SECURE, SECURE_LABEL, SIGN_IN } from './tables/passages.ts';
import { ASSISTANTS, SEARCH } from './tables/search.ts';
import { MESSENGERS, SOCIAL, VIDEO } from './tables/social.ts';
import type { Table } from './tables/table.ts';

/** A known source. Its home is the channel of a visit from there that nobody tagged. */
export interface Place {
  source: string;
  /** A passage is a payment gateway or a sign-in: people come back from it, not from there. */
  home: Channel | 'passage';
}

/** Where a name stands in two tables (Google, Toutiao, Douyin), the earlier one is its bare name's. */
const TABLES: readonly (readonly [home: Place['home'], table: Table])[] = [
  ['passage', PAYMENTS],
  ['passage', SECURE],
  ['passage', SIGN_IN],
  ['organic_social', SOCIAL],
  ['organic_video', VIDEO],
  ['ai_assistant', ASSISTANTS],
  ['organic_search', SEARCH],
  ['shopping', SHOPPING],
  ['email', EMAIL],
  ['messaging', MESSENGERS],
  ['affiliate', AFFILIATES],
  ['display', AD_NETWORKS],
  ['audio', AUDIO],
  ['sms', SMS],
  ['push', PUSH],
  ['referral', SITES],
];

const names = new Map<string, Place>();
/** By host; a brand of many countries stands there as `google.*`. */
const hosts = new Map<string, Place>();
/** The same, but for the host alone and not for what is below it. */
const exactHosts = new Map<string, Place>();
const brands = new Set<string>();

const addHost = (host: string, place: Place): void => {
  const exact = host.startsWith('=');
  const bare = exact ? host.slice(1) : host;
  if (bare.endsWith('.*')) brands.add(bare.split('.').at(-2) as string);
  (exact ? exactHosts : hosts).set(bare, place);
};

const addName = (name: string, place: Place): void => {
  if (!names.has(name)) names.set(name, place);
};

/** What is left of a word when the ways of writing it are: E-Mail, e_mail and e mail are one word. */
export const squeeze = (word: string): string => word.replace(/[\s_-]+/g, '');

for (const [home, table] of TABLES) {
  for (const [source, words] of Object.entries(table)) {
    const place: Place = { source, home };
    addName(squeeze(source), place);
    for (const word of words.split(' ')) {
      if (word.includes('.')) addHost(word, place);
      else if (word) addName(word, place);
    }
  }
}

/** The suffixes a brand has its countries under: com, de, co.uk, com.hk. */
const COUNTRY = /^(?:com|(?:com?\.)?[a-z]{2})$/;

/** Where the suffix behind a brand of the tables begins in `shop.google.co.uk`; 0 when there is no brand. */
function brandEnd(host: string): number {
  for (let start = 0, dot = host.indexOf('.'); dot > 0; start = dot + 1, dot = host.indexOf('.', start)) {
    if (!brands.has(host.slice(start, dot))) continue;
    const suffix = host.slice(dot + 1);
    // com.de is somebody's domain and not a suffix: google.com.de is not Google.
    if (COUNTRY.test(suffix) && (suffix === 'com' || getPublicSuffix(host) === suffix)) return dot;
  }
  return 0;
}

/** The longest entry that the host is or is below; a brand counts once by its full name, once as `google.*`. */
function walk(host: string): Place | null {
  const end = brandEnd(host);
  const brand = end === 0 ? '' : `${host.slice(0, end)}.*`;
  for (let start = 0; ; ) {
    const rest = host.slice(start);
    const branded = start < end ? brand.slice(start) : '';
    const found = hosts.get(rest) ?? hosts.get(branded);
    if (found) return found;
    const alone = exactHosts.get(rest) ?? exactHosts.get(branded);
    if (alone && /^(?:(?:www|m)\.)?$/.test(host.slice(0, start))) return alone;
    const dot = host.indexOf('.', start);
    if (dot < 0) return null;
    start = dot + 1;
  }
}

/**
 * The registrable domain of a host; null when it has none (localhost, an IP address). Shops on one platform
 * (a.myshopify.com, b.myshopify.com) have one each.
 */
export const domainOf = (hostname: string): string | null =>
  getDomain(hostname, { allowPrivateDomains: true });

function isIssuer(host: string): boolean {
  const [label = ''] = host.split('.', 1);
  if (!SECURE_LABEL.test(label)) return false;
  // acs.org is a society; only a host below somebody's domain is named after the protocol.
  const domain = domainOf(host);
  return domain !== null && domain !== host;
}

/** The known place of a host. */
export const placeOfHost = (host: string): Place | null =>
  walk(host) ?? (isIssuer(host) ? { source: 'three_d_secure', home: 'passage' } : null);

/** The place of an Android app, which may also name itself by its web host (m.facebook.com). */
export function placeOfApp(id: string): Place | null {
  const source = PACKAGES.get(id);
  return source === undefined ? placeOfHost(id) : placeOfName(source);
}

/** `google`, `Google Ads`, `mail.google.com` and `https://www.google.com/` as people write them in utm_source. */
export function placeOfName(text: string): Place | null {
  const host = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/?#].*)?$/.exec(text)?.[1];
  if (host !== undefined) return placeOfHost(host);
  const word = squeeze(text);
  return names.get(word) ?? names.get(word.replace(/ads?$/, '')) ?? null;
}

const ANY_MARK = new RegExp(MARKS.map(([mark]) => mark.source).join('|'), 'i');

/** The place of the app whose browser this is; null for a browser of its own. */
export function placeOfBrowser(userAgent: string): Place | null {
  if (!ANY_MARK.test(userAgent)) return null;
  const found = MARKS.find(([mark]) => mark.test(userAgent));
  return found ? placeOfName(found[1]) : null;
}
