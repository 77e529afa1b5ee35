// Who may confirm: signatures right and wrong, secrets changed and revoked, tokens, and forgeries by the hundred.

import { env } from 'cloudflare:workers';
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ServerAnswer } from '../../../worker/api/confirmed.ts';
import { SIGNATURE_REASONS, TOLERANCE } from '../../../worker/collect/signature.ts';
import { runs } from '../../effort.ts';
import { ask, batch, createStore, fetchWorker, ORIGIN, operator, post, rowCounts, sale } from '../shop.ts';
import {
  createSecret,
  hexOf,
  type MadeSecret,
  refusedWith,
  STRIPE_SECRET,
  seconds,
  sendSigned,
  sendWith,
  signatureOf,
} from './sender.ts';

const FORGERIES = runs(240, 1000);
const INVALID = [401, 'invalid_signature'];

let store: string;
let other: string;
let made: MadeSecret;
let others: MadeSecret;
beforeAll(async () => {
  [store, other] = [(await createStore()).id, (await createStore()).id];
  [made, others] = [await createSecret(store), await createSecret(other)];
});

const order = (fields: object = {}) => ({
  type: 'order',
  order: 'A-1',
  at: 1_795_320_399_000,
  value: 49.99,
  currency: 'USD',
  ...fields,
});
const bodyOf = (events: unknown[] = [order()], fields: object = {}) =>
  JSON.stringify({ v: 1, store, events, ...fields });

