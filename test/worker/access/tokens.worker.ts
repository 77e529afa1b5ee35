// What a token may do by its scopes and until it expires, and that nobody learns more than that.
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Access, may } from '../../../worker/api/access.ts';
import type { Capability } from '../../../worker/api/capabilities.ts';
import type { Problem } from '../../../worker/api/schemas.ts';
import type { Role } from '../../../worker/store/schema-stores.ts';
import { PERIOD } from '../acts.ts';
import { ask, createStore, fetchWorker, ORIGIN, operator } from '../shop.ts';

type Made = { id: string; secret: string; scopes: string[]; expires: number | null };
const make = (store: string, body: object = {}) => ask<Made>('POST', '/v1/tokens', { store, ...body });
const call = (secret: string, method: string, path: string, body?: object) =>
  fetchWorker(path, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

describe('scopes', () => {
  let [mine, other] = ['', ''];
  let foreign: Made;
  const secrets: Record<string, string> = {};
  beforeAll(async () => {
    [mine, other] = [(await createStore()).id, (await createStore()).id];
    for (const scope of ['read', 'write', 'admin'])
      secrets[scope] = (await make(mine, { scopes: [scope] })).secret;
    foreign = await make(other);
  });

  const question = (store: string) => new URLSearchParams({ store, ...PERIOD });
  const acts: [string, (store: string) => [string, string, object?], Record<string, number>][] = [
    ['asks', (store) => ['GET', `/v1/metrics?${question(store)}`], { read: 200, write: 403, admin: 200 }],
    ['looks at its store', (store) => ['GET', `/v1/stores/${store}`], { read: 200, write: 403, admin: 200 }],
    [
      'changes its store',
      (store) => ['PATCH', `/v1/stores/${store}`, { name: 'New' }],
      { read: 403, write: 403, admin: 200 },
    ],
    ['lists tokens', (store) => ['GET', `/v1/tokens?store=${store}`], { read: 403, write: 403, admin: 200 }],
    ['makes a token', (store) => ['POST', '/v1/tokens', { store }], { read: 403, write: 403, admin: 201 }],
    [
      'makes a store',
      () => ['POST', '/v1/stores', { name: 'A', origins: [ORIGIN], timezone: 'UTC', currency: 'USD' }],
      { read: 403, write: 403, admin: 403 },
    ],
    ['acts as the operator', () => ['POST', '/v1/operator/jobs'], { read: 403, write: 403, admin: 403 }],
    ['has no session', () => ['GET', '/v1/session'], { read: 403, write: 403, admin: 403 }],
  ];
  test.each(acts)('who %s', async (_, request, expected) => {
    for (const [scope, status] of Object.entries(expected)) {
      const answer = await call(secrets[scope] as string, ...request(mine));
      expect([scope, answer.status]).toEqual([scope, status]);
    }
  });

  test('end at the store, whether the other exists or not', async () => {
    for (const secret of Object.values(secrets))
      for (const store of [other, 'st_0000000000'])
        for (const [method, path, body] of [
          ['GET', `/v1/metrics?${question(store)}`],
          ['PATCH', `/v1/stores/${store}`, { name: 'Taken' }],
          ['POST', '/v1/tokens', { store }],
        ] as const) {
          const answer = await call(secret, method, path, body);
          expect([answer.status, (await answer.json<Problem>()).code]).toEqual([403, 'wrong_store']);
        }
  });

  test('another store’s token is not there to be revoked', async () => {
    const answers = await Promise.all(
      [foreign.id, 'tk_0000000000'].map(async (id) => {
        const answer = await call(secrets.admin as string, 'DELETE', `/v1/tokens/${id}`);
        const { request_id, ...problem } = await answer.json<Problem>();
        return problem;
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 404, code: 'unknown_token' });
    expect((await call(foreign.secret, 'GET', `/v1/stores/${other}`)).status).toBe(200);
  });

  test.each<[object, string]>([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['root'] }, 'scopes.0'],
    [{ scopes: 'read' }, 'scopes'],
    [{ expires: Date.now() - 1 }, 'expires'],
    [{ expires: '2030-01-01' }, 'expires'],
    [{ name: '' }, 'name'],
  ])('%j is refused', async (body, parameter) => {
    const answer = await fetchWorker('/v1/tokens', {
      method: 'POST',
      headers: operator(),
      body: JSON.stringify({ store: mine, ...body }),
    });
    expect([answer.status, (await answer.json<Problem>()).parameter]).toEqual([422, parameter]);
  });

  test('a token reads where nothing else is said, and scopes come once and in order', async () => {
    expect((await make(mine)).scopes).toEqual(['read']);
    expect((await make(mine, { scopes: ['write', 'read', 'write'] })).scopes).toEqual(['read', 'write']);
  });

  test('tokens from before there were scopes read', async () => {
    const { id, secret } = await make(mine, { scopes: ['admin'] });
    const { results } = await env.DB.prepare('pragma table_info(tokens)').all<{
      name: string;
      dflt_value: string;
    }>();
    const column = results.find(({ name }) => name === 'scopes');
    await env.DB.prepare(`update tokens set scopes = ${column?.dflt_value} where id = ?`).bind(id).run();
    expect((await call(secret, 'GET', `/v1/metrics?${question(mine)}`)).status).toBe(200);
    expect((await call(secret, 'PATCH', `/v1/stores/${mine}`, { name: 'X' })).status).toBe(403);
  });
});

