// What every route does alike: problems, request ids, quotas, pages, and unknown parameters.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { app } from '../../worker/api/index.ts';
import { QUOTA } from '../../worker/api/quota.ts';
import type { Problem } from '../../worker/api/schemas.ts';
import { PERIOD } from './acts.ts';
import { ask, createStore, fetchWorker, operator } from './shop.ts';

const documented = app.openAPIRegistry.definitions.flatMap((one) =>
  one.type === 'route' && one.route.security?.length ? [one.route] : [],
);

const tokenFor = async (store: string, body: object = {}) =>
  (await ask<{ secret: string }>('POST', '/v1/tokens', { store, ...body })).secret;
const withToken = (secret: string, path: string, init: RequestInit = {}) =>
  fetchWorker(path, {
    ...init,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...init.headers },
  });

describe('a request id', () => {
  test.each([
    ['nobody names', undefined, /^[0-9a-f-]{36}$/],
    ['somebody names', 'job-17=a_b', /^job-17=a_b$/],
    ['that is too long', 'x'.repeat(256), /^[0-9a-f-]{36}$/],
    ['with markup in it', '<b>', /^[0-9a-f-]{36}$/],
  ])('%s', async (_, id, expected) => {
    for (const [path, status] of [
      ['/healthz', 200],
      ['/v1/stores', 200],
      ['/v1/metrics', 422],
      ['/v1/nothing', 404],
      ['/nothing', 404],
    ] as const) {
      const response = await fetchWorker(path, {
        headers: { ...operator(), ...(id === undefined ? {} : { 'x-request-id': id }) },
      });
      expect([path, response.status]).toEqual([path, status]);
      const given = response.headers.get('x-request-id');
      expect(given).toMatch(expected);
      if (!response.ok) expect((await response.json<Problem>()).request_id).toBe(given);
    }
  });
});

describe('parameters that do not exist', () => {
  test('are refused by every documented route', async () => {
    expect(documented.length).toBeGreaterThan(9);
    for (const { path, method } of documented) {
      const url = `${path.replace(/\{\w+\}/, 'st_0000000000')}?moon=full`;
      const body = method === 'get' ? {} : { body: '{}' };
      const response = await fetchWorker(url, { method, headers: operator(), ...body });
      const problem = await response.json<Problem>();
      expect([method, path, response.status, problem.parameter ?? '']).toEqual([
        method,
        path,
        422,
        // What is missing is named before what is too much.
        expect.stringMatching(/^(moon|store|from|name|confirm)$/),
      ]);
    }
  });

  test('are named, also where nothing else is wrong', async () => {
    const { id } = await createStore();
    const query = new URLSearchParams({ store: id, ...PERIOD, moon: 'full' });
    for (const path of [
      `/v1/metrics?${query}`,
      '/v1/stores?moon=full',
      `/v1/stores/${id}?moon=full`,
      `/v1/tokens?store=${id}&moon=full`,
    ]) {
      const response = await fetchWorker(path, { headers: operator() });
      expect(await response.json<Problem>()).toMatchObject({ code: 'unknown_parameter', parameter: 'moon' });
    }
  });

  test('what is given twice and means one thing is refused', async () => {
    const { id } = await createStore();
    const query = `store=${id}&from=2026-05-10&to=2026-05-10&to=2026-05-11`;
    const response = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
    expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, 'to']);
  });

  test('a body that is not JSON', async () => {
    const response = await fetchWorker('/v1/stores', { method: 'POST', headers: operator(), body: '{' });
    expect([response.status, (await response.json<Problem>()).code]).toEqual([400, 'invalid_json']);
  });

  test('a field that does not exist', async () => {
    const { id } = await createStore();
    const response = await fetchWorker('/v1/tokens', {
      method: 'POST',
      headers: operator(),
      body: JSON.stringify({ store: id, scope: 'read' }),
    });
    expect(await response.json<Problem>()).toMatchObject({ code: 'unknown_parameter', parameter: 'scope' });
  });
});

describe('the quota of a credential', () => {
  let secret: string;
  let other: string;
  let path: string;
  beforeAll(async () => {
    const { id } = await createStore();
    [secret, other] = [await tokenFor(id), await tokenFor(id)];
    path = `/v1/stores/${id}`;
  });

  test('is told, counts down, ends in 429 with Retry-After, and comes back', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    try {
      const { requests, seconds } = QUOTA;
      const first = await withToken(secret, path);
      expect(first.headers.get('ratelimit-policy')).toBe(`"credential";q=${requests};w=${seconds}`);
      expect(first.headers.get('ratelimit')).toBe(`"credential";r=${requests - 1};t=${seconds}`);
      vi.advanceTimersByTime(20_000);
      for (let n = 2; n < requests; n++) await (await withToken(secret, '/v1/nothing')).text();
      const last = await withToken(secret, path);
      expect([last.status, last.headers.get('ratelimit')]).toEqual([
        200,
        `"credential";r=0;t=${seconds - 20}`,
      ]);
      const refused = await withToken(secret, path);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe(String(seconds - 20));
      expect(refused.headers.get('ratelimit')).toBe(`"credential";r=0;t=${seconds - 20}`);
      expect(await refused.json<Problem>()).toMatchObject({ code: 'too_many_requests', status: 429 });
      expect((await withToken(other, path)).status).toBe(200);
      vi.advanceTimersByTime((seconds - 20) * 1000);
      expect((await withToken(secret, path)).headers.get('ratelimit')).toContain(`r=${requests - 1}`);
    } finally {
      vi.useRealTimers();
    }
  });

  test('the operator has none', async () => {
    expect((await fetchWorker(path, { headers: operator() })).headers.get('ratelimit')).toBeNull();
  });
});

describe('pages', () => {
  test('of stores and of tokens give everything once, in order', async () => {
    const { id } = await createStore();
    for (let n = 0; n < 7; n++) await ask('POST', '/v1/tokens', { store: id, name: `token ${n}` });
    for (const [path, list] of [
      [`/v1/tokens?store=${id}&`, 'tokens'],
      ['/v1/stores?', 'stores'],
    ] as const) {
      type Page = { next: string | null } & Record<typeof list, { id: string }[]>;
      const all = await ask<Page>('GET', path);
      expect(all.next).toBeNull();
      const seen: string[] = [];
      let cursor: string | null = '';
      let requests = 0;
      while (cursor !== null) {
        const page: Page = await ask<Page>('GET', `${path}limit=3${cursor ? `&cursor=${cursor}` : ''}`);
        expect(page[list].length).toBeLessThanOrEqual(3);
        seen.push(...page[list].map((each) => each.id));
        cursor = page.next;
        requests++;
      }
      expect(seen).toEqual(all[list].map((each) => each.id));
      expect(requests).toBe(Math.ceil(seen.length / 3));
    }
  });

  test.each([
    ['limit', '0'],
    ['limit', '501'],
    ['limit', 'ten'],
    ['cursor', 'abc'],
    ['cursor', btoa('["a","b"]')],
  ])('refuse %s=%s', async (parameter, value) => {
    const { id } = await createStore();
    const query = new URLSearchParams({ store: id, [parameter]: value });
    const response = await fetchWorker(`/v1/tokens?${query}`, { headers: operator() });
    expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, parameter]);
  });
});
