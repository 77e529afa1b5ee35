// What the collector refuses and why, and that nothing refused is kept.
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { type Answer, EVENT_REASONS, LIMITS, REQUEST_REASONS } from '../../sdk/event.ts';
import type { Problem } from '../../worker/api/schemas.ts';
import { batch, CHROME, createStore, fetchWorker, ORIGIN, pageView, post, rowCounts, sale } from './shop.ts';
import { confirm, createSecret } from './signed/sender.ts';

const long = 'x'.repeat(LIMITS.id + 1);

/** A row a case: what is sent as the only event, and the reason it is refused with. */
const BAD_EVENTS: [string, unknown, keyof typeof EVENT_REASONS][] = [
  ['a number', 7, 'not_an_object'],
  ['a text', 'visit', 'not_an_object'],
  ['null', null, 'not_an_object'],
  ['a list', [], 'not_an_object'],
  ['no type', { ...pageView(), type: undefined }, 'unknown_type'],
  ['a type of no list', pageView({ type: 'purchase' as 'visit' }), 'unknown_type'],
  ['a type in capitals', pageView({ type: 'Visit' as 'visit' }), 'unknown_type'],
  ['a type that is a prototype’s key', pageView({ type: 'constructor' as 'visit' }), 'unknown_type'],
  ['no id', { ...pageView(), id: undefined }, 'invalid_id'],
  ['an empty id', pageView({ id: '' }), 'invalid_id'],
  ['an id that is a number', { ...pageView(), id: 5 }, 'invalid_id'],
  ['an id that is too long', pageView({ id: long }), 'invalid_id'],
  ['a visit with a space', pageView({ visit: 'a b' }), 'invalid_visit'],
  ['an id with a null character', pageView({ id: 'a\u0000b' }), 'invalid_id'],
  ['no visit', { ...pageView(), visit: undefined }, 'invalid_visit'],
  ['a visit that is null', { ...pageView(), visit: null }, 'invalid_visit'],
  ['a visit that is too long', pageView({ visit: long }), 'invalid_visit'],
  ['no time', { ...pageView(), at: undefined }, 'invalid_time'],
  ['a time as text', { ...pageView(), at: '2026-11-22T00:00:00Z' }, 'invalid_time'],
  ['a time before 1970', pageView({ at: -1 }), 'invalid_time'],
  ['a broken millisecond', pageView({ at: 1.5 }), 'invalid_time'],
  ['a time past exact integers', pageView({ at: 1e300 }), 'invalid_time'],
  ['a time of two years ago', pageView({ at: Date.now() - 2 * 365 * 86_400_000 }), 'too_old'],
  ['a visit without url', { ...pageView(), url: undefined }, 'invalid_url'],
  ['a url without scheme', pageView({ url: 'shop.example/p' }), 'invalid_url'],
  ['a javascript url', pageView({ url: 'javascript:alert(1)' }), 'invalid_url'],
  ['a url that is none', pageView({ url: 'https://' }), 'invalid_url'],
  ['attention below zero', { ...pageView(), type: 'engaged', engaged: -5 }, 'invalid_engaged'],
  ['attention left out', { ...pageView(), type: 'engaged' }, 'invalid_engaged'],
  ['a way to ask of no list', { ...pageView(), type: 'inquiry', via: 'smoke' }, 'invalid_via'],
  ['an order without number', sale({ order: undefined }), 'missing_order'],
  ['an order with an empty number', sale({ order: '' }), 'missing_order'],
  ['an order with a blank number', sale({ order: '  ' }), 'missing_order'],
  ['an order number that is an object', sale({ order: {} }), 'invalid_order'],
  ['an order number that is a fraction', sale({ order: 1.5 }), 'invalid_order'],
  ['an order number with a line break', sale({ order: 'A\n1' }), 'invalid_order'],
  ['an order number that is too long', sale({ order: 'x'.repeat(LIMITS.order + 1) }), 'invalid_order'],
  ['an order without value', sale({ value: undefined }), 'invalid_value'],
  ['a value as text', sale({ value: '49.99' }), 'invalid_value'],
  ['a value below zero', sale({ value: -1 }), 'invalid_value'],
  ['a value past all prices', sale({ value: 1e15 }), 'invalid_value'],
  ['an order without currency', sale({ currency: undefined }), 'invalid_currency'],
  ['a currency in small letters', sale({ currency: 'usd' }), 'invalid_currency'],
  ['a currency that is none', sale({ currency: 'XYZ' }), 'invalid_currency'],
  ['a payment without number', sale({ type: 'payment', order: null }), 'missing_order'],
  ['a refund without value', sale({ type: 'refund', value: null }), 'invalid_value'],
  ['items that are no list', sale({ items: 'tea' }), 'invalid_items'],
  ['items that are no objects', sale({ items: [1] }), 'invalid_items'],
  ['too many items', sale({ items: Array.from({ length: LIMITS.items + 1 }, () => ({})) }), 'invalid_items'],
  ['a custom step without name', { ...pageView(), type: 'custom' }, 'missing_name'],
  ['a custom step with an empty name', { ...pageView(), type: 'custom', name: '' }, 'missing_name'],
  ['nested properties', { ...pageView(), type: 'custom', name: 'n', props: { a: {} } }, 'invalid_props'],
  ['properties that are a list', { ...pageView(), type: 'custom', name: 'n', props: [1] }, 'invalid_props'],
  [
    'too many properties',
    {
      ...pageView(),
      type: 'custom',
      name: 'n',
      props: Object.fromEntries(Array.from({ length: LIMITS.props + 1 }, (_, i) => [`p${i}`, i])),
    },
    'invalid_props',
  ],
  ['an order number that is an e-mail address', sale({ order: 'ann@shop.example' }), 'personal_data'],
  ['an order number that is an account', sale({ order: 'DE89370400440532013000' }), 'personal_data'],
  ['an id that is an e-mail address', pageView({ id: 'ann@shop.example' }), 'personal_data'],
  ['a visit that is an address', pageView({ visit: '203.0.113.7' }), 'personal_data'],
];