test('one function decides: what roles, scopes and share links may, and that it ends at their stores', () => {
  const person = (role: Role | null, everywhere: Role | null = null): Access => ({
    kind: 'person',
    user: 'u',
    email: 'x',
    session: 's',
    since: 0,
    cookies: [],
    everywhere,
    roles: new Map(role ? [['a', role]] : []),
  });
  const share: Access = { kind: 'share', id: 's', name: 'n', store: 'a', expires: null };
  const token = (scopes: ('read' | 'write' | 'admin')[]): Access => ({
    kind: 'token',
    id: 't',
    store: 'a',
    scopes,
  });
  const rows: [Access, Capability, string | null, boolean][] = [
    [{ kind: 'operator' }, 'admin', null, true],
    [{ kind: 'operator' }, 'members', 'a', true],
    [person('owner'), 'admin', 'a', true],
    [person('owner'), 'members', 'a', true],
    [person('owner'), 'read', 'b', false],
    [person('owner'), 'admin', null, true],
    [person('editor'), 'edit', 'a', true],
    [person('editor'), 'admin', 'a', false],
    [person('editor'), 'members', 'a', false],
    [person('editor'), 'admin', null, false],
    [person('viewer'), 'people', 'a', true],
    [person('viewer'), 'edit', 'a', false],
    [person(null), 'read', 'a', false],
    [person('viewer', 'owner'), 'admin', 'a', true],
    [person(null, 'owner'), 'members', 'b', true],
    [person('editor', 'viewer'), 'edit', 'a', true],
    [person('editor', 'viewer'), 'edit', 'b', false],
    [share, 'read', 'a', true],
    [share, 'people', 'a', false],
    [share, 'read', 'b', false],
    [share, 'admin', null, false],
    [token(['read']), 'read', 'a', true],
    [token(['read']), 'write', 'a', false],
    [token(['write']), 'read', 'a', false],
    [token(['admin']), 'write', 'a', true],
    [token(['admin']), 'edit', 'a', true],
    [token(['admin']), 'members', 'a', false],
    [token(['admin']), 'admin', 'b', false],
    [token(['admin']), 'read', null, false],
    [token([]), 'read', 'a', false],
  ];
  for (const [access, scope, store, expected] of rows)
    expect([access, scope, store, may(access, scope, store)]).toEqual([access, scope, store, expected]);
});

describe('what nobody may learn', () => {
  test('missing, wrong, expired and revoked credentials get the same answer', async () => {
    const { id: store } = await createStore();
    const revoked = await make(store);
    await fetchWorker(`/v1/tokens/${revoked.id}`, { method: 'DELETE', headers: operator() });
    const brief = await make(store, { expires: Date.now() + 60_000 });
    expect((await call(brief.secret, 'GET', '/v1/stores')).status).toBe(200);
    vi.useFakeTimers({ now: (brief.expires ?? 0) + 1, toFake: ['Date'] });
    try {
      const answers = await Promise.all(
        [undefined, 'nonsense', `${brief.secret.slice(0, -1)}_`, revoked.secret, brief.secret].map(
          async (secret) => {
            const answer = await fetchWorker('/v1/stores', {
              headers: secret ? { authorization: `Bearer ${secret}` } : {},
            });
            const { request_id, ...problem } = await answer.json<Problem>();
            const named = [...answer.headers].filter(([name]) => name !== 'x-request-id');
            return JSON.stringify([answer.status, problem, named]);
          },
        ),
      );
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toContain('401');
      expect(answers[0]).toContain('Bearer realm=');
    } finally {
      vi.useRealTimers();
    }
  });

  test('the last use is written once an hour, not once a request', async () => {
    const { id: store } = await createStore();
    const { secret } = await make(store);
    const prepared = vi.spyOn(env.DB, 'prepare');
    for (let n = 0; n < 5; n++) await call(secret, 'GET', `/v1/stores/${store}`);
    const writes = prepared.mock.calls.filter(([text]) => /^update "tokens"/.test(text));
    vi.restoreAllMocks();
    expect(writes.length).toBe(1);
  });
});
