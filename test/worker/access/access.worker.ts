// Who gets in: sessions by one-time links, tokens of one store, the operator's secret, and nobody else.
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { app } from '../../../worker/api/index.ts';
import { ask, createStore, fetchWorker, HOST, metrics, operator } from '../shop.ts';
import { openLink } from './people.ts';

const PERIOD = { from: '2026-05-10', to: '2026-05-10' };
const linkFor = async (email = 'owner@shop.example') =>
  (await ask<{ url: string }>('POST', '/v1/operator/sign-in-links', { email })).url.slice(HOST.length);

const signIn = async () => openLink(await linkFor());

test('every route but the collector, health and sign-in answers 401 without a credential, the documents too', async () => {
  const open = new Set([
    'GET /assets/*',
    'POST /v1/events',
    'GET /healthz',
    'GET /healthz/live',
    'GET /auth/magic-link/verify',
    'POST /auth/sign-in',
    'POST /auth/sign-out',
    'GET /s/:secret',
  ]);
  const walked = app.routes.filter(({ method, path }) => method !== 'ALL' && !open.has(`${method} ${path}`));
  const paths = walked.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['/docs', '/v1/openapi.json', '/v1/export', '/v1/operator/import']),
  );
  expect(walked.length).toBeGreaterThan(22);
  for (const { method, path } of walked) {
    const response = await fetchWorker(path.replace(/[:{]\w+\}?/, 'st_0000000000'), {
      method,
      headers: { origin: HOST },
    });
    expect([method, path, response.status]).toEqual([method, path, 401]);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
  }
});

