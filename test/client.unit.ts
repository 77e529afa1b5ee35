// tundish/client: wrong questions do not compile, right ones are sent as the endpoint reads them, refusals are told.
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type Client, client, pages, TundishError } from '../worker/api/client.ts';
import type { MetricsAnswer } from '../worker/metrics/question.ts';

const PERIOD = { from: '2026-11-01', to: '2026-11-30' };

/** A client whose server says these things, one after the other, and what it was asked. */
function talking(...answers: { status?: number; headers?: Record<string, string>; body?: unknown }[]) {
  const asked: { url: string; method: string; headers: Headers; body: unknown }[] = [];
  const api = client({
    ...{ host: 'https://tundish.example/', token: 'secret', store: 'st_1' },
    fetch: async (url, init = {}) => {
      asked.push({
        ...{ url: String(url), method: init.method ?? 'GET', headers: new Headers(init.headers) },
        body: init.body,
      });
      const { status = 200, headers = {}, body = {} } = answers.shift() ?? {};
      return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers,
      });
    },
  });
  return { api, asked };
}

describe('what it sends', () => {
  test.each<[string, (api: Client) => Promise<unknown>, string, unknown?]>([
    [
      'metrics',
      (api) => api.metrics({ ...PERIOD, by: 'channel', 'filter[device]': ['mobile', 'tv'] }),
      'GET /v1/metrics?store=st_1&from=2026-11-01&to=2026-11-30&by=channel&filter%5Bdevice%5D=mobile&filter%5Bdevice%5D=tv',
    ],
    [
      'pagesSeen',
      (api) => api.pagesSeen({ ...PERIOD, scope: 'visit', limit: 20 }),
      'GET /v1/pages?store=st_1&from=2026-11-01&to=2026-11-30&scope=visit&limit=20',
    ],
    [
      'funnel',
      (api) => api.funnel({ ...PERIOD, steps: ['visit', '/p/*'] }),
      'GET /v1/funnel?store=st_1&from=2026-11-01&to=2026-11-30&steps=visit&steps=%2Fp%2F*',
    ],
    [
      'bottleneck',
      (api) => api.bottleneck({ ...PERIOD, compare: 'year' }),
      'GET /v1/bottleneck?store=st_1&from=2026-11-01&to=2026-11-30&compare=year',
    ],
    [
      'orders',
      (api) => api.orders({ ...PERIOD, limit: 2, cursor: undefined }),
      'GET /v1/orders?store=st_1&from=2026-11-01&to=2026-11-30&limit=2',
    ],
    [
      'annotations',
      (api) => api.annotations({ from: '2026-11-01', limit: 2 }),
      'GET /v1/annotations?store=st_1&from=2026-11-01&limit=2',
    ],
    [
      'annotate',
      (api) => api.annotate({ day: '2026-11-11', text: 'Sale' }),
      'POST /v1/annotations',
      { store: 'st_1', day: '2026-11-11', text: 'Sale' },
    ],
    ['deleteAnnotation', (api) => api.deleteAnnotation('an_1'), 'DELETE /v1/annotations/an_1'],
    [
      'visitors',
      (api) => api.visitors({ ...PERIOD, open: 'inquiry' }),
      'GET /v1/visitors?store=st_1&from=2026-11-01&to=2026-11-30&open=inquiry',
    ],
    ['visitor', (api) => api.visitor('a/b?c'), 'GET /v1/visitors/a%2Fb%3Fc?store=st_1'],
    ['eraseVisitor', (api) => api.eraseVisitor('a/b?c'), 'DELETE /v1/visitors/a%2Fb%3Fc?store=st_1'],
    ['live', (api) => api.live(), 'GET /v1/live?store=st_1'],
    ['store', (api) => api.store(), 'GET /v1/stores/st_1'],
    ['changeStore', (api) => api.changeStore({ min_pages: 3 }), 'PATCH /v1/stores/st_1', { min_pages: 3 }],
    ['arrivals', (api) => api.arrivals(), 'GET /v1/stores/st_1/arrivals'],
    [
      'checkPage',
      (api) => api.checkPage('https://shop.example/'),
      'POST /v1/stores/st_1/check',
      { url: 'https://shop.example/' },
    ],
    [
      'tryChannelRules',
      (api) => api.tryChannelRules([{ channel: 'email', source: 'x' }]),
      'POST /v1/stores/st_1/channel-rules/dry-run',
      { channel_rules: [{ channel: 'email', source: 'x' }] },
    ],
    [
      'keepFunnel',
      (api) => api.keepFunnel({ name: 'Mine', question: { steps: ['visit', 'order'] } }),
      'POST /v1/funnels',
      { store: 'st_1', name: 'Mine', question: { steps: ['visit', 'order'] } },
    ],
    [
      'changeFunnel',
      (api) => api.changeFunnel('fn_1', { name: 'Ours' }),
      'PATCH /v1/funnels/fn_1',
      { name: 'Ours' },
    ],
    ['deleteFunnel', (api) => api.deleteFunnel('fn_1'), 'DELETE /v1/funnels/fn_1'],
    [
      'createToken',
      (api) => api.createToken({ scopes: ['write'] }),
      'POST /v1/tokens',
      { store: 'st_1', scopes: ['write'] },
    ],
    ['revokeToken', (api) => api.revokeToken('tk_1'), 'DELETE /v1/tokens/tk_1'],
  ])('%s', async (_, act, request, body) => {
    const { api, asked } = talking(request.startsWith('DELETE') ? { status: 204 } : {});
    await act(api);
    const [one] = asked;
    expect(`${one?.method} ${one?.url.replace('https://tundish.example', '')}`).toBe(request);
    expect(one?.headers.get('authorization')).toBe('Bearer secret');
    expect(one?.body).toBe(body && JSON.stringify(body));
  });
});

