// Signing in by a password, how often it may be tried, and sessions: listed, ended, never handed over.
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpenSession } from '../../../worker/api/account.ts';
import { TRIES } from '../../../worker/api/entry.ts';
import type { Problem } from '../../../worker/api/schemas.ts';
import { runJobs } from '../../../worker/store/jobs.ts';
import { ask, createStore, fetchWorker, HOST } from '../shop.ts';
import { as, cookiesOf, openLink } from './people.ts';

const PASSWORD = 'four words or more will do';
const MINUTE = 60_000;

const linkFor = async (email: string) =>
  (await ask<{ url: string }>('POST', '/v1/operator/sign-in-links', { email })).url;
const signIn = async (email = 'mia@shop.example') => openLink(await linkFor(email));
const enter = (email: string, password: string, ip = '192.0.2.1') =>
  as('', 'POST', '/auth/sign-in', { email, password }, { 'cf-connecting-ip': ip });
const said = async (response: Response) => [response.status, (await response.json<Problem>()).code];
const sessionsOf = async (cookie: string) =>
  (await (await as(cookie, 'GET', '/v1/sessions')).json<{ sessions: OpenSession[] }>()).sessions;
const tokenOf = (cookie: string) => cookie.split('; ').find((part) => part.includes('session_token')) ?? '';

beforeAll(async () => {
  const cookie = await signIn();
  expect((await as(cookie, 'POST', '/v1/password', { password: PASSWORD })).status).toBe(204);
});
beforeEach(() => env.DB.prepare('delete from rate_limit').run());
afterEach(() => vi.useRealTimers());
const at = (now: number) => vi.useFakeTimers({ now, toFake: ['Date'] });