describe('sign-in', () => {
  test('a link opens a session once', async () => {
    const link = await linkFor();
    const first = await fetchWorker(link, { redirect: 'manual' });
    expect(first.status).toBe(302);
    expect(first.headers.get('location')).toBe(`${HOST}/`);
    const cookie = first.headers.getSetCookie().join(' ');
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('Secure');
    expect(cookie).toContain('SameSite=Lax');
    const again = await fetchWorker(link, { redirect: 'manual' });
    expect(again.headers.get('location')).toContain('error=');
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test('a session reads the stores, and signing out ends it', async () => {
    const cookie = await signIn();
    const who = await fetchWorker('/v1/session', { headers: { cookie } });
    expect(await who.json()).toEqual({
      user: { email: 'owner@shop.example', password: false },
      share: null,
    });
    expect((await fetchWorker('/v1/stores', { headers: { cookie } })).status).toBe(200);
    const out = await fetchWorker('/auth/sign-out', { method: 'POST', headers: { cookie, origin: HOST } });
    expect(out.status).toBe(200);
    const token = cookie.split('; ').find((part) => part.includes('session_token')) ?? '';
    expect((await fetchWorker('/v1/session', { headers: { cookie: token } })).status).toBe(401);
  });

  test('a session that is used is kept alive, and programs need no proof of their origin', async () => {
    const token = (await signIn()).split('; ').find((part) => part.includes('session_token')) ?? '';
    const used = await fetchWorker('/v1/session', { headers: { cookie: token } });
    expect(used.headers.getSetCookie().join(' ')).toContain('session_data');
    const gone = await fetchWorker('/v1/tokens/tk_0000000000', { method: 'DELETE', headers: operator() });
    expect(gone.status).toBe(404);
  });

  test('answers are for their reader alone', async () => {
    const response = await fetchWorker('/v1/stores', { headers: operator() });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a forged cookie opens nothing', async () => {
    const real = (await signIn()).replace(/session_data=[^;]*/, '');
    expect((await fetchWorker('/v1/session', { headers: { cookie: real } })).status).toBe(200);
    const cookie = real.replace(
      /(session_token=.{5})(.)/,
      (_, before, one) => before + (one === 'x' ? 'y' : 'x'),
    );
    expect(cookie).not.toBe(real);
    expect((await fetchWorker('/v1/session', { headers: { cookie } })).status).toBe(401);
  });

  test('another site’s form cannot use a session', async () => {
    const cookie = await signIn();
    const response = await fetchWorker('/v1/stores', {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  test('the tables keep neither link nor browser nor address', async () => {
    const link = new URL(await linkFor('kept@shop.example'), HOST);
    await signIn();
    const { results } = await env.DB.prepare('select * from verification').all();
    const sessions = await env.DB.prepare('select ip_address, user_agent from session').all();
    expect(JSON.stringify(results)).not.toContain(link.searchParams.get('token'));
    for (const { ip_address, user_agent } of sessions.results)
      expect([ip_address || '', user_agent]).toEqual(['', '']);
  });
});

describe('tokens', () => {
  const withToken = (secret: string, path: string, method = 'GET') =>
    fetchWorker(path, { method, headers: { authorization: `Bearer ${secret}` } });

  test('a token reads its store, only its store, until it is revoked', async () => {
    const [mine, other] = [await createStore(), await createStore()];
    const { id, secret } = await ask<{ id: string; secret: string }>('POST', '/v1/tokens', {
      store: mine.id,
    });
    const question = (store: string) => `/v1/metrics?${new URLSearchParams({ store, ...PERIOD })}`;
    expect(await (await withToken(secret, question(mine.id))).json()).toEqual(await metrics(mine.id, PERIOD));
    expect((await withToken(secret, question(other.id))).status).toBe(403);
    expect((await withToken(secret, question('st_0000000000'))).status).toBe(403);
    const seen = (await (await withToken(secret, '/v1/stores')).json()) as { stores: { id: string }[] };
    expect(seen.stores.map((store) => store.id)).toEqual([mine.id]);
    for (const [method, path] of [
      ['GET', `/v1/tokens?store=${mine.id}`],
      ['DELETE', `/v1/tokens/${id}`],
      ['POST', '/v1/operator/import'],
    ] as const)
      expect([path, (await withToken(secret, path, method)).status]).toEqual([path, 403]);
    const list = await ask<{ tokens: { id: string; last_used: number | null }[] }>(
      'GET',
      `/v1/tokens?store=${mine.id}`,
    );
    expect(list.tokens).toMatchObject([{ id, store: mine.id, last_used: expect.any(Number) }]);
    expect((await fetchWorker(`/v1/tokens/${id}`, { method: 'DELETE', headers: operator() })).status).toBe(
      204,
    );
    expect((await withToken(secret, question(mine.id))).status).toBe(401);
  });

  test('the secret is not in the database', async () => {
    const store = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: store.id });
    const { results } = await env.DB.prepare('select * from tokens').all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain(secret.slice(8));
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer tundish_',
    'Bearer x',
    'Basic abc',
    `Bearer ${'tundish_'.padEnd(45, '0')}`,
  ])('the header "%s" opens nothing', async (authorization) => {
    expect((await fetchWorker('/v1/stores', { headers: { authorization } })).status).toBe(401);
  });
});

test('without its secret the Worker serves nothing that needs one, and says what to set', async () => {
  for (const secret of [undefined, 'short']) {
    const response = await app.request(`${HOST}/v1/stores`, {}, { ...env, TUNDISH_SECRET: secret });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('wrangler secret put TUNDISH_SECRET');
    expect((await app.request(`${HOST}/healthz`, {}, { ...env, TUNDISH_SECRET: secret })).status).toBe(503);
  }
});

test('health says 200 when the product can serve', async () => {
  expect((await fetchWorker('/healthz')).status).toBe(200);
});

test('a store’s origins are checked in words', async () => {
  const wrong = await fetchWorker('/v1/stores', {
    method: 'POST',
    headers: operator(),
    body: JSON.stringify({ name: 'A', origins: ['shop.example'], timezone: 'UTC', currency: 'USD' }),
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('such as https://shop.example');
});
