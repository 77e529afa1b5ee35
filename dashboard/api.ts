// The only file that fetches: each question to the server is a function, each failure a Failure.
import { signal } from '@preact/signals';
import { hc } from 'hono/client';
import type { Session } from '../worker/api/account.ts';
import type { Annotation, NewAnnotation } from '../worker/api/annotations.ts';
import type { Arrivals } from '../worker/api/arriving.ts';
import type { FunnelChange, Kept as KeptFunnel, NewFunnel } from '../worker/api/funnels.ts';
import type { Api } from '../worker/api/index.ts';
import type {
  FirstEvent,
  NewStore,
  NewToken,
  Problem,
  Store,
  StoreChange,
  Token,
} from '../worker/api/schemas.ts';
import type { NewSecret, Secret } from '../worker/api/secrets.ts';
import type { Finding } from '../worker/check/findings.ts';
import type { BottleneckAnswer, BottleneckQuestion } from '../worker/metrics/bottleneck-question.ts';
import type { RulesTried } from '../worker/metrics/channel-rules.ts';
import type { DimensionsAnswer, DimensionsQuestion } from '../worker/metrics/dimensions.ts';
import type { FunnelAnswer, FunnelVisitorsAnswer } from '../worker/metrics/funnel-question.ts';
import type { LiveAnswer } from '../worker/metrics/live-answer.ts';
import type { Order } from '../worker/metrics/orders.ts';
import type { PagesAnswer, PagesQuestion } from '../worker/metrics/pages-seen.ts';
import type { MetricsAnswer, MetricsQuestion } from '../worker/metrics/question.ts';
import type { VisitorAnswer } from '../worker/metrics/visitor.ts';
import type { VisitorsAnswer } from '../worker/metrics/visitors.ts';

export type {
  Annotation,
  Arrivals,
  BottleneckAnswer,
  DimensionsAnswer,
  Finding,
  FirstEvent,
  FunnelAnswer,
  FunnelVisitorsAnswer,
  KeptFunnel,
  LiveAnswer,
  MetricsAnswer,
  MetricsQuestion,
  NewAnnotation,
  NewStore,
  NewToken,
  Order,
  PagesAnswer,
  RulesTried,
  Secret,
  Session,
  Store,
  StoreChange,
  Token,
  VisitorAnswer,
  VisitorsAnswer,
};

/** What went wrong, by the server's own code for it where it gave one. */
export class Failure extends Error {
  /** Ours are `network`, where no answer came, `limited`, and `unexpected`, where nobody can read it. */
  readonly code: string;
  readonly status: number;
  readonly problem: Problem | null;

