// POST /v1/events: the collector. One request, one transaction; nothing is acknowledged before it is committed.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { type Answer, LIMITS, type Rejection } from '../../sdk/event.ts';
import { nameEvents } from '../collect/pseudonym.ts';
import { admit, openBatch, Refusal, receive } from '../collect/receive.ts';
import type { RefusalReason } from '../collect/tally.ts';
import { secretOf } from '../env.ts';
import { findSettings } from '../store/stores.ts';
import { isUnavailable } from '../store/trouble.ts';
import { storeInTurn } from '../store/turns.ts';
import type { AppEnv } from './access.ts';
import { countAccepted, limitNetwork, limitStore } from './budget.ts';
import { refusal } from './refusal.ts';
import { type Reasons, remember } from './refused.ts';

/** ISO 3166 code as Cloudflare knows it; unknown countries and Tor come as XX and T1. */
function countryOf(request: Request): string | null {
  const country = (request as { cf?: { country?: unknown } }).cf?.country;
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
}

/** Says no, and remembers it for the owner who wonders why nothing arrives. */
async function refuse(
  c: Context<AppEnv>,
  { reason, store: named, retry }: Refusal,
  cause?: unknown,
): Promise<never> {
  const now = Date.now();
  // Where the database does not answer, the refusal still must.
  const store = named === undefined ? null : await findSettings(c.env, named, now).catch(() => null);
  remember(c, { store, named }, new Map([[reason, 1]]), now);
  if (retry !== undefined) c.header('retry-after', String(retry));
  throw refusal(reason, cause);
}

/** Why how many events of an admitted request never became any. */
function reasonsOf(rejected: readonly Rejection[], dropped: number): Reasons {
  const reasons = new Map<RefusalReason, number>();
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (dropped > 0) reasons.set('dropped', dropped);
  return reasons;
}

export const events = new Hono<AppEnv>()
  // Any page may read the answer: it holds nothing secret, and a refused page must learn why.
  .use(
    '/v1/events',
    cors({ origin: '*', allowMethods: ['POST'], exposeHeaders: ['Retry-After'], maxAge: 86_400 }),
  )
  .post(
    '/v1/events',
    bodyLimit({ maxSize: LIMITS.single, onError: (c) => refuse(c, new Refusal('too_large')) }),
    async (c) => {
      const now = Date.now();
      let named: string | undefined;
      try {
        const ip = c.req.header('cf-connecting-ip');
        limitNetwork(c.env, ip, now);
        const text = await c.req.text();
        const opened = openBatch(text);
        named = opened.store;
        const circumstances = {
          origin: c.req.header('origin') ?? null,
          userAgent: c.req.header('user-agent') ?? null,
          country: countryOf(c.req.raw),
          now,
          secret: secretOf(c.env),
        };
        const store = await findSettings(c.env, named, now);
        if (!store) throw new Refusal('unknown_store', named);
        limitStore(store, now);
        admit(store, circumstances);
        const { events, rejected } = receive(opened, store, circumstances);
        const called = await nameEvents(events, circumstances.secret, store.id, {
          ip: ip ?? '',
          userAgent: circumstances.userAgent ?? '',
        });
        const storing = storeInTurn(c.env, store, { events: called, size: text.length });
        // Who leaves the page hangs up: what it has said is stored all the same, and holds no turn for ever.
        c.executionCtx.waitUntil(storing.catch(() => undefined));
        const { accepted, duplicate } = await storing;
        countAccepted(c, store, accepted, now);
        remember(c, { store }, reasonsOf(rejected, opened.dropped), now);
        return c.json({ accepted, duplicate, rejected } satisfies Answer);
      } catch (error) {
        if (error instanceof Refusal) return refuse(c, error);
        if (!isUnavailable(error)) throw error;
        return refuse(c, new Refusal('unavailable', named), error);
      }
    },
  );
