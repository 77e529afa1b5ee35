// Secrets of signed calls: who makes them, what is shown, and that the database gives none of them away.
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { app } from '../../../worker/api/index.ts';
import type { Secret } from '../../../worker/api/secrets.ts';
import { MAX_SECRETS } from '../../../worker/store/secrets.ts';
import { ask, createStore, fetchWorker, HOST, operator } from '../shop.ts';
import { createSecret, refusedWith, STRIPE_SECRET, sendSigned, signatureOf } from './sender.ts';

const order = { type: 'order', order: 'A-1', at: Date.now(), value: 1, currency: 'USD' };
const bodyOf = (store: string) => JSON.stringify({ v: 1, store, events: [order] });
const create = (body: object, headers: Record<string, string> = operator()) =>
  fetchWorker('/v1/secrets', { method: 'POST', headers, body: JSON.stringify(body) });

test('a secret is shown once, then known by its last characters', async () => {
  const { id: store } = await createStore();
  const { secret, ...made } = await createSecret(store, { name: 'Shop' });
  expect(secret).toMatch(/^tundish_sign_[0-9a-z]{37}$/);
  expect(made).toMatchObject({ store, kind: 'server', name: 'Shop', hint: secret.slice(-4) });
  const { secrets } = await ask<{ secrets: Secret[] }>('GET', `/v1/secrets?store=${store}`);
  expect(secrets).toEqual([made]);
});

test('a store has so many of a kind at most, and stores do not share them', async () => {
  const [{ id: store }, { id: other }] = [await createStore(), await createStore()];
  for (let n = 0; n < MAX_SECRETS; n++) await createSecret(store);
  expect(await refusedWith(await create({ store }))).toEqual([422, 'too_many_secrets']);
  expect((await create({ store, kind: 'stripe', secret: STRIPE_SECRET })).status).toBe(201);
  expect((await create({ store: other })).status).toBe(201);
});

test.each<[string, object, string]>([
  ['Stripe’s, not given', { kind: 'stripe' }, 'secret'],
  ['a server’s, chosen by somebody', { secret: STRIPE_SECRET }, 'secret'],
  [
    'an API key in the place of a signing secret',
    { kind: 'stripe', secret: `sk_live_${'0'.repeat(24)}` },
    'secret',
  ],
  ['one of no kind', { kind: 'paypal' }, 'kind'],
  ['one without a name', { name: ' ' }, 'name'],
])('%s is refused', async (_, fields, parameter) => {
  const { id: store } = await createStore();
  const response = await create({ store, ...fields });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ parameter });
});

test('a token that only reads neither makes, lists nor revokes them', async () => {
  const { id: store } = await createStore();
  const { id } = await createSecret(store);
  const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store });
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  expect((await create({ store }, headers)).status).toBe(403);
  expect((await fetchWorker(`/v1/secrets?store=${store}`, { headers })).status).toBe(403);
  expect((await fetchWorker(`/v1/secrets/${id}`, { method: 'DELETE', headers })).status).toBe(403);
  expect((await ask<{ secrets: Secret[] }>('GET', `/v1/secrets?store=${store}`)).secrets.length).toBe(1);
});

test('a token that may do everything does so in its own store', async () => {
  const [{ id: store }, { id: other }] = [await createStore(), await createStore()];
  const theirs = await createSecret(other);
  const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: ['admin'] });
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const revoke = (id: string) => fetchWorker(`/v1/secrets/${id}`, { method: 'DELETE', headers });
  const made = await create({ store }, headers);
  expect(made.status).toBe(201);
  expect(await refusedWith(await create({ store: other }, headers))).toEqual([403, 'wrong_store']);
  expect(await refusedWith(await revoke(theirs.id))).toEqual([404, 'unknown_secret']);
  expect((await revoke((await made.json<Secret>()).id)).status).toBe(204);
});

