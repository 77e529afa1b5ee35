// Idempotency-Key on writes: a request that is repeated with its key is done once, and answered twice.
import type { MiddlewareHandler } from 'hono';
import { claim } from '../store/idempotency.ts';
import { type AppEnv, nameOf } from './access.ts';
import { ProblemError } from './problem.ts';

const HEADER = 'Idempotency-Key';
/** Visible characters of ASCII. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Keeps answers below 300: what was refused may be sent again, put right, under the same key. */
export const idempotent: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header(HEADER);
  if (key === undefined || c.req.method === 'GET') return next();
  if (!KEY.test(key))
    throw new ProblemError(
      'invalid_parameter',
      `${HEADER}: Write 1 to 255 visible ASCII characters, such as a UUID.`,
      HEADER,
    );
  const request = `${c.req.method} ${new URL(c.req.url).pathname}\n${await c.req.text()}`;
  const claimed = await claim(c.env, `${nameOf(c.var.access)}\n${key}`, request, Date.now());
  if (claimed.kind === 'busy') throw new ProblemError('key_in_use', undefined, HEADER);
  if (claimed.kind === 'other') throw new ProblemError('key_reused', undefined, HEADER);
  if (claimed.kind === 'again') {
    const { status, body } = claimed.answer;
    const headers = { 'idempotency-replayed': 'true', 'content-type': 'application/json' };
    return status === 204
      ? new Response(null, { status, headers: { 'idempotency-replayed': 'true' } })
      : new Response(body, { status, headers });
  }
  await next();
  if (c.res.ok) await claimed.keep({ status: c.res.status, body: await c.res.clone().text() });
  else await claimed.forget();
};
