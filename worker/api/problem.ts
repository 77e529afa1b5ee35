// Errors as RFC 9457 problem documents: thrown anywhere, written in one place.
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import { ConfigurationError } from '../env.ts';
import { QuestionError } from '../metrics/period.ts';
import type { Problem } from './schemas.ts';

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  413: 'Too large',
  422: 'Invalid parameter',
  500: 'Internal error',
  503: 'Unavailable',
};

export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly parameter: string | undefined;
  /** `detail` is a sentence that says what to do. */
  constructor(status: ContentfulStatusCode, code: string, detail: string, parameter?: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }
}

/** The first thing wrong with what was sent, with the parameter at fault. */
export function invalid(error: ZodError): ProblemError {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const parameter = unknown ?? issue?.path.join('.') ?? '';
  const detail = unknown
    ? `There is no parameter ${unknown}; remove it.`
    : `${parameter ? `${parameter}: ` : ''}${issue?.message ?? 'Invalid.'}`;
  return new ProblemError(422, unknown ? 'unknown_parameter' : 'invalid_parameter', detail, parameter);
}

function problemOf(error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof QuestionError)
    return new ProblemError(422, 'invalid_parameter', error.message, error.parameter);
  if (error instanceof ConfigurationError) return new ProblemError(503, 'not_configured', error.message);
  if (error instanceof HTTPException)
    return new ProblemError(
      error.status as ContentfulStatusCode,
      'refused',
      error.message || 'The request seems to come from another site; use the dashboard itself.',
    );
  console.error(error);
  return new ProblemError(500, 'internal', 'Something went wrong here; try again, and look into the log.');
}

export function answerError(error: Error, c: Context): Response {
  const { status, code, message, parameter } = problemOf(error);
  const body: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Refused',
    status,
    code,
    detail: message,
    ...(parameter ? { parameter } : {}),
  };
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="tundish"';
  if (status === 503) headers['retry-after'] = '5';
  return c.json(body, status, headers);
}
