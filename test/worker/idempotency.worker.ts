// Idempotency-Key: what is asked for twice is done once, and nobody else gets the answer.
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import { claim } from '../../worker/store/idempotency.ts';
import { ask, createStore, fetchWorker, ORIGIN, operator } from './shop.ts';

const shop = { name: 'Twice', origins: [ORIGIN], timezone: 'UTC', currency: 'USD' };
const send = (path: string, body: object, key: string, headers: Record<string, string> = operator()) =>
  fetchWorker(path, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': key },
    body: JSON.stringify(body),
  });
const count = (table: string) => env.DB.prepare(`select count(*) as n from ${table}`).first<number>('n');

describe('a key that comes again', () => {
  test('with the same body makes one store, and both get the same answer', async () => {
    const before = await count('stores');
    const first = await send('/v1/stores', shop, 'key-1');
    const again = await send('/v1/stores', shop, 'key-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await count('stores')).toBe((before ?? 0) + 1);
  });

  test('shows a token’s secret again, which the database does not hold', async () => {
    const { id } = await createStore();
    const first = await (await send('/v1/tokens', { store: id }, 'key-2')).json<{ secret: string }>();
    const again = await (await send('/v1/tokens', { store: id }, 'key-2')).json<{ secret: string }>();
    expect(again).toEqual(first);
    const { results } = await env.DB.prepare('select * from answers').all();
    expect(results.length).toBeGreaterThan(0);
    const text = JSON.stringify(results);
    for (const hidden of [first.secret, 'key-2', id, btoa(first.secret).slice(4, 20)])
      expect(text).not.toContain(hidden);
  });

  test('with another body, or to another route, is refused', async () => {
    await send('/v1/stores', shop, 'key-3');
    const other = await send('/v1/stores', { ...shop, name: 'Other' }, 'key-3');
    expect([other.status, await other.json<Problem>()]).toMatchObject([
      422,
      { code: 'key_reused', parameter: 'Idempotency-Key' },
    ]);
    const { id } = await createStore();
    expect((await send('/v1/tokens', { store: id }, 'key-3')).status).toBe(422);
  });

  test('from another credential is another key', async () => {
    const { id } = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id, scopes: ['admin'] });
    const token = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const mine = await (await send('/v1/tokens', { store: id }, 'key-4')).json<{ id: string }>();
    const theirs = await (await send('/v1/tokens', { store: id }, 'key-4', token)).json<{ id: string }>();
    expect(theirs.id).not.toBe(mine.id);
  });

  test('after a refusal may be put right', async () => {
    expect((await send('/v1/stores', { ...shop, name: '' }, 'key-5')).status).toBe(422);
    expect((await send('/v1/stores', shop, 'key-5')).status).toBe(201);
  });

  test('while the first is on its way has to wait', async () => {
    const before = await count('stores');
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('/v1/stores', shop, 'key-6')));
    expect(await count('stores')).toBe((before ?? 0) + 1);
    for (const { status, headers } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(headers.get('retry-after')).toBe('1');
    }
  });

  test('a day later is a new one, and what died is tried again within minutes', async () => {
    const now = Date.now();
    const first = await claim(env, 'me key-7', 'a request', now);
    if (first.kind !== 'first') throw new Error('The key was new.');
    expect((await claim(env, 'me key-7', 'a request', now + 30_000)).kind).toBe('busy');
    const second = await claim(env, 'me key-7', 'a request', now + 61_000);
    if (second.kind !== 'first') throw new Error('The first was abandoned.');
    await second.keep({ status: 201, body: '{}' });
    expect((await claim(env, 'me key-7', 'a request', now + 86_400_000)).kind).toBe('again');
    expect((await claim(env, 'me key-7', 'a request', now + 2 * 86_400_000)).kind).toBe('first');
  });

  test('deleting twice by one key is answered twice', async () => {
    const { id } = await createStore();
    const token = await ask<{ id: string }>('POST', '/v1/tokens', { store: id });
    const remove = () =>
      fetchWorker(`/v1/tokens/${token.id}`, {
        method: 'DELETE',
        headers: { ...operator(), 'idempotency-key': 'key-8' },
      });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  });

  test.each(['with space', 'x'.repeat(256)])('that is none: "%s"', async (key) => {
    const response = await send('/v1/stores', shop, key);
    expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, 'Idempotency-Key']);
  });
});