test('made twice with one Idempotency-Key it is made once', async () => {
  const { id: store } = await createStore();
  const headers = { ...operator(), 'idempotency-key': 'secret-17' };
  const [first, again] = [await create({ store }, headers), await create({ store }, headers)];
  expect(await again.json()).toEqual(await first.json());
  expect((await ask<{ secrets: Secret[] }>('GET', `/v1/secrets?store=${store}`)).secrets).toHaveLength(1);
});

test('one that is not there cannot be revoked', async () => {
  const response = await fetchWorker('/v1/secrets/sc_0000000000', { method: 'DELETE', headers: operator() });
  expect(await refusedWith(response)).toEqual([404, 'unknown_secret']);
});

describe('in the database', () => {
  test('no secret stands in any form that can be read', async () => {
    const { id: store } = await createStore();
    const { secret } = await createSecret(store);
    await createSecret(store, { kind: 'stripe', secret: STRIPE_SECRET });
    expect((await sendSigned(secret, bodyOf(store))).status).toBe(200);
    const { results: tables } = await env.DB.prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%'",
    ).all<{ name: string }>();
    const all: string[] = [];
    for (const { name } of tables)
      all.push(JSON.stringify((await env.DB.prepare(`select * from "${name}"`).all()).results));
    const dump = all.join('\n');
    expect(dump).toContain(store);
    expect(dump).toContain(secret.slice(-4));
    for (const text of [secret, STRIPE_SECRET]) {
      const bytes = Buffer.from(text);
      // The random part, as it is and as it would be encoded.
      for (const form of [
        text.slice(-37, -4),
        bytes.toString('base64url').slice(24, 44),
        bytes.toString('hex').slice(30, 70),
      ])
        expect(dump.toLowerCase()).not.toContain(form.toLowerCase());
    }
  });

  test('two that are the same do not look the same', async () => {
    const { id: store } = await createStore();
    for (let n = 0; n < 2; n++) await createSecret(store, { kind: 'stripe', secret: STRIPE_SECRET });
    const { results } = await env.DB.prepare(
      'select locked from secrets where store = (select key from stores where id = ?)',
    )
      .bind(store)
      .all<{ locked: string }>();
    expect(new Set(results.map(({ locked }) => locked)).size).toBe(2);
  });

  test.each([
    [
      'moved to another store',
      'update secrets set store = (select key from stores where id = ?2) where id = ?1',
    ],
    ['made into another kind', "update secrets set kind = 'stripe' where id = ?1 and ?2 <> ''"],
    ['changed', "update secrets set locked = 'AAAA' || substr(locked, 5) where id = ?1 and ?2 <> ''"],
    ['emptied', "update secrets set locked = '' where id = ?1 and ?2 <> ''"],
  ])('one that somebody has %s fits nothing', async (_, statement) => {
    const [{ id: store }, { id: other }] = [await createStore(), await createStore()];
    const made = await createSecret(store);
    await env.DB.prepare(statement).bind(made.id, other).run();
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (const id of [store, other]) expect((await sendSigned(made.secret, bodyOf(id))).status).toBe(401);
    const stripe = await fetchWorker(`/v1/stripe/${store}`, {
      method: 'POST',
      headers: { 'stripe-signature': signatureOf(made.secret, '{}') },
      body: '{}',
    });
    expect(stripe.status).toBe(401);
    expect(logged.mock.calls.flat().join(' ')).toContain('TUNDISH_SECRET has changed');
    logged.mockRestore();
  });

  test('under another TUNDISH_SECRET none opens, and the log says why', async () => {
    const { id: store } = await createStore();
    const { secret } = await createSecret(store);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const body = bodyOf(store);
    const request = { method: 'POST', headers: { 'tundish-signature': signatureOf(secret, body) }, body };
    const elsewhere = { ...env, TUNDISH_SECRET: 'another secret, of thirty-two characters or more' };
    expect((await app.request(`${HOST}/v1/server/events`, request, elsewhere)).status).toBe(401);
    expect(logged.mock.calls.flat().join(' ')).toContain('Make a new one');
    logged.mockRestore();
    expect((await app.request(`${HOST}/v1/server/events`, request, env)).status).toBe(200);
  });
});