test('a refusal is an error with the server’s words', async () => {
  const problem = { status: 429, code: 'too_many_requests', detail: 'Too many.', parameter: 'x' };
  const { api } = talking({
    status: 429,
    headers: { 'retry-after': '7', 'x-request-id': 'r' },
    body: problem,
  });
  const error = await api.live().catch((one: unknown) => one);
  expect(error).toBeInstanceOf(TundishError);
  const { detail, ...told } = problem;
  expect(error).toMatchObject({ ...told, message: detail, retryAfter: 7, requestId: 'r' });
  const { api: broken } = talking({ status: 502, body: '<html>' });
  expect(await broken.live().catch((one: unknown) => one)).toMatchObject({ status: 502, code: 'unreadable' });
});

test('pages are asked for until there are no more', async () => {
  const { api, asked } = talking(
    { body: { orders: [1], next: 'c2' } },
    { body: { orders: [2], next: null } },
  );
  const seen: unknown[] = [];
  for await (const { orders } of pages((cursor) => api.orders({ ...PERIOD, cursor }))) seen.push(...orders);
  expect(seen).toEqual([1, 2]);
  expect(asked.map(({ url }) => new URL(url).searchParams.get('cursor'))).toEqual([null, 'c2']);
});

/** Never called: the compiler is the test. An expected error that is none fails it. */
const shapes = (api: Client): void => {
  expectTypeOf(api.metrics(PERIOD)).resolves.toEqualTypeOf<MetricsAnswer>();
  void api.funnelVisitors({ ...PERIOD, steps: ['visit', 'order'], step: 1, dropped: 'true' });
  // @ts-expect-error a period has two ends
  void api.metrics({ from: '2026-11-01' });
  // @ts-expect-error not a grouping
  void api.metrics({ ...PERIOD, by: 'moon' });
  // @ts-expect-error not a dimension
  void api.metrics({ ...PERIOD, 'filter[moon]': 'full' });
  // @ts-expect-error the store is the client's
  void api.metrics({ ...PERIOD, store: 'st_2' });
  // @ts-expect-error a funnel has steps
  void api.funnel(PERIOD);
  // @ts-expect-error not a scope
  void api.createToken({ scopes: ['root'] });
  // @ts-expect-error a client has a token
  client({ host: 'https://tundish.example', store: 'st_1' });
};
void shapes;
