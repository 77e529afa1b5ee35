// Names for who must not be recognised: from what a request shows anyway, for one day, and not to be undone.
import { UNNAMED } from '../../sdk/event.ts';
import type { StampedEvent } from './event.ts';

/** What tells two visitors apart who keep nothing on their devices. Neither part is stored or logged. */
export interface Looks {
  /** Empty where it is not known, on one machine without a proxy. */
  ip: string;
  userAgent: string;
}

/** Base36 characters behind the c: 82 bits. With it a name has 17 characters, one more than an id of the SDK. */
const LENGTH = 16;

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function hmac(key: Uint8Array, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytesOf(text)));
}

/**
 * The name of who looks like this on one day of one store: HMAC-SHA-256 under a key that is itself made of the
 * secret and the day. Another day or another store gives another name; without the secret nobody can make it, and
 * so nobody can try which address it belongs to.
 */
export async function pseudonymOf(secret: string, store: string, day: number, looks: Looks): Promise<string> {
  const key = await hmac(bytesOf(secret), `cookieless visitors of day ${day}`);
  const hash = await hmac(key, JSON.stringify([store, day, looks.ip, looks.userAgent]));
  const text = [...hash.slice(0, LENGTH)].map((byte) => (byte % 36).toString(36)).join('');
  return `c${text}`;
}

/** An event without a visit of its own is unnamed too, or the visits of all who send it so would be one. */
export const isUnnamed = ({ visitor, visit }: { visitor?: unknown; visit?: unknown }) =>
  visitor === UNNAMED || visit === UNNAMED;

/**
 * Names the visitor of each unnamed event by its own day, and its visit, which lasts that day: what is sent again
 * after midnight keeps its name. The events' ids stay as they came, so that sending them again is free from another
 * address too.
 */
export async function nameEvents(
  events: readonly StampedEvent[],
  secret: string,
  store: string,
  looks: Looks,
): Promise<StampedEvent[]> {
  const names = new Map<number, string>();
  for (const event of events)
    if (isUnnamed(event) && !names.has(event.day))
      names.set(event.day, await pseudonymOf(secret, store, event.day, looks));
  if (names.size === 0) return [...events];
  return events.map((event) => {
    const visitor = isUnnamed(event) ? names.get(event.day) : undefined;
    return visitor ? { ...event, visitor, visit: `${visitor}-${event.day.toString(36)}` } : event;
  });
}
