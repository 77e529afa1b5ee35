// What the collectors answer when they take nothing of a request: reasons of the contract, as problem documents.
import type { MiddlewareHandler } from 'hono';
import { REQUEST_REASONS, type RequestReason } from '../../sdk/event.ts';
import { Refusal } from '../collect/receive.ts';
import { SignatureError } from '../collect/signature.ts';
import { isUnavailable } from '../store/trouble.ts';
import type { AppEnv } from './access.ts';
import { ProblemError, unknownParameter } from './problem.ts';

/** `cause` is what kept us from taking it, for the log. */
export const refusal = (reason: RequestReason, cause?: unknown) =>
  new ProblemError(reason, REQUEST_REASONS[reason].says, undefined, cause);

/** The problem that an error is; what is none of ours stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return refusal(error.reason);
  if (error instanceof SignatureError) return new ProblemError(error.reason);
  return isUnavailable(error) ? refusal('unavailable', error) : error;
}

/** Refuses parameters where there are none, for routes whose body nobody may read before it is verified. */
export const noParameters: MiddlewareHandler<AppEnv> = (c, next) => {
  const [name] = Object.keys(c.req.query());
  if (name !== undefined) throw unknownParameter(name);
  return next();
};