describe('a signed call', () => {
  test('is taken, and taken again it is a duplicate', async () => {
    const body = bodyOf();
    const header = { 'tundish-signature': signatureOf(made.secret, body) };
    const first = await sendWith(body, header);
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ accepted: 1, duplicate: 0, rejected: [] });
    const rows = await rowCounts();
    expect(await (await sendWith(body, header)).json()).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(await rowCounts()).toBe(rows);
  });

  test('needs no origin and no browser, and passes over an Idempotency-Key and other schemes', async () => {
    const body = bodyOf([order({ order: 'A-2' })]);
    const header = `v0=00, ${signatureOf(made.secret, body).replace(',', ', ')}`;
    const response = await sendWith(body, {
      'tundish-signature': header,
      'idempotency-key': 'k',
      origin: 'https://elsewhere.example',
      'user-agent': 'python-urllib/3.13',
    });
    expect(await response.json()).toMatchObject({ accepted: 1 });
  });

  test('is signed byte by byte: spaces and letters of any script are as they are sent', async () => {
    const body = ` ${bodyOf([order({ order: '订单-7 é' })])}\n`;
    expect(await (await sendSigned(made.secret, body)).json()).toMatchObject({ accepted: 1 });
  });

  test.each([
    [-TOLERANCE - 1, 'stale_signature'],
    [-TOLERANCE + 1, null],
    [TOLERANCE - 1, null],
    [TOLERANCE + 1, 'stale_signature'],
  ])('whose time is %d s from now', async (off, reason) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const response = await sendSigned(made.secret, bodyOf([order({ order: `T${off}` })]), seconds() + off);
    vi.useRealTimers();
    if (reason) expect(await refusedWith(response)).toEqual([401, reason]);
    else expect(await response.json()).toMatchObject({ accepted: 1 });
  });

  test.each<[string, (body: string) => string | null]>([
    ['without a header', () => null],
    ['with an empty one', () => ''],
  ])('%s is told what to send', async (_, headerOf) => {
    const header = headerOf(bodyOf());
    const response = await sendWith(bodyOf(), header === null ? {} : { 'tundish-signature': header });
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await response.json()).toMatchObject({
      status: 401,
      code: 'missing_signature',
      detail: SIGNATURE_REASONS.missing_signature,
    });
  });

  test.each<[string, (body: string) => string]>([
    ['another secret', (body) => signatureOf('tundish_sign_guessed', body)],
    ['the secret of another store', (body) => signatureOf(others.secret, body)],
    ['the operator’s secret', (body) => signatureOf(env.TUNDISH_SECRET, body)],
    ['no secret', (body) => signatureOf('', body)],
    ['another body', (body) => signatureOf(made.secret, body.replace('49.99', '0.99'))],
    ['another time', (body) => `t=${seconds()},v1=${hexOf(made.secret, seconds() - 1, body)}`],
    ['no time', (body) => `v1=${hexOf(made.secret, seconds(), body)}`],
    ['two times', (body) => `t=${seconds()},${signatureOf(made.secret, body)}`],
    ['a time that is none', (body) => signatureOf(made.secret, body).replace(/t=\d+/, 't=now')],
    ['a truncated signature', (body) => signatureOf(made.secret, body).slice(0, -2)],
    ['half a digit less', (body) => signatureOf(made.secret, body).slice(0, -1)],
    ['an empty signature', () => `t=${seconds()},v1=`],
    ['a longer one', (body) => `${signatureOf(made.secret, body)}00`],
    ['the scheme before', (body) => signatureOf(made.secret, body).replace('v1', 'v0')],
    [
      'more signatures than anybody needs',
      (body) => signatureOf(made.secret, body) + `,v1=${'0'.repeat(64)}`.repeat(8),
    ],
  ])('with %s is refused like any other, and nothing is kept', async (_, headerOf) => {
    const before = await rowCounts();
    const body = bodyOf([order({ order: 'F-1' })]);
    const response = await sendWith(body, { 'tundish-signature': headerOf(body) });
    expect(await refusedWith(response)).toEqual(INVALID);
    expect(await rowCounts()).toBe(before);
  });

  test.each<[string, string]>([
    ['a body that is no JSON', 'order!'],
    ['no store', JSON.stringify({ v: 1, events: [] })],
    ['an unknown store', JSON.stringify({ v: 1, store: 'st_0000000000', events: [] })],
    ['a store without secrets', 'bare'],
  ])('for %s is refused like any other', async (_, text) => {
    const bare = text === 'bare' ? bodyOf([order()], { store: (await createStore()).id }) : text;
    expect(await refusedWith(await sendSigned(made.secret, bare))).toEqual(INVALID);
  });

  test('of forgeries by the hundred none is taken', { timeout: 60_000 }, async () => {
    const before = await rowCounts();
    const stripe = await createSecret(store, { kind: 'stripe', secret: STRIPE_SECRET });
    const body = bodyOf([order({ order: 'F-2' })]);
    const real = Buffer.from(hexOf(made.secret, seconds(), body), 'hex');
    const forgeries: ((n: number) => [body: string, header: string])[] = [
      (n) => [body, `t=${seconds()},v1=${randomBytes(n % 40).toString('hex')}`],
      (n) => [body, signatureOf(randomBytes(32).toString('base64url'), body, seconds() - n)],
      // A bit of the signature, of the time, of the body.
      (n) => {
        const wrong = Buffer.from(real);
        wrong[n % 32] = (wrong[n % 32] as number) ^ (1 << (n % 8));
        return [body, `t=${seconds()},v1=${wrong.toString('hex')}`];
      },
      (n) => [body, `t=${seconds() + 1 + (n % 250)},v1=${real.toString('hex')}`],
      (n) => [`${body}${' '.repeat(1 + (n % 9))}`, `t=${seconds()},v1=${real.toString('hex')}`],
      (n) => [body, signatureOf([others.secret, stripe.secret, made.hint][n % 3] as string, body)],
    ];
    vi.useFakeTimers({ toFake: ['Date'] });
    const statuses = new Map<number, number>();
    for (let n = 0; n < FORGERIES; n++) {
      const [sent, header] = (forgeries[n % forgeries.length] as (typeof forgeries)[0])(n);
      const { status } = await sendWith(sent, { 'tundish-signature': header });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    vi.useRealTimers();
    expect([...statuses]).toEqual([[401, FORGERIES]]);
    expect(await rowCounts()).toBe(before);
  });
});

