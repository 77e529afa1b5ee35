// Members: who lets whom in, what an owner may not do to others' accounts, and that somebody always owns a store.
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '../../../worker/api/members.ts';
import type { Problem, Store } from '../../../worker/api/schemas.ts';
import { ask, createStore, fetchWorker, ORIGIN, operator } from '../shop.ts';
import { as, invite, type Made, memberOf, openLink } from './people.ts';

const said = async (response: Response) => [response.status, (await response.json<Problem>()).code];
const storesOf = async (cookie: string) =>
  (await (await as(cookie, 'GET', '/v1/stores')).json<{ stores: Store[] }>()).stores;
const membersOf = async (store: string) =>
  (await ask<{ members: Member[] }>('GET', `/v1/members?store=${store}`)).members;
const signInLink = (email: string, more: object = {}) =>
  ask<{ url: string }>('POST', '/v1/operator/sign-in-links', { email, ...more });
const remove = (email: string, store?: string) =>
  fetchWorker('/v1/operator/members', {
    method: 'DELETE',
    headers: operator(),
    body: JSON.stringify({ email, ...(store ? { store } : {}) }),
  });

let [mine, other] = ['', ''];
beforeAll(async () => {
  [mine, other] = [(await createStore()).id, (await createStore()).id];
});

describe('a member', () => {
  test.each(['viewer', 'editor', 'owner'] as const)(
    'who is %s sees that store alone, with that role',
    async (role) => {
      const { cookie } = await memberOf(mine, role);
      expect((await storesOf(cookie)).map(({ id, role }) => [id, role])).toEqual([[mine, role]]);
      expect((await as(cookie, 'GET', `/v1/stores/${mine}`)).status).toBe(200);
      expect(await said(await as(cookie, 'GET', `/v1/stores/${other}`))).toEqual([404, 'unknown_store']);
    },
  );

  test('is found again in the list, whatever the case of the address', async () => {
    const { id } = await createStore();
    const made = await invite(id, 'Lin@Shop.Example', 'viewer');
    expect(made).toMatchObject({ email: 'lin@shop.example', role: 'viewer', everywhere: false });
    const { link, ...member } = made;
    expect((await membersOf(id)).filter((one) => !one.everywhere)).toEqual([member]);
    const again = await as(
      '',
      'POST',
      '/v1/members',
      { store: id, email: 'LIN@shop.example', role: 'owner' },
      operator(),
    );
    expect(await said(again)).toEqual([409, 'already_member']);
  });

  test('may do from the next request on what the new role may, and nothing once removed', async () => {
    const { id: store } = await createStore();
    const { id, email, cookie } = await memberOf(store, 'viewer');
    const rename = () => as(cookie, 'PATCH', `/v1/stores/${store}`, { name: 'New' });
    expect(await said(await rename())).toEqual([403, 'missing_role']);
    expect(await ask('PATCH', `/v1/members/${id}`, { store, role: 'editor' })).toMatchObject({
      role: 'editor',
    });
    expect((await rename()).status).toBe(200);
    const gone = await fetchWorker(`/v1/members/${id}?store=${store}`, {
      method: 'DELETE',
      headers: operator(),
    });
    expect(gone.status).toBe(204);
    expect((await rename()).status).toBe(401);
    const left = await env.DB.prepare('select count(*) as n from user where email = ?')
      .bind(email)
      .first('n');
    expect(left).toBe(0);
  });

  test('who was removed gets in by no link of before', async () => {
    const { id: store } = await createStore();
    const { id, link } = await invite(store, 'late@shop.example', 'viewer');
    const second = await ask<{ link: string }>('POST', `/v1/members/${id}/link`, { store });
    await remove('late@shop.example', store);
    for (const old of [link, second.link]) expect(await openLink(old)).toBe('');
  });
});

