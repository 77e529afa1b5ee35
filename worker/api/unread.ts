// Refusals reach whoever is still sending: a connection closed on unread bytes is reset, and the answer lost with it.
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './access.ts';

/** Bytes read for nothing but to be heard. Whoever sends more has read no limit anywhere. */
const MOST = 8_000_000;

const nowhere = () => new WritableStream<Uint8Array>();

/** What of a body nobody has read is read to its end before the answer goes. */
export const readToEnd: MiddlewareHandler<AppEnv> = async (c, next) => {
  const request = c.req.raw;
  await next();
  if (request.bodyUsed || Number(c.req.header('content-length')) > MOST) return;
  // Who hangs up meanwhile wants no answer.
  await request.body?.pipeTo(nowhere()).catch(() => undefined);
};