test.each(['for its secrets', 'to write'])(
  'a database that has no time %s is worth a retry',
  async (when) => {
    const body = bodyOf([order({ order: 'U-1' })]);
    const lost = new Error('D1_ERROR: Network connection lost.');
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken =
      when === 'to write'
        ? vi.spyOn(env.DB, 'batch').mockRejectedValue(lost)
        : vi.spyOn(env.DB, 'prepare').mockReturnValue({
            bind: () => ({ all: () => Promise.reject(lost), raw: () => Promise.reject(lost) }),
          } as never);
    const response = await sendSigned(made.secret, body);
    broken.mockRestore();
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusedWith(response)).toEqual([503, 'unavailable']);
    expect(await (await sendSigned(made.secret, body)).json()).toMatchObject({ rejected: [] });
  },
);

describe('a change of secrets', () => {
  test('old and new are good side by side, until the old one is revoked', async () => {
    const { id } = await createStore();
    const [old, fresh] = [await createSecret(id, { name: 'old' }), await createSecret(id, { name: 'new' })];
    const body = (n: number) => bodyOf([order({ order: `R-${n}` })], { store: id });
    for (const [n, { secret }] of [old, fresh].entries())
      expect((await sendSigned(secret, body(n))).status).toBe(200);
    // A sender that knows only that one of them is good sends both.
    const both = `${signatureOf(old.secret, body(2))},v1=${hexOf(fresh.secret, seconds(), body(2))}`;
    expect((await sendWith(body(2), { 'tundish-signature': both })).status).toBe(200);
    const revoked = await fetchWorker(`/v1/secrets/${old.id}`, { method: 'DELETE', headers: operator() });
    expect(revoked.status).toBe(204);
    expect(await refusedWith(await sendSigned(old.secret, body(3)))).toEqual(INVALID);
    expect((await sendSigned(fresh.secret, body(3))).status).toBe(200);
  });
});

describe('a write token', () => {
  const withToken = (token: string, body: string, headers: object = {}) =>
    sendWith(body, { authorization: `Bearer ${token}`, ...headers });

  test('does the same as a signature, in its own store alone', async () => {
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: ['write'] });
    const body = bodyOf([order({ order: 'K-1' })]);
    expect(await (await withToken(secret, body)).json()).toMatchObject({
      accepted: 1,
      confirmed: [{ order: 'K-1', stands: { value: 49.99 } }],
    });
    expect(await refusedWith(await withToken(secret, bodyOf([order()], { store: other })))).toEqual([
      403,
      'wrong_store',
    ]);
    expect(await refusedWith(await withToken('tundish_guess', body))).toEqual([401, 'no_credential']);
    // A wrong token is not made good by a right signature, nor by none.
    const signed = { 'tundish-signature': signatureOf(made.secret, body) };
    expect(await refusedWith(await withToken('tundish_guess', body, signed))).toEqual([401, 'no_credential']);
  });

  test.each([
    ['read', 403],
    ['write', 200],
    ['admin', 200],
  ])('of the scope %s: %d', async (scope, status) => {
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: [scope] });
    const response = await withToken(secret, bodyOf([order({ order: `K-${scope}` })]));
    expect(response.headers.get('ratelimit-policy')).toContain('credential');
    if (status === 200) expect(response.status).toBe(200);
    else expect(await refusedWith(response)).toEqual([status, 'missing_scope']);
  });

  test('a session’s cookie is none', async () => {
    const { url } = await ask<{ url: string }>('POST', '/v1/operator/sign-in-links', {
      email: 'o@shop.example',
    });
    const entered = await fetchWorker(new URL(url).pathname + new URL(url).search, { redirect: 'manual' });
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    expect((await fetchWorker('/v1/session', { headers: { cookie } })).status).toBe(200);
    expect(await refusedWith(await sendWith(bodyOf(), { cookie }))).toEqual([401, 'missing_signature']);
  });
});

test('a parameter in the address is refused before anything is read', async () => {
  for (const path of ['/v1/server/events', `/v1/stripe/${store}`]) {
    const response = await fetchWorker(`${path}?moon=full`, { method: 'POST', body: '{}' });
    expect(await refusedWith(response)).toEqual([422, 'unknown_parameter']);
  }
});

