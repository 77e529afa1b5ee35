// What the collectors answer when they take nothing of a request: reasons of the contract, as problem documents.
import { REQUEST_REASONS, type RequestReason } from '../../sdk/event.ts';
import { Refusal } from '../collect/receive.ts';
import { SIGNATURE_REASONS, SignatureError } from '../collect/signature.ts';
import { isUnavailable } from '../store/append.ts';
import { ProblemError } from './problem.ts';

export function refusal(reason: RequestReason): ProblemError {
  const { status, says } = REQUEST_REASONS[reason];
  return new ProblemError(status, reason, says);
}

/** The problem that an error is; what is none of ours stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return refusal(error.reason);
  if (error instanceof SignatureError)
    return new ProblemError(401, error.reason, SIGNATURE_REASONS[error.reason]);
  if (!isUnavailable(error)) return error;
  console.error(error);
  return refusal('unavailable');
}
