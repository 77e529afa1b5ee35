// Stripe's webhook: its signature scheme as it is documented, and what its events make of payments and refunds.
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ServerAnswer } from '../../../worker/api/confirmed.ts';
import type { StripeReason } from '../../../worker/collect/stripe.ts';
import {
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  metrics,
  rowCounts,
  setConfirm,
} from '../shop.ts';
import { createSecret, refusedWith, STRIPE_SECRET } from './sender.ts';

type StripeAnswer = ServerAnswer & { ignored: { reason: StripeReason; says: string } | null };

const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / 1000);
const PERIOD = {
  from: new Date(NOW * 1000 - DAY).toISOString().slice(0, 10),
  to: new Date(NOW * 1000 + DAY).toISOString().slice(0, 10),
};

/** The documented scheme: HMAC-SHA256 of `timestamp.payload`, keyed by the whole secret with its prefix. */
const v1 = (secret: string, time: number, payload: string) =>
  createHmac('sha256', secret).update(`${time}.${payload}`, 'utf8').digest('hex');

const deliverWith = (store: string, payload: string, header: string | null) =>
  fetchWorker(`/v1/stripe/${store}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      ...(header === null ? {} : { 'stripe-signature': header }),
    },
    body: payload,
  });

/** Delivers an event as Stripe does: pretty-printed, with a signature of another scheme beside. */
async function deliver(store: string, event: object): Promise<StripeAnswer> {
  const payload = JSON.stringify(event, null, 2);
  const time = Math.floor(Date.now() / 1000);
  const header = `t=${time},v1=${v1(STRIPE_SECRET, time, payload)},v0=${'6'.repeat(64)}`;
  const response = await deliverWith(store, payload, header);
  expect(response.status).toBe(200);
  return response.json<StripeAnswer>();
}

const eventOf = (type: string, object: object, fields: object = {}) => ({
  id: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
  object: 'event',
  api_version: '2025-09-30.clover',
  created: NOW,
  livemode: true,
  pending_webhooks: 1,
  type,
  data: { object, ...fields },
});
const session = (fields: object = {}, type = 'completed') =>
  eventOf(`checkout.session.${type}`, {
    id: 'cs_test_a1',
    object: 'checkout.session',
    amount_total: 4999,
    currency: 'usd',
    client_reference_id: 'A-1',
    metadata: {},
    mode: 'payment',
    payment_intent: 'pi_1',
    payment_status: 'paid',
    ...fields,
  });
const intent = (fields: object = {}) => ({
  ...eventOf('payment_intent.succeeded', {
    id: 'pi_1',
    object: 'payment_intent',
    amount: 4999,
    amount_received: 4999,
    currency: 'usd',
    metadata: { order: 'A-1' },
    status: 'succeeded',
    ...fields,
  }),
  created: NOW - 2,
});
const charge = (amount_refunded: number, before: number | undefined, fields: object = {}) =>
  eventOf(
    'charge.refunded',
    {
      id: 'ch_1',
      object: 'charge',
      amount: 4999,
      amount_refunded,
      currency: 'usd',
      metadata: { order: 'A-1' },
      payment_intent: 'pi_1',
      refunded: amount_refunded === 4999,
      ...fields,
    },
    before === undefined ? {} : { previous_attributes: { amount_refunded: before } },
  );
const listed = (...refunds: [id: string, amount: number, status?: string][]) => ({
  refunds: {
    object: 'list',
    data: refunds.map(([id, amount, status = 'succeeded']) => ({
      id,
      amount,
      status,
      currency: 'usd',
      created: NOW + 5,
    })),
  },
});

async function shop() {
  const { id } = await createStore();
  await createSecret(id, { kind: 'stripe', secret: STRIPE_SECRET });
  return id;
}
const money = async (store: string) => {
  const { totals } = await metrics(store, { ...PERIOD, money: 'payment' });
  return totals.money.map(({ currency, gross, refunded }) => [currency, gross, refunded]);
};

let store: string;
beforeAll(async () => {
  store = await shop();
});

describe('the signature', () => {
  const payload = JSON.stringify(session({ client_reference_id: 'S-1' }), null, 2);
  const at = (time: number) => `t=${time},v1=${v1(STRIPE_SECRET, time, payload)}`;
  const other = 'whsec_0000000000000000000000000000';
  test.each<[string, (now: number) => string | null, string | null]>([
    ['right', at, null],
    ['299 s old', (now) => at(now - 299), null],
    ['299 s ahead', (now) => at(now + 299), null],
    [
      'right beside one of another secret',
      (now) => `t=${now},v1=${v1(other, now, payload)},v1=${v1(STRIPE_SECRET, now, payload)}`,
      null,
    ],
    ['301 s old', (now) => at(now - 301), 'stale_signature'],
    ['301 s ahead', (now) => at(now + 301), 'stale_signature'],
    ['missing', () => null, 'missing_signature'],
    ['of another secret', (now) => `t=${now},v1=${v1(other, now, payload)}`, 'invalid_signature'],
    [
      'keyed without the prefix',
      (now) => `t=${now},v1=${v1(STRIPE_SECRET.slice(6), now, payload)}`,
      'invalid_signature',
    ],
    ['of another scheme alone', (now) => at(now).replace('v1', 'v0'), 'invalid_signature'],
    ['truncated', (now) => at(now).slice(0, -1), 'invalid_signature'],
    [
      'of the same event written otherwise',
      (now) => `t=${now},v1=${v1(STRIPE_SECRET, now, JSON.stringify(JSON.parse(payload)))}`,
      'invalid_signature',
    ],
  ])('%s', async (_, headerOf, reason) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const before = await rowCounts();
    const response = await deliverWith(store, payload, headerOf(Math.floor(Date.now() / 1000)));
    vi.useRealTimers();
    if (reason === null) return expect(response.status).toBe(200);
    expect(await refusedWith(response)).toEqual([401, reason]);
    expect(await rowCounts()).toBe(before);
  });

  test('of a server’s secret, or for another store, is none', async () => {
    const [bare, server] = [await createStore(), await createStore()];
    const { secret } = await createSecret(server.id);
    const time = Math.floor(Date.now() / 1000);
    for (const [id, key] of [
      [server.id, secret],
      [bare.id, STRIPE_SECRET],
      ['st_0000000000', STRIPE_SECRET],
      ['x', STRIPE_SECRET],
    ] as const)
      expect(
        await refusedWith(await deliverWith(id, payload, `t=${time},v1=${v1(key, time, payload)}`)),
      ).toEqual([401, 'invalid_signature']);
  });

  test('of what is no JSON is refused after it', async () => {
    const time = Math.floor(Date.now() / 1000);
    const response = await deliverWith(store, 'hello', `t=${time},v1=${v1(STRIPE_SECRET, time, 'hello')}`);
    expect(await refusedWith(response)).toEqual([400, 'invalid_json']);
  });
});

describe('one order', () => {
  /** A session, its payment intent and two refunds, each delivered twice. */
  const deliveries = [
    session(),
    intent(),
    charge(1000, 0, listed(['re_1', 1000])),
    charge(3000, 1000, listed(['re_2', 2000], ['re_1', 1000])),
  ];
  const arrivals = [
    [0, 1, 2, 3, 0, 1, 2, 3],
    [3, 3, 2, 2, 1, 1, 0, 0],
    [2, 0, 3, 1, 1, 3, 0, 2],
    [1, 2, 1, 3, 0, 0, 3, 2],
  ];
  test('is one payment and its refunds, whatever comes when and how often', async () => {
    const tables = new Set<string>();
    for (const arrival of arrivals) {
      const id = await shop();
      for (const n of arrival) await deliver(id, deliveries[n] as object);
      expect(await money(id)).toEqual([['USD', 4999, 3000]]);
      tables.add(await derivedTables(id));
    }
    expect(tables.size).toBe(1);
  });

  test('is its visitor’s, and the claim of another amount is told', async () => {
    const id = await shop();
    await setConfirm(id, 'payments');
    const claim = { visitor: 'ann', visit: 'w1', at: NOW * 1000, order: 'A-1', value: 1, currency: 'USD' };
    await importEvents(
      id,
      ['order', 'payment'].map((type) => ({ ...claim, type, id: `${type}:A-1` })),
    );
    expect(await deliver(id, session())).toMatchObject({
      accepted: 1,
      ignored: null,
      confirmed: [
        {
          order: 'A-1',
          type: 'payment',
          claimed: { value: 1, currency: 'USD' },
          stands: { value: 49.99, currency: 'USD', at: NOW * 1000 },
          differs: true,
          attributed: true,
        },
      ],
    });
    expect((await metrics(id, PERIOD)).totals).toMatchObject({
      orders: 1,
      paid_orders: 1,
      paying_visitors: 1,
    });
  });
});

describe('refunds', () => {
  test.each<[string, object[], number]>([
    [
      'listed, each once',
      [charge(500, 0, listed(['re_1', 500])), charge(800, 500, listed(['re_2', 300], ['re_1', 500]))],
      800,
    ],
    [
      'listed, but for those that failed',
      [charge(500, 0, listed(['re_1', 500], ['re_0', 700, 'failed'], ['re_9', 9, 'canceled']))],
      500,
    ],
    ['not listed, by what each adds', [charge(500, 0), charge(800, 500), charge(4999, 800)], 4999],
    ['not listed, out of sequence and twice', [charge(800, 500), charge(500, 0), charge(800, 500)], 800],
    ['without any share of their own', [charge(800, undefined)], 0],
  ])('%s', async (_, events, refunded) => {
    const id = await shop();
    for (const event of [intent(), ...events]) await deliver(id, event);
    expect(await money(id)).toEqual([['USD', 4999, refunded]]);
  });
});

describe('the order number', () => {
  test.each<[string, object, string | null]>([
    ['the session’s reference', session({ client_reference_id: 'B-1' }), 'B-1'],
    ['the session’s metadata', session({ client_reference_id: null, metadata: { order: 'B-2' } }), 'B-2'],
    [
      'metadata under another name',
      session({ client_reference_id: null, metadata: { order_id: 'B-3' } }),
      'B-3',
    ],
    ['the intent’s metadata', intent({ metadata: { order_id: 'B-4' } }), 'B-4'],
    ['a late payment’s reference', session({ client_reference_id: 'B-5' }, 'async_payment_succeeded'), 'B-5'],
    ['none of a session', session({ client_reference_id: null }), null],
    ['none of an intent', intent({ metadata: {} }), null],
    ['none of a charge', charge(500, 0, { metadata: {} }), null],
  ])('%s', async (_, event, order) => {
    const before = await rowCounts();
    const answer = await deliver(store, event);
    if (order !== null) return expect(answer).toMatchObject({ ignored: null, confirmed: [{ order }] });
    expect(answer).toMatchObject({ accepted: 0, ignored: { reason: 'no_order' } });
    expect(await rowCounts()).toBe(before);
  });
});

test.each<[string, object, StripeReason]>([
  ['a session that is not paid yet', session({ payment_status: 'unpaid' }), 'not_paid'],
  ['a session of a trial', session({ payment_status: 'no_payment_required' }), 'not_paid'],
  ['a type of no interest', eventOf('customer.created', { id: 'cus_1' }), 'other_type'],
  ['a type that is a prototype’s key', eventOf('constructor', {}), 'other_type'],
  ['an event that is a list', [] as object, 'other_type'],
])('%s is answered with 200 and counts nothing', async (_, event, reason) => {
  const before = await rowCounts();
  expect(await deliver(store, event)).toMatchObject({ accepted: 0, rejected: [], ignored: { reason } });
  expect(await rowCounts()).toBe(before);
});

test.each<[string, object, string]>([
  ['no amount', session({ amount_total: null }), 'invalid_value'],
  ['no currency', session({ currency: undefined }), 'invalid_currency'],
  [
    'an order number of too many characters',
    session({ client_reference_id: 'x'.repeat(101) }),
    'invalid_order',
  ],
])('a payment with %s is answered with 200 and the reason', async (_, event, reason) => {
  expect(await deliver(store, event)).toMatchObject({ accepted: 0, rejected: [{ reason }] });
});

/** Stripe's amount, and the whole minor units by ISO 4217 that it means. */
test.each([
  ['usd', 4999, 4999],
  ['eur', 1, 1],
  ['jpy', 500, 500],
  ['krw', 12_000, 12_000],
  // Whole to Stripe, of fifths to ISO.
  ['mga', 500, 50_000],
  // With cents to Stripe that are always 00, without to ISO.
  ['isk', 500, 5],
  ['ugx', 500, 5],
  // Whole in payouts alone.
  ['huf', 1045, 1045],
  ['twd', 80_045, 80_045],
  ['kwd', 5120, 5120],
  ['bhd', 10, 10],
  ['tnd', 12_340, 12_340],
])('%s %d is %d minor units', async (currency, amount, minor) => {
  const id = await shop();
  await deliver(id, session({ currency, amount_total: amount }));
  expect(await money(id)).toEqual([[currency.toUpperCase(), minor, 0]]);
});