  constructor(code: string, status = 0, problem: Problem | null = null) {
    super(problem?.detail ?? code);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}

/** For whoever catches: anything that is no failure of a question is a mistake of the page. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  console.error(error);
  return new Failure('unexpected');
};

/** Raised by whichever question is the first to be refused for want of a session. */
export const signedOut = signal(false);

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

const codeOf = (status: number): string =>
  status === 429 ? 'limited' : status >= 500 ? 'internal' : 'unexpected';

/** As much of a response as is looked at, typed by hc or plain. */
type Some = Pick<Response, 'ok' | 'status'> & { json(): Promise<unknown> };

const refusalOf = async (response: Some): Promise<Failure> => {
  const { status } = response;
  if (status === 401) signedOut.value = true;
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? new Failure(body.code, status, body) : new Failure(codeOf(status), status);
};

/** The body of the good answer among those that a route describes. */
type Good<R> = R extends { ok: true; json(): Promise<infer Body> } ? Body : never;

export const goodOf = async <R extends Some>(asked: Promise<R>): Promise<R> => {
  const response = await asked.catch(() => {
    throw new Failure('network');
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
};

export const answerTo = async <R extends Some>(asked: Promise<R>): Promise<Good<R>> => {
  const response = await goodOf(asked);
  return (await response.json().catch(() => {
    throw new Failure('unexpected', response.status);
  })) as Good<R>;
};

/** For questions that one view alone asks. */
export const { v1 } = hc<Api>('/');

export const getSession = () => answerTo(v1.session.$get());
/** All of them, a page at a time. */
export const listStores = async (): Promise<Store[]> => {
  const stores: Store[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await answerTo(v1.stores.$get({ query: { limit: '500', ...(cursor ? { cursor } : {}) } }));
    stores.push(...page.stores);
    cursor = page.next;
  }
  return stores;
};
export const getStore = (id: string) => answerTo(v1.stores[':id'].$get({ param: { id } }));
export const createStore = (store: NewStore) => answerTo(v1.stores.$post({ json: store }));
/** A page of the list; numbers travel as text. */
export const getPages = (query: Omit<PagesQuestion, 'limit' | 'cursor'> & { limit: string }) =>
  answerTo(v1.pages.$get({ query }));
export const getMetrics = (query: MetricsQuestion) => answerTo(v1.metrics.$get({ query }));
export const getBottleneck = (query: BottleneckQuestion) => answerTo(v1.bottleneck.$get({ query }));

export const changeStore = (id: string, change: StoreChange) =>
  answerTo(v1.stores[':id'].$patch({ param: { id }, json: change }));
/** All of some days, a page at a time. */
export const listAnnotations = async (asked: {
  store: string;
  from: string;
  to: string;
}): Promise<Annotation[]> => {
  const annotations: Annotation[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { ...asked, limit: '500', ...(cursor ? { cursor } : {}) };
    const page = await answerTo(v1.annotations.$get({ query }));
    annotations.push(...page.annotations);
    cursor = page.next;
  }
  return annotations;
};
export const annotate = (annotation: NewAnnotation) => answerTo(v1.annotations.$post({ json: annotation }));
export const deleteAnnotation = (id: string) => goodOf(v1.annotations[':id'].$delete({ param: { id } }));

export type VisitorsQuestion = Parameters<typeof v1.visitors.$get>[0]['query'];
export const getVisitors = (query: VisitorsQuestion) => answerTo(v1.visitors.$get({ query }));
export type OrdersQuestion = Parameters<typeof v1.orders.$get>[0]['query'];
export const getOrders = (query: OrdersQuestion) => answerTo(v1.orders.$get({ query }));
export const getVisitor = (id: string, query: { store: string; limit?: string; cursor?: string }) =>
  answerTo(v1.visitors[':id'].$get({ param: { id: encodeURIComponent(id) }, query }));
export const getLive = (store: string) => answerTo(v1.live.$get({ query: { store } }));

export const getArrivals = (id: string): Promise<Arrivals> =>
  answerTo(v1.stores[':id'].arrivals.$get({ param: { id } }));
export const checkPage = async (id: string, url: string): Promise<Finding[]> =>
  (await answerTo(v1.stores[':id'].check.$post({ param: { id }, json: { url } }))).findings;

export const listTokens = async (store: string) =>
  (await answerTo(v1.tokens.$get({ query: { store, limit: '500' } }))).tokens;
export const createToken = (token: NewToken) => answerTo(v1.tokens.$post({ json: token }));

export const listSecrets = async (store: string) =>
  (await answerTo(v1.secrets.$get({ query: { store } }))).secrets;
export const createSecret = (secret: NewSecret) => answerTo(v1.secrets.$post({ json: secret }));
export const revokeSecret = (id: string) => goodOf(v1.secrets[':id'].$delete({ param: { id } }));

type FunnelAsked = Parameters<typeof v1.funnel.$get>[0]['query'];
export const getFunnel = (query: FunnelAsked): Promise<FunnelAnswer> => answerTo(v1.funnel.$get({ query }));
export const getFunnelVisitors = (
  query: FunnelAsked & { step: string; dropped?: 'true' | 'false'; limit?: string; cursor?: string },
): Promise<FunnelVisitorsAnswer> => answerTo(v1.funnel.visitors.$get({ query }));
/** As many as may be kept come in one page. */
export const listFunnels = async (store: string): Promise<KeptFunnel[]> =>
  (await answerTo(v1.funnels.$get({ query: { store, limit: '500' } }))).funnels;
export const keepFunnel = (funnel: NewFunnel): Promise<KeptFunnel> =>
  answerTo(v1.funnels.$post({ json: funnel }));
export const changeFunnel = (id: string, change: FunnelChange): Promise<KeptFunnel> =>
  answerTo(v1.funnels[':id'].$patch({ param: { id }, json: change }));
export const deleteFunnel = (id: string) => goodOf(v1.funnels[':id'].$delete({ param: { id } }));

export const getDimensions = (query: DimensionsQuestion): Promise<DimensionsAnswer> =>
  answerTo(v1.dimensions.$get({ query }));
export const tryChannelRules = (id: string, rules: Store['channel_rules']): Promise<RulesTried> =>
  answerTo(
    v1.stores[':id']['channel-rules']['dry-run'].$post({ param: { id }, json: { channel_rules: rules } }),
  );

export const revokeToken = (id: string) => goodOf(v1.tokens[':id'].$delete({ param: { id } }));

/** Where a question is answered as CSV, for links: what the endpoint itself writes, to the byte. */
export const csvOf = (path: `/v1/${string}`, question: object): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question))
    for (const one of [value].flat()) if (one !== undefined) query.append(name, String(one));
  query.append('format', 'csv');
  return `${path}?${query}`;
};

/** The ways in and out, which the API's type does not describe. */
const enterOrLeave = (path: string, body: object) =>
  goodOf(
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
export const signIn = (email: string, password: string) => enterOrLeave('/auth/sign-in', { email, password });
export const signOut = () => enterOrLeave('/auth/sign-out', {});
