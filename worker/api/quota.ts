// How often one credential may ask, and the headers that say so: RateLimit and RateLimit-Policy of the IETF's draft.
import type { MiddlewareHandler } from 'hono';
import { Windows } from '../collect/limits.ts';
import { type AppEnv, nameOf } from './access.ts';
import { ProblemError } from './problem.ts';

/** Requests of one credential in a window of so many seconds: ten a second, a whole minute long. */
export const QUOTA = { requests: 600, seconds: 60 };

/** Names the policy in both headers (draft-ietf-httpapi-ratelimit-headers-11). */
const POLICY = '"credential"';
/**
 * Counted in the memory of each running instance of the Worker: the platform's own limiter says only yes or no, not what
 * is left and until when.
 */
const windows = new Windows(QUOTA);

/** Stands behind the gate. The operator, who runs the machine, is not limited. */
export const limited: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { access } = c.var;
  if (access.kind === 'operator') return next();
  const { left, seconds } = windows.take(nameOf(access), Date.now());
  c.header('ratelimit-policy', `${POLICY};q=${QUOTA.requests};w=${QUOTA.seconds}`);
  c.header('ratelimit', `${POLICY};r=${Math.max(0, left)};t=${seconds}`);
  if (left < 0) {
    c.header('retry-after', String(seconds));
    throw new ProblemError('too_many_requests');
  }
  return next();
};
