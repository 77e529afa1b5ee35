// What every answer tells: its request's id, and to browsers that it cannot be framed, guessed at, or read from elsewhere.
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
  // Each call of c.header would make the answer anew: one does, because those that were not made here, such as files,
  // cannot be changed.
  c.header('x-request-id', c.var.requestId);
  const { headers } = c.res;
  for (const [name, value] of NAMED) if (!headers.has(name)) headers.set(name, value);
};
