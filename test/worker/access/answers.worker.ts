// What holds for every answer and every body: headers, origins, sizes, names that mean something to JavaScript or SQL.
import { env } from 'cloudflare:workers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { contract } from '../../../worker/api/index.ts';
import type { Problem } from '../../../worker/api/schemas.ts';
import { PERIOD } from '../acts.ts';
import {
  ask,
  batch,
  createStore,
  fetchWorker,
  HOST,
  importEvents,
  ORIGIN,
  operator,
  pageView,
  post,
  rowCounts,
} from '../shop.ts';
import { as, memberOf, shareOf } from './people.ts';

const EVIL = 'https://evil.example';

let store = '';
let cookie = '';
beforeAll(async () => {
  ({ id: store } = await createStore());
  ({ cookie } = await memberOf(store, 'owner'));
});
afterEach(() => vi.restoreAllMocks());

const writes = Object.entries(
  JSON.parse(JSON.stringify(contract())).paths as Record<string, Record<string, unknown>>,
)
  .flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
  )
  .filter(({ method, path }) => method !== 'GET' && !/^\/v1\/(events|server\/events|stripe\/)/.test(path));
const named = (path: string) => path.replace('{id}', store);

describe('headers', () => {
  test.each<[string, RequestInit, number]>([
    ['/v1/stores', { headers: operator() }, 200],
    ['/v1/stores', {}, 401],
    ['/v1/nothing', { headers: operator() }, 404],
    ['/v1/metrics', { headers: operator() }, 422],
    ['/docs', { headers: operator() }, 200],
    ['/healthz', {}, 200],
    ['/s/none', { redirect: 'manual' }, 302],
    ['/auth/magic-link/verify?token=none', { redirect: 'manual' }, 302],
    ['/v1/events', { method: 'POST', body: '{}', headers: { origin: ORIGIN } }, 400],
  ])('of %s let nobody frame, sniff or leak it (%j, %d)', async (path, init, status) => {
    const { status: got, headers } = await fetchWorker(path, init);
    expect(got).toBe(status);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toMatch(/^(same-origin|no-referrer)$/);
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  test('let no cache give one reader’s answer to another', async () => {
    for (const path of [
      `/v1/metrics?store=${store}&from=${PERIOD.from}&to=${PERIOD.to}`,
      '/v1/stores',
      '/v1/session',
    ]) {
      const { headers } = await as(cookie, 'GET', path);
      expect([path, headers.get('cache-control')]).toEqual([
        path,
        expect.stringMatching(/^(no-store|private, no-cache)$/),
      ]);
      if (headers.has('etag')) expect(headers.get('vary')).toMatch(/Authorization, Cookie/);
    }
  });
});

describe('another site', () => {
  test('cannot write with a person’s cookies, whatever it says it sends', async () => {
    expect(writes.length).toBeGreaterThan(12);
    const routes = [
      ...writes,
      { method: 'POST', path: '/auth/sign-in' },
      { method: 'POST', path: '/auth/sign-out' },
    ];
    for (const { method, path } of routes)
      for (const headers of [
        { origin: EVIL, 'content-type': 'text/plain' },
        { origin: EVIL, 'content-type': 'application/json' },
        { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' },
        { 'content-type': 'application/json' },
        { origin: `${HOST}.evil.example` },
        { origin: HOST.replace('https', 'http') },
      ] as Record<string, string>[]) {
        const response = await fetchWorker(named(path), {
          method,
          headers: { cookie, ...headers },
          body: '{}',
        });
        expect([method, path, headers, (await response.json<Problem>()).code]).toEqual([
          method,
          path,
          headers,
          'refused',
        ]);
      }
    expect((await as(cookie, 'GET', '/v1/session')).status).toBe(200);
  });

  test('cannot read answers but the collector’s: no other route knows CORS', async () => {
    const { cookie: shared } = await shareOf(store);
    for (const path of [
      '/v1/stores',
      `/v1/stores/${store}`,
      '/v1/session',
      '/docs',
      '/auth/sign-in',
      '/s/none',
    ])
      for (const method of ['GET', 'OPTIONS'])
        for (const credential of [cookie, shared]) {
          const { headers } = await fetchWorker(path, {
            method,
            redirect: 'manual',
            headers: { cookie: credential, origin: EVIL, 'access-control-request-method': 'DELETE' },
          });
          const allowed = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
          expect([method, path, allowed]).toEqual([method, path, []]);
        }
    const collector = await post(batch(store, [pageView()]), { origin: EVIL });
    expect(collector.headers.get('access-control-allow-origin')).toBe('*');
    expect(collector.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('a body', () => {
  test('that is huge is refused before anything of it is done', async () => {
    const before = await rowCounts();
    const huge = `"${'x'.repeat(2_100_000)}"`;
    for (const [path, headers] of [
      ['/v1/stores', operator()],
      ['/v1/members', operator()],
      ['/v1/password', { cookie, origin: HOST }],
      ['/v1/operator/import', operator()],
      ['/auth/sign-in', { origin: HOST }],
      ['/v1/events', { origin: ORIGIN }],
      ['/v1/server/events', operator()],
    ] as [string, Record<string, string>][]) {
      const response = await fetchWorker(path, { method: 'POST', headers, body: huge });
      expect([path, response.status]).toEqual([path, 413]);
      await response.body?.cancel();
    }
    expect(await rowCounts()).toBe(before);
  });

  test('that is compressed is not unpacked', async () => {
    const before = await rowCounts();
    const bomb = gzipSync(JSON.stringify(batch(store, [pageView({ id: 'zip.1' })])).padEnd(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    const response = await fetchWorker('/v1/events', {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-encoding': 'gzip', 'content-type': 'text/plain' },
      body: bomb,
    });
    expect([response.status, (await response.json<Problem>()).code]).toEqual([400, 'invalid_json']);
    expect(await rowCounts()).toBe(before);
  });

  test('cannot change what all objects have', async () => {
    const clean = Object.getOwnPropertyNames(Object.prototype).length;
    const poison = '"__proto__":{"role":"owner","polluted":1},"constructor":{"prototype":{"polluted":1}}';
    for (const [path, text] of [
      ['/v1/stores', `{"name":"A","origins":["${ORIGIN}"],"timezone":"UTC","currency":"USD",${poison}}`],
      ['/v1/tokens', `{"store":"${store}",${poison}}`],
      [
        '/v1/operator/import',
        `{"store":"${store}","events":[{"type":"visit","visitor":"a","at":1,${poison}}],${poison}}`,
      ],
    ] as const)
      await (await fetchWorker(path, { method: 'POST', headers: operator(), body: text })).text();
    const event = `{"id":"p.1","type":"custom","name":"x","visit":"p","at":${Date.now()},"props":{${poison}},${poison}}`;
    await (
      await post(
        `{"v":1,"store":"${store}","visitor":"p","sent":${Date.now()},"events":[${event}],${poison}}`,
      )
    ).text();
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const query = new URLSearchParams({ store, ...PERIOD, by: name, [`filter[${name}]`]: name });
      const response = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
      expect([name, response.status]).toEqual([name, 422]);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(clean);
  });
});

describe('text from outside', () => {
  const SQL = [
    "'; drop table stores; --",
    "' or 1=1 --",
    '" union select * from user --',
    '%',
    '_',
    '\\',
    '\u0000',
    "x' || (select hash from tokens) || '",
  ];

  test('is never part of a statement', async () => {
    const { id } = await createStore();
    const { id: neighbour } = await createStore();
    await importEvents(neighbour, [
      { type: 'visit', visitor: 'v', at: '2026-05-10T12:00:00Z', url: `${ORIGIN}/` },
    ]);
    for (const text of SQL) {
      const query = new URLSearchParams({
        store: id,
        ...PERIOD,
        'filter[source]': text,
        'filter[entry]': text,
      });
      const answer = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
      expect(await answer.json()).toMatchObject({ totals: { visitors: 0 } });
      const paths = [
        `/v1/visitors/${encodeURIComponent(text)}?store=${id}`,
        `/v1/stores/${encodeURIComponent(text)}`,
        `/v1/tokens?store=${encodeURIComponent(text)}`,
      ];
      for (const path of paths)
        expect([path, (await fetchWorker(path, { headers: operator() })).status]).toEqual([path, 404]);
      const entered = await as('', 'POST', '/auth/sign-in', {
        email: `${text}@shop.example`,
        password: text,
      });
      expect([401, 422]).toContain(entered.status);
    }
    expect(await env.DB.prepare('select count(*) as n from stores').first('n')).toBeGreaterThan(2);
  });

  test('does not reach the log', async () => {
    const logged = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    );
    const line = 'mia@shop.example\r\n{"level":"error","forged":true}';
    const encoded = encodeURIComponent(line);
    for (const request of [
      () => fetchWorker(`/v1/nothing/${encoded}`, { headers: operator() }),
      () => fetchWorker(`/v1/visitors/${encoded}?store=${store}`, { headers: operator() }),
      () => fetchWorker(`/v1/metrics?store=${encoded}`, { headers: operator() }),
      () => as('', 'POST', '/auth/sign-in', { email: 'mia@shop.example', password: line }),
      () => post(batch(store, [pageView({ id: 'l.1', url: `${ORIGIN}/?q=${encoded}` })])),
      () => post(`{${line}`),
      () => fetchWorker(`/s/${encoded}`, { redirect: 'manual' }),
    ])
      await (await request()).text();
    expect(logged.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  test('of thousands of asterisks is matched in a moment', async () => {
    const { id } = await createStore();
    const path = `/${'a'.repeat(1_900)}`;
    await importEvents(
      id,
      Array.from({ length: 50 }, (_, n) => ({
        type: 'visit',
        visitor: `v${n}`,
        at: '2026-05-10T12:00:00Z',
        url: `${ORIGIN}${path}${n}`,
      })),
    );
    const began = performance.now();
    const query = new URLSearchParams([
      ['store', id],
      ['from', PERIOD.from],
      ['to', PERIOD.to],
      ['steps', `/${'a*'.repeat(900)}b`],
      ['steps', 'order'],
    ]);
    const answer = await fetchWorker(`/v1/funnel?${query}`, { headers: operator() });
    expect(answer.status).toBeLessThan(500);
    await answer.text();
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('a stolen database opens nothing: no token, link, secret or password stands in it', async () => {
  const { id } = await createStore();
  const { secret: token } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id });
  const { secret } = await ask<{ secret: string }>('POST', '/v1/secrets', {
    store: id,
    kind: 'server',
    name: 'Shop',
  });
  const { link: share } = await ask<{ link: string }>('POST', '/v1/shares', { store: id, name: 'Agency' });
  const { link } = await ask<{ link: string }>('POST', '/v1/members', {
    store: id,
    email: 'stolen@shop.example',
    role: 'viewer',
  });
  const password = 'four words or more will do';
  await as(cookie, 'POST', '/v1/password', { password });
  const once = { 'idempotency-key': 'stolen', ...operator() };
  const kept = await fetchWorker('/v1/tokens', {
    method: 'POST',
    headers: once,
    body: JSON.stringify({ store: id }),
  });
  const { secret: replayable } = await kept.json<{ secret: string }>();
  const { results: tables } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '_cf%'",
  ).all<{ name: string }>();
  const everything = JSON.stringify(
    await Promise.all(
      tables.map(async ({ name }) => (await env.DB.prepare(`select * from "${name}"`).all()).results),
    ),
  );
  expect(everything).toContain('stolen@shop.example');
  const secrets = [
    token.slice(8),
    secret.slice(13),
    share.split('/s/')[1],
    new URL(link).searchParams.get('token'),
    password,
    replayable.slice(8),
    env.TUNDISH_SECRET,
  ];
  for (const one of secrets) expect(everything).not.toContain(one);
});