describe('a password', () => {
  test('opens a session with an HttpOnly, Secure, SameSite cookie, whatever the case of the address', async () => {
    const entered = await enter('MIA@shop.example', PASSWORD);
    expect(entered.status).toBe(204);
    const [cookie = ''] = entered.headers.getSetCookie().filter((one) => one.includes('session_token'));
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag);
    expect(cookie).not.toMatch(/domain=/i);
    const who = await as(cookiesOf(entered), 'GET', '/v1/session');
    expect(await who.json()).toEqual({ user: { email: 'mia@shop.example', password: true }, share: null });
  });

  test('that is wrong, of nobody, or of who has none is refused in one sentence', async () => {
    await signIn('no-password@shop.example');
    const answers = await Promise.all(
      ['mia@shop.example', 'nobody@shop.example', 'no-password@shop.example'].map(async (email) => {
        const { request_id, ...problem } = await (await enter(email, 'a wrong password')).json<Problem>();
        return problem;
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, code: 'wrong_password' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test.each([
    [{ password: 'short' }, 422, 'invalid_parameter'],
    [{ password: 'x'.repeat(129) }, 422, 'invalid_parameter'],
    [{ password: PASSWORD, admin: true }, 422, 'unknown_parameter'],
  ])('%j is none', async (body, status, code) => {
    expect(await said(await as(await signIn(), 'POST', '/v1/password', body))).toEqual([status, code]);
  });

  test('is replaced by who knows it, or has just signed in, and ends the other sessions', async () => {
    const email = 'changing@shop.example';
    const old = await signIn(email);
    expect((await as(old, 'POST', '/v1/password', { password: PASSWORD })).status).toBe(204);
    const cookie = await signIn(email);
    at(Date.now() + 16 * MINUTE);
    const change = (current?: string) =>
      as(cookie, 'POST', '/v1/password', {
        password: 'another one, just as long',
        ...(current ? { current } : {}),
      });
    expect(await said(await change())).toEqual([403, 'wrong_current']);
    expect(await said(await change('a wrong password'))).toEqual([403, 'wrong_current']);
    expect((await as(old, 'GET', '/v1/session')).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await as(old, 'GET', '/v1/session')).status).toBe(401);
    expect((await enter(email, PASSWORD)).status).toBe(401);
    expect((await enter(email, 'another one, just as long')).status).toBe(204);
  });

  test('is kept as a salted scrypt hash, and in no answer that was kept to be given again', async () => {
    const cookie = await signIn();
    const body = { password: PASSWORD };
    await as(cookie, 'POST', '/v1/password', body, { 'idempotency-key': 'once' });
    const { results } = await env.DB.prepare('select * from account').all<{ password: string }>();
    expect(results[0]?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    expect(new Set(results.map(({ password }) => password)).size).toBe(results.length);
    const kept = await env.DB.prepare('select request from answers').all<{ request: string }>();
    const plain = new TextEncoder().encode(`POST /v1/password\n${JSON.stringify(body)}`);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', plain)).toString('base64url');
    expect(kept.results.length).toBe(1);
    expect(kept.results[0]?.request).not.toBe(digest);
  });

  test('makes nobody: there is no way to sign up', async () => {
    const before = await env.DB.prepare('select count(*) as n from user').first('n');
    for (const path of [
      '/auth/sign-up/email',
      '/auth/sign-in/email',
      '/auth/sign-in/magic-link',
      '/auth/change-email',
    ])
      expect(
        (await as('', 'POST', path, { email: 'x@shop.example', password: PASSWORD, name: 'x' })).status,
      ).toBe(404);
    expect(await env.DB.prepare('select count(*) as n from user').first('n')).toBe(before);
  });
});

describe('tries', () => {
  test('for one account end in 429 with Retry-After, from whatever networks and at once, and come back', async () => {
    const now = Date.now();
    at(now);
    const answers = await Promise.all(
      Array.from({ length: TRIES.account + 5 }, (_, n) =>
        enter('mia@shop.example', 'a wrong password', `192.0.2.${n}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBe(TRIES.account);
    const refused = await enter('mia@shop.example', PASSWORD, '198.51.100.7');
    expect(refused.headers.get('retry-after')).toBe(String(15 * 60));
    expect(await said(refused)).toEqual([429, 'too_many_tries']);
    expect(await openLink(await linkFor('mia@shop.example'))).toContain('session_token');
    at(now + 15 * MINUTE);
    expect((await enter('mia@shop.example', PASSWORD)).status).toBe(204);
  }, 30_000);

  test('of one network end for links and passwords alike, and another network is not kept out', async () => {
    const follow = () =>
      fetchWorker('/auth/magic-link/verify?token=guessed', {
        redirect: 'manual',
        headers: { 'cf-connecting-ip': '2001:db8:0:1::9' },
      });
    for (let n = 0; n < TRIES.network; n++)
      expect((await follow()).headers.get('location')).toBe(`${HOST}/?error=INVALID_TOKEN`);
    expect((await follow()).headers.get('location')).toBe('/?error=TOO_MANY_TRIES');
    expect((await enter('mia@shop.example', PASSWORD, '2001:db8:0:1:ffff::1')).status).toBe(429);
    expect((await enter('mia@shop.example', PASSWORD, '2001:db8:0:2::1')).status).toBe(204);
  });

  test('that are right are none', async () => {
    expect((await enter('mia@shop.example', PASSWORD)).status).toBe(204);
    expect(await env.DB.prepare('select sum(count) as n from rate_limit').first('n')).toBe(0);
  });

  test('leave neither address in the database, and are forgotten', async () => {
    await enter('nobody@shop.example', 'a wrong password', '203.0.113.77');
    const { results } = await env.DB.prepare('select * from rate_limit').all();
    expect(results.length).toBe(2);
    expect(JSON.stringify(results)).not.toMatch(/203\.0\.113|nobody/);
    await runJobs(env, Date.now() + 16 * MINUTE);
    expect((await env.DB.prepare('select * from rate_limit').all()).results).toEqual([]);
  });
});

describe('sessions', () => {
  test('are listed to their person alone, and ended one by one', async () => {
    const [first, second] = [await signIn('lin@shop.example'), await signIn('lin@shop.example')];
    const stranger = await signIn('stranger@shop.example');
    const list = await sessionsOf(second);
    expect(list.map(({ current }) => current).sort()).toEqual([false, true]);
    const id = list.find(({ current }) => !current)?.id;
    expect(await said(await as(stranger, 'DELETE', `/v1/sessions/${id}`))).toEqual([404, 'unknown_session']);
    expect((await as(first, 'GET', '/v1/session')).status).toBe(200);
    expect((await as(second, 'DELETE', `/v1/sessions/${id}`)).status).toBe(204);
    expect((await as(first, 'GET', '/v1/session')).status).toBe(401);
    expect((await sessionsOf(second)).length).toBe(1);
    expect(JSON.stringify(list)).not.toContain(decodeURIComponent(tokenOf(first)).split(/[=.]/)[1]);
  });

  test('end at once though the signed cookie still says who it was', async () => {
    const [cookie, other] = [await signIn('cached@shop.example'), await signIn('cached@shop.example')];
    expect(cookie).toContain('session_data');
    expect((await as(cookie, 'GET', '/v1/session')).status).toBe(200);
    expect((await as(other, 'DELETE', '/v1/sessions')).status).toBe(204);
    expect((await as(cookie, 'GET', '/v1/session')).status).toBe(401);
    expect((await as(other, 'GET', '/v1/session')).status).toBe(200);
  });

  test('that were planted before signing in are not the ones that are opened', async () => {
    const planted = await signIn('attacker@shop.example');
    const entered = await fetchWorker('/auth/sign-in', {
      method: 'POST',
      headers: { cookie: planted, origin: HOST, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'mia@shop.example', password: PASSWORD }),
    });
    expect(tokenOf(cookiesOf(entered))).not.toBe(tokenOf(planted));
    const who = await (await as(planted, 'GET', '/v1/session')).json<{ user: { email: string } }>();
    expect(who.user.email).toBe('attacker@shop.example');
  });

  test('are over after seven days without use', async () => {
    const cookie = await signIn();
    at(Date.now() + 8 * 24 * 60 * MINUTE);
    expect((await as(tokenOf(cookie), 'GET', '/v1/session')).status).toBe(401);
  });

  test('are not for programs', async () => {
    const { id: store } = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: ['admin'] });
    for (const [method, path, body] of [
      ['GET', '/v1/session', undefined],
      ['GET', '/v1/sessions', undefined],
      ['DELETE', '/v1/sessions', undefined],
      ['POST', '/v1/password', { password: PASSWORD }],
    ] as const) {
      const answer = await as('', method, path, body, { authorization: `Bearer ${secret}` });
      expect([path, ...(await said(answer))]).toEqual([path, 403, 'no_session']);
    }
  });
});

test.each([['https://evil.example/'], ['//evil.example'], ['/\\evil.example'], ['javascript:alert(1)']])(
  'a link that names %s leads to the dashboard all the same',
  async (callback) => {
    for (const name of ['callbackURL', 'newUserCallbackURL', 'errorCallbackURL']) {
      const link = new URL(await linkFor('mia@shop.example'));
      link.searchParams.set(name, callback);
      const right = await fetchWorker(link.href.slice(HOST.length), { redirect: 'manual' });
      const wrong = await fetchWorker(link.href.slice(HOST.length), { redirect: 'manual' });
      for (const answer of [right, wrong])
        expect(new URL(answer.headers.get('location') ?? '', HOST).origin).toBe(HOST);
      expect(right.headers.getSetCookie().join()).toContain('session_token');
    }
  },
);
