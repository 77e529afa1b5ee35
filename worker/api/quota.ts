// How often one credential may ask, and the headers that say so: RateLimit and RateLimit-Policy of the IETF's draft.
import type { MiddlewareHandler } from 'hono';
import { type AppEnv, nameOf } from './access.ts';
import { ProblemError } from './problem.ts';

/** Requests of one credential in a window of so many seconds: ten a second, a whole minute long. */
export const QUOTA = { requests: 600, seconds: 60 };

/** Names the policy in both headers (draft-ietf-httpapi-ratelimit-headers-11). */
const POLICY = '"credential"';
/** Credentials remembered at once; starting over forgives them a minute. */
const REMEMBERED = 10_000;

interface Window {
  used: number;
  /** Milliseconds since 1970. */
  until: number;
}

/**
 * Counted in the memory of each running instance of the Worker: a count in the database would cost a write a request,
 * and the platform's own limiter says only yes or no, not what is left and until when.
 */
const windows = new Map<string, Window>();

function windowOf(name: string, now: number): Window {
  const known = windows.get(name);
  if (known && known.until > now) return known;
  if (windows.size >= REMEMBERED) windows.clear();
  const fresh = { used: 0, until: now + QUOTA.seconds * 1000 };
  windows.set(name, fresh);
  return fresh;
}

/** Stands behind the gate. The operator, who runs the machine, is not limited. */
export const limited: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { access } = c.var;
  if (access.kind === 'operator') return next();
  const now = Date.now();
  const window = windowOf(nameOf(access), now);
  const seconds = Math.ceil((window.until - now) / 1000);
  const left = QUOTA.requests - ++window.used;
  c.header('ratelimit-policy', `${POLICY};q=${QUOTA.requests};w=${QUOTA.seconds}`);
  c.header('ratelimit', `${POLICY};r=${Math.max(0, left)};t=${seconds}`);
  if (left < 0) {
    c.header('retry-after', String(seconds));
    throw new ProblemError('too_many_requests');
  }
  return next();
};
