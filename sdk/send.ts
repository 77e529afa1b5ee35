// The sender: one request at a time over all tabs, each ending in ack, retry or drop.
import { type Batch, LIMITS, WIRE_VERSION } from './event.ts';
import { eventsOf, lighten, nextKeys, settle } from './outbox.ts';
import { box, keep, target } from './storage.ts';
import { visitAt } from './visit.ts';

/**
 * When the next request may leave, for all tabs and pages: it is set ahead before each request and so serves
 * as the lock, as its time-out and as the back-off. It is not quite a lock, and need not be: ids make sending
 * twice free.
 */
const NEXT = 'tundish.next';

/** Milliseconds between repetitions, give or take a half: the first, and the longest that doubling leads to. */
const PAUSE = 5_000;
const LONGEST = 300_000;

let most: number = LIMITS.events;
let pause = PAUSE;
/** Keys on their way: leaving the page must not send them a second time. */
let flying: string[] = [];

/** Sends what waits, batch after batch. Who is leaving sends at once, past every pause. */
export const send = async (leaving?: boolean): Promise<void> => {
  const sent = Date.now();
  if (!leaving && sent < Number(box[NEXT])) return;
  const keys = nextKeys(most, flying);
  if (!keys[0]) return;
  flying.push(...keys);
  let next = sent + pause * (0.5 + Math.random());
  const mine = `${next}`;
  if (!leaving) {
    pause = Math.min(pause * 2, LONGEST);
    keep(NEXT, mine);
  }
  const head: Batch = { v: WIRE_VERSION, store: target.store, visitor: visitAt(sent)[0], sent, events: [] };
  const body = `${JSON.stringify(head).slice(0, -2) + eventsOf(keys)}]}`;
  try {
    // A text body makes it text/plain, and with no headers of its own it needs no preflight. Keepalive has a
    // quota of 64 KiB a page; one event that is larger than that must still reach its refusal.
    const answer = await fetch(new URL('/v1/events', target.host), {
      method: 'POST',
      body,
      keepalive: body.length < 20_000,
      credentials: 'omit',
    });
    const { ok, status } = answer;
    const said = await answer.text();
    if (target.debug) console.log(said);
    // A login page of some hotel answers 200 too: only an answer that lists its refusals is an ack.
    if (status > 499 || status === 408 || status === 429 || (ok && !said.includes('"rejected"'))) {
      next += 1000 * +(answer.headers.get('retry-after') ?? 0) || 0;
    } else {
      most = LIMITS.events;
      if (status === 413 && keys[1]) most = keys.length >> 1;
      // Of a sale that is too large the items can be spared, the sale cannot.
      else if (status !== 413 || !lighten(keys[0]))
        for (const key of keys) settle(key, ok ? said : undefined);
      pause = PAUSE;
      next = 0;
    }
  } catch {
    // No connection, no answer, no quota: the events stay. A beacon has no answer, so it would not help.
  }
  flying = [];
  // If it is no longer this request's, then another tab is sending, or this page was left.
  if (box[NEXT] === mine) keep(NEXT, `${next}`);
  if (!next) void send();
};

/** The page may never come back; the one that follows it must not wait for its answers. */
export const leave = (): void => {
  void send(true);
  delete box[NEXT];
};