describe('the body of a signed call', () => {
  const refused = async (body: string) => refusedWith(await sendSigned(made.secret, body));
  test.each<[string, () => string, number, string]>([
    ['no version', () => bodyOf([order()], { v: undefined }), 400, 'invalid_body'],
    ['a version to come', () => bodyOf([order()], { v: 2 }), 400, 'unsupported_version'],
    ['no events', () => bodyOf([]), 400, 'no_events'],
    ['events that are no list', () => JSON.stringify({ v: 1, store, events: {} }), 400, 'invalid_body'],
    ['more than 50', () => bodyOf(Array.from({ length: 51 }, () => order())), 413, 'too_many_events'],
    ['too many bytes', () => `${bodyOf()}${' '.repeat(60_000)}`, 413, 'too_large'],
  ])('with %s', async (_, body, status, code) => {
    expect(await refused(body())).toEqual([status, code]);
  });

  const seen = { visitor: 'ann', visit: 'w1' };
  test.each<[string, unknown, string | null]>([
    ['a number', 7, 'not_an_object'],
    ['an order without time', order({ at: undefined }), 'invalid_time'],
    ['an order of tomorrow', order({ at: Date.now() + 86_400_000 }), 'invalid_time'],
    ['an order of two years ago', order({ at: Date.now() - 2 * 365 * 86_400_000 }), 'too_old'],
    ['an order without number', order({ order: '' }), 'missing_order'],
    ['an order with a visitor and no visit', order({ visitor: 'ann' }), 'invalid_visit'],
    ['an order with a visitor that is no id', order({ ...seen, visitor: 'Ann B' }), 'invalid_visitor'],
    ['a refund without id', order({ type: 'refund' }), 'invalid_id'],
    ['an inquiry of nobody', { ...order(), type: 'inquiry', id: 'i1', visit: 'w1' }, 'invalid_visitor'],
    ['an inquiry without id', { type: 'inquiry', at: Date.now(), ...seen }, 'invalid_id'],
    [
      'an inquiry with an id that leaves no room',
      { type: 'inquiry', at: Date.now(), id: 'x'.repeat(127), ...seen },
      'invalid_id',
    ],
    ['an inquiry', { type: 'inquiry', at: Date.now(), id: 'i1', ...seen }, null],
    ['an order with an id that is none', order({ order: 'I-1', id: 5 }), null],
    ['an order of nobody in particular', order({ order: 'I-2', visitor: '-', visit: '-' }), null],
    [
      'an inquiry of nobody in particular',
      { type: 'inquiry', at: Date.now(), id: 'i2', visitor: '-', visit: '-' },
      'invalid_visitor',
    ],
    ['an order of the longest number', order({ order: 'x'.repeat(100), type: 'payment' }), null],
  ])('%s', async (_, event, reason) => {
    const answer = await (await sendSigned(made.secret, bodyOf([event]))).json<ServerAnswer>();
    if (reason === null) expect(answer).toMatchObject({ accepted: 1, rejected: [] });
    else expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason }], confirmed: [] });
  });

  test('one visitor may be named for all events', async () => {
    const body = bodyOf([order({ order: 'V-1', visit: 'w9' })], { visitor: 'zoe' });
    const answer = await (await sendSigned(made.secret, body)).json<ServerAnswer>();
    expect(answer.confirmed).toMatchObject([{ order: 'V-1', attributed: true }]);
  });

  test('an id that browsers use is not in the way of theirs', async () => {
    const { id } = await createStore();
    const { secret } = await createSecret(id);
    const inquiry = { type: 'inquiry', id: 'w1.a', at: Date.now(), visit: 'w1' };
    const sent = JSON.stringify({ v: 1, store: id, visitor: 'ann', events: [inquiry] });
    expect(await (await sendSigned(secret, sent)).json()).toMatchObject({ accepted: 1 });
    const theirs = await post(batch(id, [{ ...inquiry, url: `${ORIGIN}/` }], 'ann'));
    expect(await theirs.json()).toMatchObject({ accepted: 1, duplicate: 0 });
    // And no browser can send a server's id.
    for (const forged of ['!:w1.a', 'order!:A-1:x', 'order!:A-1'])
      expect(await (await post(batch(id, [sale({ id: forged })]))).json()).toMatchObject({
        rejected: [{ reason: 'invalid_id' }],
      });
  });
});
