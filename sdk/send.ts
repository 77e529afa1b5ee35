// The sender: one request at a time over all tabs, each ending in ack, retry or drop.
import { type Batch, LIMITS, WIRE_VERSION } from './event.ts';
import { DROPPED, waiting } from './outbox.ts';
import { box, keep, target } from './storage.ts';
import { visitAt } from './visit.ts';

/**
 * When the next request may leave, for all tabs and pages: it is set ahead before each request and so serves
 * as the lock, as its time-out and as the back-off. It is not quite a lock, and need not be: ids make sending
 * twice free.
 */
const NEXT = 'tundish.n';

/**
 * Milliseconds between repetitions, up to twice as many. They double twice and then stay: after an outage everything
 * has left within half a minute, spread over all of it.
 */
const PAUSE = 4_000;

/** A pause below this one says that the last request was answered; one above it is not doubled any more. */
const LONG = 10_000;

/**
 * UTF-16 units of one request: three bytes each at worst, that stays under LIMITS.bytes and under the 64 KiB that
 * a page may have on its way with keepalive.
 */
const LENGTH = 16_000;

/** UTF-16 units of the next request. */
let most = LENGTH;
let pause = PAUSE;
/** Keys on their way: leaving the page must not send them a second time. */
let flying: string[] = [];

/** Sends what waits, batch after batch. Who is leaving sends at once, past every pause. */
export const send = async (leaving?: boolean): Promise<void> => {
  const sent = Date.now();
  // The page may never come back; the one that follows it must not wait for its answers.
  if (leaving) delete box[NEXT];
  // A clock that was far ahead when it was last written must not hold everything back: nobody asks for half an hour.
  if (sent < (box[NEXT] as unknown as number) && (box[NEXT] as unknown as number) - sent < LIMITS.visitGap)
    return;
  const keys = waiting()
    .filter((key) => !flying.includes(key))
    .slice(0, LIMITS.events);
  if (!keys[0]) return;
  let body: string;
  do {
    body = JSON.stringify({
      v: WIRE_VERSION,
      store: target.store,
      visitor: visitAt(sent)[0],
      sent,
      dropped: box[DROPPED],
      events: keys.map((key) => JSON.parse(box[key] as string)),
    } satisfies Batch);
  } while (body[most] && keys[1] && keys.pop());
  flying.push(...keys);
  let next = sent + pause * (1 + Math.random());
  if (!leaving) {
    if (pause < LONG) pause *= 2;
    keep(NEXT, next);
  }
  try {
    // A text body makes it text/plain, and with no headers of its own it needs no preflight; to another origin no
    // cookies go. Keepalive has a quota for the whole page, which others may have used up and one event may exceed:
    // after a failure it goes without.
    const answer = await fetch(new URL('/v1/events', target.host), {
      method: 'POST',
      body,
      keepalive: leaving || pause < LONG,
    });
    if (/408|429|5../.test(answer.status as unknown as string)) {
      next += 1000 * +(answer.headers.get('retry-after') as string) || 0;
    } else {
      // A login page of some hotel answers 200 too: what is not JSON throws and counts as no answer.
      await answer.json();
      if (answer.status === 413 && keys[1]) most = body.length >> 1;
      else for (const key of [...keys, DROPPED]) delete box[key];
      pause = PAUSE;
      next = 0;
    }
  } catch {
    // No connection, no answer, no quota: the events stay. A beacon has no answer, so it would not help.
  }
  flying = [];
  keep(NEXT, next);
  if (!next) void send();
};
