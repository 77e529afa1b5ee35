// Refusals reach whoever is still sending: a connection closed on unread bytes is reset, and the answer lost with it.
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './access.ts';

/** Bytes read for nothing but to be heard. Whoever sends more has read no limit anywhere. */
export const MOST_UNREAD = 8_000_000;

function nowhere(): WritableStream<Uint8Array> {
  let left = MOST_UNREAD;
  return new WritableStream({
    write({ byteLength }) {
      left -= byteLength;
      if (left < 0) throw new RangeError('Nobody reads on.');
    },
  });
}

/** What of a body nobody has read is read to its end before the answer goes. */
export const readToEnd: MiddlewareHandler<AppEnv> = async (c, next) => {
  const request = c.req.raw;
  await next();
  // Who sends too much, or hangs up meanwhile, is not waited for.
  if (!request.bodyUsed) await request.body?.pipeTo(nowhere()).catch(() => undefined);
};
