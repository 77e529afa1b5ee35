// POST /v1/events: the collector. One request, one transaction; nothing is acknowledged before it is committed.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { type Answer, LIMITS } from '../../sdk/event.ts';
import { admit, openBatch, Refusal, receive } from '../collect/receive.ts';
import { append } from '../store/append.ts';
import { findSettings } from '../store/stores.ts';
import type { AppEnv } from './access.ts';
import { refusal, refusalOf } from './refusal.ts';

/** ISO 3166 code as Cloudflare knows it; unknown countries and Tor come as XX and T1. */
function countryOf(request: Request): string | null {
  const country = (request as { cf?: { country?: unknown } }).cf?.country;
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
}

export const events = new Hono<AppEnv>()
  // Any page may read the answer: it holds nothing secret, and a refused page must learn why.
  .use(
    '/v1/events',
    cors({ origin: '*', allowMethods: ['POST'], exposeHeaders: ['Retry-After'], maxAge: 86_400 }),
  )
  .post(
    '/v1/events',
    bodyLimit({
      maxSize: LIMITS.bytes,
      onError: () => {
        throw refusal('too_large');
      },
    }),
    async (c) => {
      const now = Date.now();
      try {
        const opened = openBatch(await c.req.text());
        const circumstances = {
          origin: c.req.header('origin') ?? null,
          userAgent: c.req.header('user-agent') ?? null,
          country: countryOf(c.req.raw),
          now,
        };
        const store = await findSettings(c.env, opened.store, now);
        if (!store) throw new Refusal('unknown_store');
        admit(store, circumstances);
        const { events, rejected } = receive(opened, store, circumstances);
        const { accepted, duplicate } = await append(c.env, store, events);
        return c.json({ accepted, duplicate, rejected } satisfies Answer);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  );