describe('one bad event', () => {
  test.each(BAD_EVENTS)('%s is refused with its reason and not kept', async (_, event, reason) => {
    const store = await createStore();
    const before = await rowCounts();
    const response = await post(batch(store.id, [event]));
    expect(response.status).toBe(200);
    const answer = await response.json<Answer>();
    expect(answer).toMatchObject({ accepted: 0, duplicate: 0, rejected: [{ reason }] });
    expect(await rowCounts()).toBe(before);
  });

  test('every reason has its case, but for those that need a request of their own', () => {
    const covered = new Set(BAD_EVENTS.map(([, , reason]) => reason));
    const elsewhere = ['bot', 'invalid_visitor'];
    expect(Object.keys(EVENT_REASONS).filter((reason) => !covered.has(reason as 'bot'))).toEqual(
      Object.keys(EVENT_REASONS).filter((reason) => elsewhere.includes(reason)),
    );
  });

  test('does not take the good ones beside it down', async () => {
    const store = await createStore();
    const response = await post(batch(store.id, [pageView(), { id: 'bad' }, pageView({ id: 'visit1.b' })]));
    expect(await response.json()).toEqual({
      accepted: 2,
      duplicate: 0,
      rejected: [{ id: 'bad', reason: 'unknown_type' }],
    });
  });
});

