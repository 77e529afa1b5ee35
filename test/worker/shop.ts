// A shop to test with: makes stores, sends what a browser would send, asks what a program would ask.
import { env, exports } from 'cloudflare:workers';
import type { Answer, WireEvent } from '../../sdk/event.ts';
import type { Store } from '../../worker/api/schemas.ts';
import type { Confirm } from '../../worker/collect/event.ts';
import type { FunnelAnswer, FunnelVisitorsAnswer } from '../../worker/metrics/funnel-question.ts';
import type { PagesAnswer } from '../../worker/metrics/pages-seen.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { sealStep } from '../../worker/store/seal.ts';
import { findStore } from '../../worker/store/stores.ts';
import { expectDocumented } from './contract.ts';

/** Rows written per page view at most, visits of three pages, one request a page, sealing included. */
export const ROWS_PER_PAGE = 2.6;

export const HOST = 'https://tundish.example';
export const ORIGIN = 'https://shop.example';
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** Every request of these tests goes this way, and every answer is held to the document. */
export async function fetchWorker(path: string, init?: RequestInit): Promise<Response> {
  const request = new Request(HOST + path, init);
  const { method } = request;
  const response = await exports.default.fetch(request);
  await expectDocumented(method, new URL(request.url).pathname, response);
  return response;
}

export const operator = () => ({
  authorization: `Bearer ${env.TUNDISH_SECRET}`,
  'content-type': 'application/json',
});

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetchWorker(path, {
    method,
    headers: operator(),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<T>;
}

export const createStore = (
  wanted: Partial<{ timezone: string; currency: string; origins: string[] }> = {},
) =>
  ask<Store>('POST', '/v1/stores', {
    name: 'Test shop',
    origins: [ORIGIN],
    timezone: 'UTC',
    currency: 'USD',
    ...wanted,
  });

/** A store's setting from its beginning: set where it is kept, so that nothing is counted anew. */
export async function setConfirm(store: string, confirm: Confirm): Promise<void> {
  await env.DB.prepare('update stores set confirm = ? where id = ?').bind(confirm, store).run();
}

export const importEvents = (store: string, events: readonly unknown[]) =>
  ask<Answer>('POST', '/v1/operator/import', { store, events });

export const metrics = (store: string, question: Record<string, string>) =>
  ask<MetricsAnswer>('GET', `/v1/metrics?${new URLSearchParams({ store, ...question })}`);

/** Parameters of a question; one that is given several times has a list. */
export type Question = Record<string, string | readonly string[]>;

export function queryOf(store: string, question: Question): string {
  const query = new URLSearchParams({ store });
  for (const [name, values] of Object.entries(question))
    for (const value of [values].flat()) query.append(name, value as string);
  return query.toString();
}

export const funnel = (store: string, question: Question) =>
  ask<FunnelAnswer>('GET', `/v1/funnel?${queryOf(store, question)}`);

export const pagesSeen = (store: string, question: Question) =>
  ask<PagesAnswer>('GET', `/v1/pages?${queryOf(store, question)}`);

export const funnelVisitors = (store: string, question: Question) =>
  ask<FunnelVisitorsAnswer>('GET', `/v1/funnel/visitors?${queryOf(store, question)}`);

/** A body as the SDK sends it, or whatever a test puts in its place. */
export function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetchWorker('/v1/events', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: ORIGIN, 'user-agent': CHROME, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export const batch = (store: string, events: readonly unknown[], visitor = 'visitor1') => ({
  v: 1,
  store,
  visitor,
  sent: Date.now(),
  events,
});

export const pageView = (fields: Partial<WireEvent> = {}) => ({
  id: 'visit1.a',
  type: 'visit',
  visit: 'visit1',
  at: Date.now(),
  url: `${ORIGIN}/`,
  ...fields,
});

/** An order, or with another type a payment or a refund. */
export const sale = (fields: object = {}) => ({
  ...pageView(),
  type: 'order',
  order: 'A-1',
  value: 49.99,
  currency: 'USD',
  ...fields,
});

/** Everything stored or derived of all stores, to see that nothing was stored. */
export async function rowCounts(): Promise<number> {
  const row = await env.DB.prepare(
    'select (select count(*) from events) + (select count(*) from visits) + (select count(*) from orders) as n',
  ).first<{ n: number }>();
  return row?.n ?? 0;
}

/** Seals every day of a store that is over. */
export async function sealStore(id: string): Promise<void> {
  for (;;) {
    const store = await findStore(env, id);
    if (!store) throw new Error(`There is no store ${id}.`);
    if (!(await sealStep(env, store, store.sealFrom, Date.now()))) return;
  }
}

/** What is derived from events, each table in the order of its key. */
const DERIVED = {
  visits: 'day, visitor, visit',
  orders: 'order_id',
  refunds: 'order_id, at',
  sealed: 'scope, day',
};

/** The derived tables of a store as text, without the store's own key. */
export async function derivedTables(store: string): Promise<string> {
  const key = await env.DB.prepare('select key from stores where id = ?').bind(store).first<number>('key');
  const tables = await env.DB.batch(
    Object.entries(DERIVED).map(([table, order]) =>
      env.DB.prepare(`select * from ${table} where store = ? order by ${order}`).bind(key),
    ),
  );
  return JSON.stringify(
    // When a day was sealed is no function of the events.
    tables.map(({ results }) => results.map((row) => ({ ...(row as object), store: 0, version: 0 }))),
    null,
    1,
  );
}

/** The events of a store as text, each with all its columns, without the store's own key. */
export async function keptEvents(store: string): Promise<string> {
  const { results } = await env.DB.prepare(
    'select * from events where store = (select key from stores where id = ?) order by id',
  )
    .bind(store)
    .all();
  return JSON.stringify(
    results.map((row) => ({ ...row, store: 0 })),
    null,
    1,
  );
}
