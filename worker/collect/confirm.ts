// What a shop's server sends: believed as it says, and of orders, payments and refunds a confirmation.
import { createHash } from 'node:crypto';
import { LIMITS, type Rejection } from '../../sdk/event.ts';
import type { StampedEvent, StoreSettings } from './event.ts';
import { isObject, isSale, type Parsed, parseAnonymous, parseEvent, reasonAgainst, reject } from './parse.ts';
import { isUnnamed } from './pseudonym.ts';
import { openBody, Refusal } from './receive.ts';
import { stamp } from './stamp.ts';

/** A body of the server's: an event may name its own visitor, or the batch one for all, or nobody does. */
export interface ServerBatch {
  store: string;
  visitor: unknown;
  events: unknown[];
}

/** @throws {Refusal} when nothing of it can be used. */
export function openServerBatch(text: string): ServerBatch {
  const { store, visitor, events } = openBody(text);
  if (typeof store !== 'string') throw new Refusal('invalid_body');
  return { store, visitor: visitor ?? null, events };
}

const digest = (content: unknown) =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);

/**
 * A sale with the id of a confirmation, `type!:order:digest`, which no browser can send: theirs have a colon only as
 * `type:order`. An order or payment is told from another of its number by all that it says, so that no server has to
 * keep ids: whatever comes again is the same, whatever differs is kept beside it, and which stands never depends on
 * which came first. A refund is told by its sender's id, because two alike may be two.
 */
export function asConfirmed(event: StampedEvent): StampedEvent {
  const { type, order, id, visitor, visit, at, path, engaged, value, currency, data } = event;
  const content = type === 'refund' ? id : [visitor, visit, at, path, engaged, value, currency, data];
  return { ...event, id: `${type}!:${order}:${digest(content)}` };
}

/** Any other event's id, out of the way of those that browsers make. */
const asServers = (event: StampedEvent): StampedEvent => ({ ...event, id: `!:${event.id}` });

/** Orders and payments need no id of their own; it is put aside, so that a malformed one does no harm. */
const WITHOUT_ID: ReadonlySet<unknown> = new Set(['order', 'payment']);

function parseServers(input: object, visitor: unknown, secret: string): Parsed {
  const { type } = input as { type?: unknown };
  const named = WITHOUT_ID.has(type) ? { ...input, id: 'none' } : input;
  return visitor === null ? parseAnonymous(named, secret) : parseEvent(named, secret);
}

/**
 * Reads the events of a call that is known to be the shop's own. Times are believed: a server reports what it has in its
 * books, late or again, and an answer that depended on the time of the call would make a second event of a repetition.
 */
export function receiveConfirmed(
  inputs: readonly unknown[],
  store: StoreSettings,
  { now, secret }: { now: number; secret: string },
  fallback: unknown = null,
): { events: StampedEvent[]; rejected: Rejection[] } {
  const events: StampedEvent[] = [];
  const rejected: Rejection[] = [];
  for (const input of inputs) {
    if (!isObject(input)) {
      rejected.push(reject(input, 'not_an_object'));
      continue;
    }
    const { visitor: named = null, visit } = input as { visitor?: unknown; visit?: unknown };
    const sent = named ?? fallback;
    // Only the collector sees by what to name somebody for a day: here it is nobody who is known.
    const visitor = isUnnamed({ visitor: sent, visit }) ? null : sent;
    const visitorReason = visitor === null ? null : reasonAgainst(visitor);
    const { event, rejection } = parseServers(input, visitor, secret);
    if (rejection) rejected.push(reject(input, rejection.reason));
    else if (visitorReason) rejected.push(reject(input, visitorReason));
    else if (event.at > now + LIMITS.clockSkew) rejected.push(reject(input, 'invalid_time'));
    else if (event.at < now - LIMITS.age) rejected.push(reject(input, 'too_old'));
    else {
      const sender = { visitor: visitor as string | null, device: null, country: null, userAgent: null };
      const stamped = stamp(event, event.at, store, sender);
      const known = isSale(stamped) ? asConfirmed(stamped) : asServers(stamped);
      if (known.id.length > LIMITS.id) rejected.push(reject(input, 'invalid_id'));
      else events.push(known);
    }
  }
  return { events, rejected };
}
