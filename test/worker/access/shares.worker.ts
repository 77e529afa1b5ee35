// Share links: what they show, to whom, until when.
import { env } from 'cloudflare:workers';
import { afterEach, expect, test, vi } from 'vitest';
import type { Problem, Store } from '../../../worker/api/schemas.ts';
import type { Share } from '../../../worker/api/shares.ts';
import { PERIOD } from '../acts.ts';
import { ask, createStore, fetchWorker, HOST, operator } from '../shop.ts';
import { as, cookiesOf, memberOf, shareOf } from './people.ts';

afterEach(() => vi.useRealTimers());
const said = async (response: Response) => [response.status, (await response.json<Problem>()).code];
const open = (link: string, cookie = '') =>
  fetchWorker(link.slice(HOST.length), { redirect: 'manual', headers: { cookie } });
const revoke = (id: string) => fetchWorker(`/v1/shares/${id}`, { method: 'DELETE', headers: operator() });

test('a link leads to its store with a cookie for this host alone, and is told to nobody on the way', async () => {
  const { id: store } = await createStore();
  const { link } = await shareOf(store);
  const opened = await open(link);
  expect([opened.status, opened.headers.get('location')]).toEqual([302, `/?store=${store}`]);
  const [cookie = ''] = opened.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-tundish\.share=/);
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag);
  expect(cookie).not.toMatch(/domain=/i);
  expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
  expect(opened.headers.get('cache-control')).toBe('no-store');
});

test('it shows the figures of its store, and nobody behind them', async () => {
  const [store, other] = [(await createStore()).id, (await createStore()).id];
  const { cookie } = await shareOf(store, 'Agency');
  const get = (path: string) => as(cookie, 'GET', path);
  expect(await (await get('/v1/session')).json()).toEqual({ user: null, share: { name: 'Agency', store } });
  const { stores } = await (await get('/v1/stores')).json<{ stores: Store[] }>();
  expect(stores.map(({ id, role }) => [id, role])).toEqual([[store, 'viewer']]);
  const question = (id: string) => `store=${id}&from=${PERIOD.from}&to=${PERIOD.to}`;
  for (const path of ['metrics', 'maturity', 'dimensions'])
    expect([path, (await get(`/v1/${path}?${question(store)}`)).status]).toEqual([path, 200]);
  for (const path of [
    `/v1/live?store=${store}`,
    `/v1/orders?${question(store)}`,
    `/v1/visitors/ann?store=${store}`,
    `/v1/funnel/visitors?${question(store)}&steps=visit&steps=order&step=1`,
    `/v1/export?store=${store}`,
    `/v1/stores/${store}/arrivals`,
    `/v1/tokens?store=${store}`,
    `/v1/members?store=${store}`,
    `/v1/shares?store=${store}`,
  ])
    expect([path, ...(await said(await get(path)))]).toEqual([path, 403, 'share_only_looks']);
  expect(await said(await get(`/v1/metrics?${question(other)}`))).toEqual([404, 'unknown_store']);
});

test('revoked it opens nothing, also where it is open already', async () => {
  const { id: store } = await createStore();
  const { id, link, cookie } = await shareOf(store);
  expect((await as(cookie, 'GET', '/v1/session')).status).toBe(200);
  expect((await revoke(id)).status).toBe(204);
  expect((await as(cookie, 'GET', '/v1/session')).status).toBe(401);
  const again = await open(link);
  expect(again.headers.get('location')).toBe('/?error=SHARE_OVER');
  expect(again.headers.getSetCookie()).toEqual([]);
  expect((await revoke(id)).status).toBe(404);
});

test('it ends when it was said to, tells when it was used, and is kept as a hash', async () => {
  const { id: store } = await createStore();
  const expires = Date.now() + 60_000;
  const made = await ask<Share & { link: string }>('POST', '/v1/shares', { store, name: 'Brief', expires });
  const opened = await open(made.link);
  expect(Number(/max-age=(\d+)/i.exec(opened.headers.getSetCookie()[0] ?? '')?.[1])).toBeLessThanOrEqual(60);
  const cookie = cookiesOf(opened);
  const { shares } = await ask<{ shares: Share[] }>('GET', `/v1/shares?store=${store}`);
  expect(shares).toMatchObject([{ id: made.id, name: 'Brief', expires, last_used: expect.any(Number) }]);
  const { results } = await env.DB.prepare('select * from shares').all();
  expect(JSON.stringify(results)).not.toContain(made.link.split('/s/')[1]);
  vi.useFakeTimers({ now: expires + 1, toFake: ['Date'] });
  expect((await as(cookie, 'GET', '/v1/session')).status).toBe(401);
  expect((await open(made.link)).headers.get('location')).toBe('/?error=SHARE_OVER');
});

test('who is signed in stays so', async () => {
  const { id: store } = await createStore();
  const { link, cookie: shared } = await shareOf(store);
  const { cookie, email } = await memberOf(store, 'owner');
  const opened = await open(link, cookie);
  expect(opened.headers.getSetCookie()).toEqual([]);
  const who = await as(`${cookie}; ${shared}`, 'GET', '/v1/session');
  expect(await who.json()).toMatchObject({ user: { email }, share: null });
});

test('a store has a bounded number, and a link of another store is not there', async () => {
  const [store, other] = [(await createStore()).id, (await createStore()).id];
  for (let n = 0; n < 20; n++) await ask('POST', '/v1/shares', { store, name: `Link ${n}` });
  const more = await as('', 'POST', '/v1/shares', { store, name: 'One more' }, operator());
  expect(await said(more)).toEqual([422, 'too_many_shares']);
  const { id } = await shareOf(other);
  const { cookie } = await memberOf(store, 'owner');
  expect(await said(await as(cookie, 'DELETE', `/v1/shares/${id}`))).toEqual([404, 'unknown_share']);
});
