// Errors as RFC 9457 problem documents: thrown anywhere, written in one place.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import { ConfigurationError } from '../env.ts';
import { QuestionError } from '../metrics/period.ts';
import { isUnavailable } from '../store/trouble.ts';
import type { AppEnv } from './access.ts';
import { type ProblemCode, problemFor } from './problems.ts';
import type { Problem } from './schemas.ts';

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  422: 'Invalid parameter',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

/** Seconds after which to ask again, where nothing more exact is known. */
const RETRY: Record<number, number> = { 409: 1, 503: 5 };

export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: ContentfulStatusCode;
  readonly code: ProblemCode;
  readonly parameter: string | undefined;
  /** `detail` is a sentence that says what to do; the list has one for each code. */
  constructor(code: ProblemCode, detail?: string, parameter?: string, cause?: unknown) {
    const { status, says } = problemFor(code);
    super(detail ?? says, { cause });
    this.status = status as ContentfulStatusCode;
    this.code = code;
    this.parameter = parameter;
  }
}

export const unknownParameter = (name: string) =>
  new ProblemError('unknown_parameter', `There is no parameter ${name}; remove it.`, name);

/** The first thing wrong with what was sent, with the parameter at fault. */
export function invalid(error: ZodError): ProblemError {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown) return unknownParameter(unknown);
  const parameter = issue?.path.join('.') ?? '';
  const detail = `${parameter ? `${parameter}: ` : ''}${issue?.message ?? 'Invalid.'}`;
  return new ProblemError('invalid_parameter', detail, parameter);
}

function problemOf(error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof QuestionError)
    return new ProblemError('invalid_parameter', error.message, error.parameter);
  if (error instanceof ConfigurationError) return new ProblemError('not_configured', error.message);
  if (error instanceof HTTPException)
    return error.status === 400 ? new ProblemError('invalid_json') : new ProblemError('refused');
  return new ProblemError(isUnavailable(error) ? 'unavailable' : 'internal');
}

export function answerError(error: Error, c: Context<AppEnv>): Response {
  const { status, code, message, parameter } = problemOf(error);
  c.set('code', code);
  const body: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Refused',
    status,
    code,
    detail: message,
    ...(parameter ? { parameter } : {}),
    request_id: c.var.requestId,
  };
  if (status === 401) c.header('www-authenticate', 'Bearer realm="tundish"');
  // Who limits requests knows better when there is room again.
  const retry = RETRY[status];
  if (retry) c.header('retry-after', String(retry));
  return c.json(body, status, { 'content-type': 'application/problem+json' });
}
