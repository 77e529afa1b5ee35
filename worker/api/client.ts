// The npm package's tundish/client: the endpoint as functions, typed by the schemas that check what they send.
import type { z } from '@hono/zod-openapi';
import type { BottleneckAnswer, bottleneckQuestion } from '../metrics/bottleneck-question.ts';
import type { RulesTried } from '../metrics/channel-rules.ts';
import type { DimensionsAnswer, dimensionsQuestion } from '../metrics/dimensions.ts';
import type {
  FunnelAnswer,
  FunnelVisitorsAnswer,
  funnelQuestion,
  funnelVisitorsQuestion,
} from '../metrics/funnel-question.ts';
import type { LiveAnswer } from '../metrics/live-answer.ts';
import type { MaturityAnswer, maturityQuestion } from '../metrics/maturity.ts';
import type { OrdersAnswer, ordersQuestion } from '../metrics/orders.ts';
import type { PagesAnswer, pagesQuestion } from '../metrics/pages-seen.ts';
import type { MetricsAnswer, metricsQuestion } from '../metrics/question.ts';
import type { VisitorAnswer, visitorQuestion } from '../metrics/visitor.ts';
import type { VisitorsAnswer, visitorsQuestion } from '../metrics/visitors.ts';
import type { Annotation, AnnotationsAnswer, annotationsQuestion, NewAnnotation } from './annotations.ts';
import type { Arrivals, PageCheck } from './arriving.ts';
import type { FunnelChange, Kept, NewFunnel } from './funnels.ts';
import type { Erasure } from './keeping.ts';
import type { ProblemCode } from './problems.ts';
import type { NewToken, Problem, Store, StoreChange, Token } from './schemas.ts';

/** Whole numbers may be numbers. */
type Written<Parameters> = {
  [Name in keyof Parameters]: Name extends 'limit' | 'step' ? Parameters[Name] | number : Parameters[Name];
};
/** What a question says beside its store. */
type Asked<Question extends z.ZodType> = Written<Omit<z.input<Question>, 'store'>>;

export interface ClientOptions {
  /** Where Tundish runs: https://tundish.example */
  host: string;
  /** With the scope that the questions need. */
  token: string;
  store: string;
  /** In the place of the runtime's own. */
  fetch?: typeof globalThis.fetch;
}

/** A refusal, in the server's own words. */
export class TundishError extends Error {
  override name = 'TundishError';
  readonly status: number;
  /** One of the server's codes; `unreadable` where the answer was none of Tundish's. */
  readonly code: ProblemCode | 'unreadable';
  readonly parameter: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds after which to ask again, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(response: Response, problem: Problem | null) {
    super(problem?.detail ?? `The answer is a ${response.status} that nobody can read.`);
    this.status = response.status;
    this.code = problem?.code ?? 'unreadable';
    this.parameter = problem?.parameter;
    this.requestId = response.headers.get('x-request-id') ?? undefined;
    const seconds = response.headers.get('retry-after');
    this.retryAfter = seconds === null ? undefined : Number(seconds);
  }
}

/** Parameters as an address has them: what is undefined is left out, a list is given once for each. */
function queryOf(parameters: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const each of [value].flat()) if (each !== undefined) query.append(name, String(each));
  return query.toString();
}

