// What the Worker adds to a parsed event: its day, its origin, its amount in minor units.
import { getDomain } from 'tldts';
import { LIMITS } from '../../sdk/event.ts';
import { pagePath } from '../../sdk/page.ts';
import { dayOf } from './calendar.ts';
import type { StampedEvent, StoreSettings } from './event.ts';
import { minorUnits } from './money.ts';
import type { ParsedEvent } from './parse.ts';
import { cleanPath } from './personal/clean.ts';
import { type Origin, originOf } from './source/channel.ts';

/** Who sent it, as far as it may be kept. */
export interface Sender {
  visitor: string | null;
  device: string | null;
  country: string | null;
  /** Read for in-app browsers, never kept. */
  userAgent: string | null;
  /** Of an exported event: what was found out when it came, and its path where the address does not give it. */
  kept?: { origin?: Origin | undefined; path?: string | undefined };
}

const hosts = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The store's registrable domains, or bare hosts where there is none (localhost, an address). */
function hostsOf(origins: readonly string[]): ReadonlySet<string> {
  let known = hosts.get(origins);
  if (!known) {
    known = new Set(
      origins.map((origin) => getDomain(origin, { allowPrivateDomains: true }) ?? new URL(origin).host),
    );
    hosts.set(origins, known);
  }
  return known;
}

/** Everything of an event that has no column of its own. */
function dataOf(event: ParsedEvent, extra: Record<string, unknown>): Record<string, unknown> | null {
  const data: Record<string, unknown> = { ...extra };
  if ('via' in event) data.via = event.via;
  if ('method' in event) data.method = event.method;
  if ('items' in event) data.items = event.items;
  if ('item' in event) data.item = event.item;
  if ('name' in event) data.name = event.name;
  if ('props' in event) data.props = event.props;
  for (const [key, value] of Object.entries(data)) if (value == null) delete data[key];
  return Object.keys(data).length > 0 ? data : null;
}

/** An amount in minor units; a number without a currency is none. */
function priceOf(event: ParsedEvent): { value: number; currency: string } | null {
  if (!('value' in event) || event.value === undefined || event.currency === undefined) return null;
  return { value: minorUnits(event.value, event.currency), currency: event.currency };
}

/** Places a parsed event in a store: `at` is the time that is believed, in milliseconds since 1970. */
export function stamp(event: ParsedEvent, at: number, store: StoreSettings, sender: Sender): StampedEvent {
  const url = event.url === undefined ? null : new URL(event.url);
  const origin =
    event.type === 'visit' && url
      ? (sender.kept?.origin ??
        originOf({
          url,
          referrer: event.referrer,
          userAgent: sender.userAgent,
          ownHosts: hostsOf(store.origins),
        }))
      : null;
  const price = priceOf(event);
  const extra = origin ? { term: origin.term, content: origin.content, click: origin.click } : {};
  return {
    id: event.id,
    type: event.type,
    visitor: sender.visitor,
    visit: event.visit,
    at,
    day: dayOf(at, store.timezone),
    path: url && cleanPath(sender.kept?.path ?? pagePath(url)).slice(0, LIMITS.path),
    channel: origin?.channel ?? null,
    source: origin?.source ?? null,
    medium: origin?.medium ?? null,
    campaign: origin?.campaign ?? null,
    device: sender.device,
    country: sender.country,
    engaged: event.engaged ? Math.min(Math.round(event.engaged), LIMITS.engaged) : null,
    order: 'order' in event ? event.order : null,
    value: price?.value ?? null,
    currency: price?.currency ?? null,
    data: dataOf(event, extra),
  };
}
