// What browsers send by themselves, cookies, needs it proved where a request comes from; programs send tokens.
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './access.ts';
import { ProblemError } from './problem.ts';

const ASKS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Browsers name the origin of every request that writes, and let no page set the header Authorization for another site
 * without asking that site first, which here gets no answer.
 */
export const fromHere: MiddlewareHandler<AppEnv> = (c, next) => {
  if (ASKS.has(c.req.method) || c.req.header('authorization')) return next();
  if (c.req.header('origin') !== new URL(c.req.url).origin) throw new ProblemError('refused');
  return next();
};