/** @throws {TundishError} from each of its functions, for whatever is no answer. */
export function client({ host, token, store, fetch = globalThis.fetch }: ClientOptions) {
  async function call<T>(method: string, path: string, parameters: object = {}, body?: object): Promise<T> {
    const query = queryOf(parameters);
    const response = await fetch(`${host.replace(/\/$/, '')}${path}${query ? `?${query}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok)
      throw new TundishError(response, (await response.json().catch(() => null)) as Problem | null);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const ask = <T>(path: string, question: object) => call<T>('GET', path, { store, ...question });

  return {
    metrics: (question: Asked<typeof metricsQuestion>) => ask<MetricsAnswer>('/v1/metrics', question),
    pagesSeen: (question: Asked<typeof pagesQuestion>) => ask<PagesAnswer>('/v1/pages', question),
    funnel: (question: Asked<typeof funnelQuestion>) => ask<FunnelAnswer>('/v1/funnel', question),
    funnelVisitors: (question: Asked<typeof funnelVisitorsQuestion>) =>
      ask<FunnelVisitorsAnswer>('/v1/funnel/visitors', question),
    maturity: (question: Asked<typeof maturityQuestion>) => ask<MaturityAnswer>('/v1/maturity', question),
    bottleneck: (question: Asked<typeof bottleneckQuestion>) =>
      ask<BottleneckAnswer>('/v1/bottleneck', question),
    orders: (question: Asked<typeof ordersQuestion>) => ask<OrdersAnswer>('/v1/orders', question),
    visitors: (question: Asked<typeof visitorsQuestion>) => ask<VisitorsAnswer>('/v1/visitors', question),
    visitor: (id: string, page: Asked<typeof visitorQuestion> = {}) =>
      ask<VisitorAnswer>(`/v1/visitors/${encodeURIComponent(id)}`, page),
    eraseVisitor: (id: string) =>
      call<Erasure>('DELETE', `/v1/visitors/${encodeURIComponent(id)}`, { store }),
    live: () => ask<LiveAnswer>('/v1/live', {}),
    dimensions: (question: Asked<typeof dimensionsQuestion> = {}) =>
      ask<DimensionsAnswer>('/v1/dimensions', question),
    annotations: (question: Asked<typeof annotationsQuestion> = {}) =>
      ask<AnnotationsAnswer>('/v1/annotations', question),
    annotate: (noted: Omit<NewAnnotation, 'store'>) =>
      call<Annotation>('POST', '/v1/annotations', {}, { store, ...noted }),
    deleteAnnotation: (id: string) => call<void>('DELETE', `/v1/annotations/${encodeURIComponent(id)}`),
    store: () => call<Store>('GET', `/v1/stores/${store}`),
    changeStore: (change: StoreChange) => call<Store>('PATCH', `/v1/stores/${store}`, {}, change),
    arrivals: () => call<Arrivals>('GET', `/v1/stores/${store}/arrivals`),
    checkPage: (url: string) => call<PageCheck>('POST', `/v1/stores/${store}/check`, {}, { url }),
    tryChannelRules: (rules: StoreChange['channel_rules'] & object) =>
      call<RulesTried>('POST', `/v1/stores/${store}/channel-rules/dry-run`, {}, { channel_rules: rules }),
    funnels: (page: { limit?: number; cursor?: string } = {}) =>
      ask<{ funnels: Kept[]; next: string | null }>('/v1/funnels', page),
    keepFunnel: (wanted: Omit<NewFunnel, 'store'>) =>
      call<Kept>('POST', '/v1/funnels', {}, { store, ...wanted }),
    changeFunnel: (id: string, change: FunnelChange) =>
      call<Kept>('PATCH', `/v1/funnels/${encodeURIComponent(id)}`, {}, change),
    deleteFunnel: (id: string) => call<void>('DELETE', `/v1/funnels/${encodeURIComponent(id)}`),
    tokens: (page: { limit?: number; cursor?: string } = {}) =>
      ask<{ tokens: Token[]; next: string | null }>('/v1/tokens', page),
    createToken: (wanted: Omit<NewToken, 'store'>) =>
      call<Token & { secret: string }>('POST', '/v1/tokens', {}, { store, ...wanted }),
    revokeToken: (id: string) => call<void>('DELETE', `/v1/tokens/${encodeURIComponent(id)}`),
  };
}
export type Client = ReturnType<typeof client>;

/** All pages of a list, one after the other: `for await (const { orders } of pages((cursor) => api.orders({ …, cursor })))`. */
export async function* pages<Page extends { next: string | null }>(
  ask: (cursor: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page: Page = await ask(cursor);
    yield page;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