describe('one bad request', () => {
  const good = async () => batch((await createStore()).id, [pageView()]);
  const cases: [string, () => Promise<Response>, keyof typeof REQUEST_REASONS][] = [
    ['no JSON', () => post('visit!'), 'invalid_json'],
    ['nothing', () => post(''), 'invalid_json'],
    ['half a body', async () => post(JSON.stringify(await good()).slice(0, -9)), 'invalid_json'],
    ['a list', () => post([]), 'invalid_body'],
    ['null', () => post('null'), 'invalid_body'],
    ['no version', async () => post({ ...(await good()), v: undefined }), 'invalid_body'],
    ['no store', async () => post({ ...(await good()), store: undefined }), 'invalid_body'],
    ['no visitor', async () => post({ ...(await good()), visitor: undefined }), 'invalid_body'],
    ['no sending time', async () => post({ ...(await good()), sent: undefined }), 'invalid_body'],
    ['events that are no list', async () => post({ ...(await good()), events: {} }), 'invalid_body'],
    ['a version to come', async () => post({ ...(await good()), v: 2 }), 'unsupported_version'],
    ['no events', async () => post({ ...(await good()), events: [] }), 'no_events'],
    [
      'too many events',
      async () =>
        post({ ...(await good()), events: Array.from({ length: LIMITS.events + 1 }, () => pageView()) }),
      'too_many_events',
    ],
    ['too many bytes', () => post('x'.repeat(LIMITS.single + 1)), 'too_large'],
    [
      'too many bytes of several events',
      async () =>
        post({ ...(await good()), events: [pageView(), pageView()], more: '商'.repeat(LIMITS.bytes / 3) }),
      'too_large',
    ],
    ['an unknown store', () => post(batch('st_0000000000', [pageView()])), 'unknown_store'],
    ['a store id that is none', () => post(batch("st_'; drop table events;", [pageView()])), 'unknown_store'],
    [
      'a foreign origin',
      async () => post(await good(), { origin: 'https://evil.example' }),
      'foreign_origin',
    ],
    [
      'an origin that begins like the shop’s',
      async () => post(await good(), { origin: `${ORIGIN}.evil.example` }),
      'foreign_origin',
    ],
    [
      'the shop’s host by http',
      async () => post(await good(), { origin: 'http://shop.example' }),
      'foreign_origin',
    ],
    ['an opaque origin', async () => post(await good(), { origin: 'null' }), 'missing_origin'],
    [
      'no origin',
      async () =>
        fetchWorker('/v1/events', {
          method: 'POST',
          headers: { 'user-agent': CHROME },
          body: JSON.stringify(await good()),
        }),
      'missing_origin',
    ],
  ];
  test.each(cases)('%s is refused with its reason and not kept', async (_, send, reason) => {
    const before = await rowCounts();
    const response = await send();
    expect(response.status).toBe(REQUEST_REASONS[reason].status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json<Problem>()).toMatchObject({
      code: reason,
      detail: REQUEST_REASONS[reason].says,
    });
    expect(await rowCounts()).toBe(before);
  });

  test('robots are told so, event by event', async () => {
    const store = await createStore();
    const response = await post(batch(store.id, [pageView()]), { 'user-agent': 'Googlebot/2.1' });
    expect(await response.json()).toEqual({
      accepted: 0,
      duplicate: 0,
      rejected: [{ id: 'visit1.a', reason: 'bot' }],
    });
  });

  test.each(['jane@shop.example', '203.0.113.7', '+4930901820', '4111111111111111'])(
    'a visitor called %s is refused',
    async (name) => {
      const store = await createStore();
      const response = await post(batch(store.id, [pageView()], name));
      expect((await response.json<Answer>()).rejected).toEqual([{ id: 'visit1.a', reason: 'personal_data' }]);
    },
  );

  test('an order number of digits that may be a card’s is kept as another, the same from every side', async () => {
    const { id } = await createStore();
    const { secret } = await createSecret(id);
    const order = '4111111111111111';
    const at = Date.now();
    await post(batch(id, [pageView(), sale({ id: `order:${order}`, order, at })]));
    const sold = { type: 'order', order, at, value: 49.99, currency: 'USD' };
    const { confirmed } = await confirm(id, secret, [sold]);
    expect(confirmed).toMatchObject([
      { order: expect.stringMatching(/^number-[0-9a-z]{16}$/), attributed: true },
    ]);
    const { results } = await env.DB.prepare(
      'select id, order_id from events where order_id is not null',
    ).all();
    expect(JSON.stringify(results)).not.toContain(order);
  });

  test('a visitor that is no id is refused event by event', async () => {
    const store = await createStore();
    const response = await post(batch(store.id, [pageView()], 'jane@shop.example says hi'));
    expect((await response.json<Answer>()).rejected).toEqual([{ id: 'visit1.a', reason: 'invalid_visitor' }]);
  });
});
