// One request's way from text to stamped events: measure, read, know the store, admit, then each event in turn.
import { type Batch, LIMITS, type Rejection, type RequestReason, WIRE_VERSION } from '../../sdk/event.ts';
import { deviceOf, isRobot } from './device.ts';
import type { StampedEvent, StoreSettings } from './event.ts';
import { type ParsedEvent, parseEvent, reasonAgainst, reject } from './parse.ts';
import { type Sender, stamp } from './stamp.ts';

/** What a request says of itself beside its body. */
export interface Circumstances {
  /** The Origin header. */
  origin: string | null;
  userAgent: string | null;
  /** ISO 3166 code, as Cloudflare knows it. */
  country: string | null;
  /** The server's clock. */
  now: number;
  /** What is not kept as it is, is kept as its digest under this. */
  secret: string;
}

export class Refusal extends Error {
  override name = 'Refusal';
  readonly reason: RequestReason;
  /** The id of the store that the request names, if it could be read. */
  readonly store: string | undefined;
  /** Seconds after which there is room again, where that is known. */
  readonly retry: number | undefined;
  constructor(reason: RequestReason, store?: unknown, retry?: number) {
    super(reason);
    this.reason = reason;
    this.retry = retry;
    this.store = typeof store === 'string' ? store : undefined;
  }
}

export type OpenedBatch = Omit<Batch, 'v' | 'events' | 'dropped'> & { dropped: number; events: unknown[] };

/** What was dropped only informs: a wrong number of it is no reason to lose the events beside it. */
const countOf = (sent: unknown): number => {
  const count = Number(sent);
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
};

/** Three bytes are the most that a UTF-16 unit takes, so that small texts need no counting. */
const isTooLarge = (text: string): boolean =>
  text.length * 3 > LIMITS.bytes && new TextEncoder().encode(text).length > LIMITS.bytes;

/**
 * What every body has: a version that is known, and a list of events that are still unread.
 * @throws {Refusal} when nothing of it can be used.
 */
export function openBody(text: string): Record<string, unknown> & { events: unknown[] } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal('invalid_json');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal('invalid_body');
  const { v, events, ...rest } = body as Record<string, unknown>;
  const { store } = rest;
  if (v !== WIRE_VERSION) throw new Refusal(v === undefined ? 'invalid_body' : 'unsupported_version', store);
  if (!Array.isArray(events)) throw new Refusal('invalid_body', store);
  if (events.length === 0) throw new Refusal('no_events', store);
  if (events.length > LIMITS.events) throw new Refusal('too_many_events', store);
  return { ...rest, events };
}

/** A browser's body. @throws {Refusal} when nothing of it can be used. */
export function openBatch(text: string): OpenedBatch {
  const { store, visitor, sent, dropped, events } = openBody(text);
  if (typeof store !== 'string' || typeof visitor !== 'string') throw new Refusal('invalid_body', store);
  if (typeof sent !== 'number' || !Number.isFinite(sent)) throw new Refusal('invalid_body', store);
  if (events.length > 1 && isTooLarge(text)) throw new Refusal('too_large', store);
  return { store, visitor, sent, dropped: countOf(dropped), events };
}

/** @throws {Refusal} when the request does not come from one of the store's own pages. */
export function admit(store: StoreSettings, { origin }: Circumstances): void {
  if (origin === null || origin === 'null') throw new Refusal('missing_origin', store.id);
  if (!store.origins.includes(origin)) throw new Refusal('foreign_origin', store.id);
}

/**
 * An id with a colon belongs to the order it names: no other event may take a sale's place before it comes.
 * A sale under some other id is one too, but the one under its own id goes before it.
 */
const isOwn = (event: ParsedEvent) =>
  !event.id.includes(':') ||
  ('order' in event && event.type !== 'refund' && event.id === `${event.type}:${event.order}`);

/** Reads, believes and stamps each event of an admitted batch. */
export function receive(
  batch: OpenedBatch,
  store: StoreSettings,
  circumstances: Circumstances,
): { events: StampedEvent[]; rejected: Rejection[] } {
  const events: StampedEvent[] = [];
  const rejected: Rejection[] = [];
  const robot = isRobot(circumstances.userAgent);
  const visitorReason = reasonAgainst(batch.visitor);
  const sender: Sender = {
    visitor: batch.visitor,
    device: deviceOf(circumstances.userAgent),
    country: circumstances.country,
    userAgent: circumstances.userAgent,
  };
  const { now, secret } = circumstances;
  const error = now - batch.sent;
  const shift = Math.abs(error) > LIMITS.clockSkew ? error : 0;
  for (const input of batch.events) {
    const { event, rejection } = parseEvent(input, secret);
    if (rejection) rejected.push(rejection);
    else if (!isOwn(event)) rejected.push(reject(input, 'invalid_id'));
    else if (robot) rejected.push(reject(input, 'bot'));
    else if (visitorReason) rejected.push(reject(input, visitorReason));
    else {
      // Nothing is sent before it happened: a later time is a clock set back in between.
      const at = Math.round(Math.min(event.at, batch.sent) + shift);
      if (at < now - LIMITS.age) rejected.push(reject(input, 'too_old'));
      else events.push(stamp(event, at, store, sender));
    }
  }
  return { events, rejected };
}
