// The only file that fetches: each question to the server is a function, each failure a Failure.
import { hc } from 'hono/client';
import type { Api } from '../worker/api/index.ts';
import type { FirstEvent, NewStore, Problem, Store, Token } from '../worker/api/schemas.ts';
import type { MetricsAnswer, MetricsQuestion } from '../worker/metrics/question.ts';

export type { FirstEvent, MetricsAnswer, MetricsQuestion, NewStore, Store, Token };
export type NewTokenAnswer = Token & { secret: string };

export type FailureKind =
  | 'network'
  | 'signed-out'
  | 'missing'
  | 'limited'
  | 'refused'
  | 'server'
  | 'unexpected';

const kindOf = (status: number): FailureKind => {
  if (status === 401) return 'signed-out';
  if (status === 404) return 'missing';
  if (status === 429) return 'limited';
  if (status >= 500) return 'server';
  return status >= 400 ? 'refused' : 'unexpected';
};

export class Failure extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  readonly problem: Problem | null;

  constructor(kind: FailureKind, status = 0, problem: Problem | null = null) {
    super(problem?.detail ?? kind);
    this.kind = kind;
    this.status = status;
    this.problem = problem;
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/** As much of a response as is looked at, typed by hc or plain. */
type Some = Pick<Response, 'ok' | 'status'> & { json(): Promise<unknown> };

const failureOf = async (response: Some): Promise<Failure> => {
  const body: unknown = await response.json().catch(() => null);
  return new Failure(kindOf(response.status), response.status, isProblem(body) ? body : null);
};

/** The body of the good answer among those that a route describes. */
type Good<R> = R extends { ok: true; json(): Promise<infer Body> } ? Body : never;

const goodOf = async <R extends Some>(asked: Promise<R>): Promise<R> => {
  const response = await asked.catch(() => {
    throw new Failure('network');
  });
  if (!response.ok) throw await failureOf(response);
  return response;
};

const answerTo = async <R extends Some>(asked: Promise<R>): Promise<Good<R>> => {
  const response = await goodOf(asked);
  return (await response.json().catch(() => {
    throw new Failure('unexpected', response.status);
  })) as Good<R>;
};

const { v1 } = hc<Api>('/');

export const getSession = () => answerTo(v1.session.$get());
export const listStores = async () => (await answerTo(v1.stores.$get())).stores;
export const getStore = (id: string) => answerTo(v1.stores[':id'].$get({ param: { id } }));
export const createStore = (store: NewStore) => answerTo(v1.stores.$post({ json: store }));
export const getMetrics = (query: MetricsQuestion) => answerTo(v1.metrics.$get({ query }));

export const listTokens = async (store: string) =>
  (await answerTo(v1.tokens.$get({ query: { store } }))).tokens;
export const createToken = (store: string, name: string) =>
  answerTo(v1.tokens.$post({ json: { store, name } }));

export const revokeToken = (id: string) => goodOf(v1.tokens[':id'].$delete({ param: { id } }));

/** The sign-in library's own route, which the API's type does not describe. */
export const signOut = () =>
  goodOf(
    fetch('/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }),
  );
