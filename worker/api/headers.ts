// What every answer tells browsers, so that none can be framed, guessed at, or read from elsewhere.
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './access.ts';

/** The same, but for the policy, as dashboard/public/_headers gives the page's own files. */
const HEADERS = {
  // An answer is data: whoever opens one as a page runs nothing in it.
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};
const NAMED = Object.entries(HEADERS);

/** Where an answer says more exactly what holds for it, that stays. */
export const secured: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of NAMED) if (!c.res.headers.has(name)) c.header(name, value);
};