describe('an owner', () => {
  test('lets others in, and gets a link that works once', async () => {
    const { id: store } = await createStore();
    const { cookie } = await memberOf(store, 'owner');
    const response = await as(cookie, 'POST', '/v1/members', {
      store,
      email: 'new@shop.example',
      role: 'viewer',
    });
    expect(response.status).toBe(201);
    const { link } = await response.json<Made>();
    const theirs = await openLink(link);
    expect((await storesOf(theirs)).map(({ id }) => id)).toEqual([store]);
    expect(await openLink(link)).toBe('');
  });

  test('gets no key to an account that sees other stores, neither by inviting nor by a new link', async () => {
    const [a, b] = [(await createStore()).id, (await createStore()).id];
    const owner = await memberOf(a, 'owner', 'mallory@shop.example');
    const victim = await memberOf(b, 'owner', 'victim@shop.example');
    const invited = await as(owner.cookie, 'POST', '/v1/members', {
      store: a,
      email: victim.email,
      role: 'viewer',
    });
    expect(await said(invited)).toEqual([409, 'member_elsewhere']);
    await signInLink(victim.email, { store: a, role: 'viewer' });
    const link = await as(owner.cookie, 'POST', `/v1/members/${victim.id}/link`, { store: a });
    expect(await said(link)).toEqual([409, 'member_elsewhere']);
  });

  test('gets no key to who sees all stores, and changes nothing of them', async () => {
    await signInLink('boss@shop.example');
    const { id: store } = await createStore();
    const owner = await memberOf(store, 'owner');
    const boss = (await membersOf(store)).find(({ email }) => email === 'boss@shop.example') as Member;
    expect(boss.everywhere).toBe(true);
    for (const [method, path, body, code] of [
      ['POST', '/v1/members', { store, email: boss.email, role: 'viewer' }, 'already_member'],
      ['POST', `/v1/members/${boss.id}/link`, { store }, 'member_elsewhere'],
      ['PATCH', `/v1/members/${boss.id}`, { store, role: 'viewer' }, 'member_everywhere'],
      ['DELETE', `/v1/members/${boss.id}?store=${store}`, undefined, 'member_everywhere'],
    ] as const)
      expect([path, await said(await as(owner.cookie, method, path, body))]).toEqual([path, [409, code]]);
  });

  test('keeps nothing of an account that comes to see more: no session, no link, no password', async () => {
    const { id: store } = await createStore();
    const puppet = await memberOf(store, 'viewer', 'puppet@shop.example');
    const { link } = await ask<{ link: string }>('POST', `/v1/members/${puppet.id}/link`, { store });
    const set = await as(puppet.cookie, 'POST', '/v1/password', { password: 'a password of many words' });
    expect(set.status).toBe(204);
    await signInLink(puppet.email);
    expect((await as(puppet.cookie, 'GET', '/v1/session')).status).toBe(401);
    expect(await openLink(link)).toBe('');
    const entered = await as('', 'POST', '/auth/sign-in', {
      email: puppet.email,
      password: 'a password of many words',
    });
    expect(entered.status).toBe(401);
  });

  test('always remains', async () => {
    await env.DB.prepare('delete from members where store = 0').run();
    const { id: store } = await createStore();
    const first = await memberOf(store, 'owner', 'first@shop.example');
    const demote = (id: string) => as(first.cookie, 'PATCH', `/v1/members/${id}`, { store, role: 'viewer' });
    const leave = (id: string) => as(first.cookie, 'DELETE', `/v1/members/${id}?store=${store}`);
    await memberOf(store, 'editor', 'second@shop.example');
    expect(await said(await demote(first.id))).toEqual([409, 'last_owner']);
    expect(await said(await leave(first.id))).toEqual([409, 'last_owner']);
    const third = await memberOf(store, 'owner', 'third@shop.example');
    expect((await demote(third.id)).status).toBe(200);
    await ask('PATCH', `/v1/members/${third.id}`, { store, role: 'owner' });
    expect((await leave(first.id)).status).toBe(204);
    expect((await remove('third@shop.example', store)).status).toBe(409);
  });
});

describe('who sees all stores', () => {
  test('is made by the operator, sees stores to come, and can be removed while another remains', async () => {
    const { url } = await signInLink('all@shop.example');
    const cookie = await openLink(url);
    const { id } = await createStore();
    expect((await storesOf(cookie)).find((one) => one.id === id)?.role).toBe('owner');
    await signInLink('all2@shop.example');
    expect((await remove('all@shop.example')).status).toBe(204);
    expect((await as(cookie, 'GET', '/v1/session')).status).toBe(401);
    await env.DB.prepare(
      "delete from members where store = 0 and user not in (select id from user where email = 'all2@shop.example')",
    ).run();
    expect(await said(await remove('all2@shop.example'))).toEqual([409, 'last_owner']);
  });
});

test('who makes a store owns it; who owns none makes none', async () => {
  const { id: store } = await createStore();
  const wanted = { name: 'Second', origins: [ORIGIN], timezone: 'UTC', currency: 'USD' };
  const owner = await memberOf(store, 'owner');
  const made = await as(owner.cookie, 'POST', '/v1/stores', wanted);
  expect(made.status).toBe(201);
  const second = await made.json<Store>();
  expect(second.role).toBe('owner');
  expect((await storesOf(owner.cookie)).map(({ id, role }) => [id, role])).toEqual([
    [store, 'owner'],
    [second.id, 'owner'],
  ]);
  const editor = await memberOf(store, 'editor');
  expect(await said(await as(editor.cookie, 'POST', '/v1/stores', wanted))).toEqual([403, 'missing_role']);
});
