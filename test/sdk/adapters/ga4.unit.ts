// What GA4's pushes tell: the same rows against the source and against the file that ships.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parseEvent } from '../../../worker/collect/parse.ts';
import { buildFile } from '../built.ts';
import { FakePage } from './window.ts';

type Entry = Record<string, unknown>;

/** What gtag pushes: its own arguments. */
function gtag(...given: unknown[]): Entry {
  return function (this: unknown) {
    // biome-ignore lint/complexity/noArguments: an arguments object is what gtag pushes.
    return arguments;
  }.apply(undefined, given as []) as unknown as Entry;
}

const MUG = { item_id: 'P-1', item_name: 'Mug', price: 12.5, quantity: 2 };
const MONEY = { value: 25, currency: 'USD' };
const SALE = { transaction_id: 'A-1', ...MONEY };
const ORDER = { order: 'A-1', ...MONEY };

const rows: [name: string, pushed: Entry[], told: unknown[]][] = [
  [
    'view_item by gtag',
    [gtag('event', 'view_item', { ...MONEY, items: [MUG] })],
    [['product', { item: 'P-1', ...MONEY }]],
  ],
  [
    'view_item by Tag Manager',
    [{ event: 'view_item', ecommerce: { ...MONEY, items: [MUG] } }],
    [['product', { item: 'P-1', ...MONEY }]],
  ],
  [
    'view_item with the parameters beside the event',
    [{ event: 'view_item', ...MONEY, items: [MUG] }],
    [['product', { item: 'P-1', ...MONEY }]],
  ],
  [
    'an item without an id',
    [gtag('event', 'add_to_cart', { items: [{ item_name: 'Mug' }] })],
    [['cart', { item: 'Mug' }]],
  ],
  [
    'an id that is a number',
    [gtag('event', 'add_to_cart', { items: [{ item_id: 7 }] })],
    [['cart', { item: '7' }]],
  ],
  ['no items', [gtag('event', 'begin_checkout', MONEY)], [['checkout', MONEY]]],
  [
    'no parameters',
    [gtag('event', 'begin_checkout'), { event: 'add_to_cart' }],
    [
      ['checkout', {}],
      ['cart', {}],
    ],
  ],
  [
    'a purchase with its items, of which four fields go on',
    [gtag('event', 'purchase', { ...SALE, tax: 3, items: [{ ...MUG, item_brand: 'Mia', discount: 1 }] })],
    [['order', { ...ORDER, items: [MUG] }]],
  ],
  [
    'texts that are plainly numbers',
    [
      gtag('event', 'purchase', {
        ...SALE,
        value: ' 25.00 ',
        items: [{ ...MUG, price: '12.5', quantity: '2' }],
      }),
    ],
    [['order', { ...ORDER, items: [MUG] }]],
  ],
  ...['1,299.00', '49,99', '$25', '', 'twelve', null, Number.NaN, {}].map((value): (typeof rows)[number] => [
    `the value ${JSON.stringify(value)}, which is not plainly a number`,
    [gtag('event', 'purchase', { ...SALE, value })],
    [['order', { order: 'A-1', currency: 'USD', items: [] }]],
  ]),
  ...[undefined, null, '', ' ', 'undefined', 'null', Number.NaN, '(not set)', {}].map(
    (transaction_id): (typeof rows)[number] => [
      `the transaction ${JSON.stringify(transaction_id) ?? 'undefined'}, which is none`,
      [gtag('event', 'purchase', { ...SALE, transaction_id })],
      [['order', { ...MONEY, items: [] }]],
    ],
  ),
  [
    'a transaction that is a number',
    [{ event: 'purchase', ecommerce: { ...SALE, transaction_id: 1001 } }],
    [['order', { ...ORDER, order: '1001', items: [] }]],
  ],
  [
    'more items than an order may have',
    [gtag('event', 'purchase', { ...SALE, items: Array(101).fill(MUG) })],
    [['order', { ...ORDER, items: Array(100).fill(MUG) }]],
  ],
  [
    'items that are none',
    [
      gtag('event', 'purchase', { ...SALE, items: [null, 'Mug', MUG] }),
      gtag('event', 'view_item', { items: 'Mug' }),
    ],
    [
      ['order', { ...ORDER, items: [MUG] }],
      ['product', { currency: 'USD' }],
    ],
  ],
  ['a refund', [gtag('event', 'refund', { ...SALE, value: '5' })], [['refund', { ...ORDER, value: 5 }]]],
  ['a lead', [gtag('event', 'generate_lead', MONEY)], [['inquiry', { via: 'form' }]]],
  ['sharing', [gtag('event', 'share', { method: 'mail', item_id: 'P-1' })], [['share', { item: 'P-1' }]]],
  [
    'the currency that the page has set',
    [gtag('set', { currency: 'EUR' }), gtag('event', 'add_to_cart', { value: 1 })],
    [['cart', { value: 1, currency: 'EUR' }]],
  ],
  [
    'the currency set by name',
    [gtag('set', 'currency', 'EUR'), gtag('event', 'add_to_cart', { value: 1 })],
    [['cart', { value: 1, currency: 'EUR' }]],
  ],
  [
    'the currency of the configuration, before the one of an earlier event',
    [
      gtag('event', 'add_to_cart', { value: 1, currency: 'USD' }),
      gtag('config', 'G-1', { currency: 'EUR' }),
      gtag('event', 'add_to_cart', { value: 2 }),
    ],
    [
      ['cart', { value: 1, currency: 'USD' }],
      ['cart', { value: 2, currency: 'EUR' }],
    ],
  ],
  [
    'the currency of an earlier event, also of one that tells nothing',
    [
      { event: 'view_item_list', ecommerce: { currency: 'usd' } },
      { event: 'purchase', ecommerce: { ...SALE, currency: undefined } },
    ],
    [['order', { ...ORDER, items: [] }]],
  ],
  [
    'no currency at all',
    [gtag('event', 'purchase', { transaction_id: 'A-1', value: 1 })],
    [['order', { order: 'A-1', value: 1, items: [] }]],
  ],
  [
    'a currency that is none',
    [gtag('event', 'add_to_cart', { value: 1, currency: '$' })],
    [['cart', { value: 1 }]],
  ],
  [
    'other events and commands',
    [
      gtag('js', 0),
      gtag('consent', 'default', {}),
      gtag('event', 'page_view', {}),
      gtag('event', 'constructor', {}),
      gtag('event'),
      gtag('set'),
      gtag('set', null),
      { event: 'gtm.js' },
      { event: 'toString' },
      { event: { purchase: 1 } },
      { ecommerce: null },
      {},
      [] as unknown as Entry,
    ],
    [],
  ],
];

const plain = (calls: unknown): unknown => JSON.parse(JSON.stringify(calls));

describe('the source', () => {
  test.each(rows)('%s', async (_, pushed, expected) => {
    vi.resetModules();
    const { told } = await import('../../../sdk/adapters/ga4/map.ts');
    expect(plain(pushed.flatMap((entry) => told(entry, false)))).toEqual(plain(expected));
  });

  test('a purchase is a payment, too, where the shop says so', async () => {
    const { told } = await import('../../../sdk/adapters/ga4/map.ts');
    expect(plain(told(gtag('event', 'purchase', { ...SALE, items: [MUG] }), true))).toEqual([
      ['order', { ...ORDER, items: [MUG] }],
      ['payment', ORDER],
    ]);
  });
});

describe('the collector', () => {
  test.each<[what: string, sale: Entry, reason: string | undefined]>([
    ['takes a whole purchase', SALE, undefined],
    ['refuses one without a transaction', { ...SALE, transaction_id: undefined }, 'missing_order'],
    ['refuses one whose transaction is none', { ...SALE, transaction_id: 'undefined' }, 'missing_order'],
    ['refuses one without a currency', { ...SALE, currency: undefined }, 'invalid_currency'],
    ['refuses one without a value', { ...SALE, value: undefined }, 'invalid_value'],
    ['refuses one whose value is not plainly a number', { ...SALE, value: '1,299.00' }, 'invalid_value'],
  ])('%s', async (_, sale, reason) => {
    vi.resetModules();
    const { told } = await import('../../../sdk/adapters/ga4/map.ts');
    for (const name of ['purchase', 'refund']) {
      const [[type, fields] = []] = told(gtag('event', name, sale), false);
      const { rejection } = parseEvent(
        { ...(plain(fields) as object), type, id: 'v.1', visit: 'v', at: 1 },
        'secret',
      );
      expect(rejection?.reason).toBe(reason);
    }
  });
});

describe('the file', () => {
  let code: string;
  beforeAll(async () => {
    code = await buildFile('t.ga4.js');
  });

  const page = (dataLayer?: unknown): FakePage => {
    const fake = new FakePage();
    if (dataLayer) fake.window.dataLayer = dataLayer;
    fake.run(code);
    return fake;
  };
  const cart = (value: number): Entry => gtag('event', 'add_to_cart', { value });
  const valuesOf = (fake: FakePage) => fake.calls.map(([, { value }]) => value);

  test.each(rows)('%s', (_, pushed, expected) => {
    const before = page([...pushed]);
    expect(before.calls).toEqual(plain(expected));
    const layer: Entry[] = [];
    const after = page(layer);
    for (const entry of pushed) layer.push(entry);
    expect(after.calls).toEqual(plain(expected));
    after.pass(60_000);
    expect(after.calls).toEqual(plain(expected));
  });

  test('leaves no global, and makes no layer', () => {
    const names = Object.keys(new FakePage().window);
    expect(Object.keys(page().window)).toEqual(names);
  });

  test('waits for a layer that comes late, and for one that takes its place', () => {
    const fake = page();
    fake.pass(90_000);
    fake.window.dataLayer = [cart(1)];
    fake.pass(1000);
    (fake.window.dataLayer as Entry[]).push(cart(2));
    expect(valuesOf(fake)).toEqual([1, 2]);
    fake.window.dataLayer = [...(fake.window.dataLayer as Entry[]), cart(3)];
    fake.pass(1000);
    (fake.window.dataLayer as Entry[]).push(cart(4));
    expect(valuesOf(fake)).toEqual([1, 2, 3, 4]);
  });

  test('returns what push returns, with its this, all arguments and its errors', () => {
    const layer: Entry[] & { push: unknown } = [];
    const heard: unknown[] = [];
    layer.push = function (this: unknown, ...given: Entry[]) {
      if (given[0]?.fails) throw new Error('The page’s own.');
      heard.push(this, given.length);
      return `${Array.prototype.push.apply(layer, given)} and more` as unknown as number;
    };
    const fake = page(layer);
    expect(layer.push(cart(1), cart(2))).toBe('2 and more');
    expect(heard).toEqual([layer, 2]);
    expect(heard[0]).toBe(layer);
    expect(() => layer.push({ fails: true })).toThrow('The page’s own.');
    expect(valuesOf(fake)).toEqual([1, 2]);
  });

  test('sees pushes past its hook, at the next look, and then sets the hook anew', () => {
    const layer: Entry[] = [];
    const fake = page(layer);
    layer.push = Array.prototype.push;
    layer.push(cart(1));
    expect(valuesOf(fake)).toEqual([]);
    fake.pass(1000);
    layer.push(cart(2));
    expect(valuesOf(fake)).toEqual([1, 2]);
  });

  test('sees each once behind any number of wraps, and never piles its own upon them', () => {
    const layer: Entry[] = [];
    const fake = page(layer);
    for (let n = 1; n <= 300; n++) {
      const { push } = layer;
      // A page that insists on being outermost.
      const wrap = (...given: Entry[]) => push.apply(layer, given);
      layer.push = wrap;
      layer.push(cart(n));
      fake.pass(1000);
      expect(layer.push).toBe(wrap);
    }
    expect(valuesOf(fake)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
  });

  test('goes on when Tag Manager drops the oldest entries', () => {
    const layer: Entry[] = [];
    const { push } = layer;
    layer.push = (...given: Entry[]) => {
      push.apply(layer, given);
      while (layer.length > 3) layer.shift();
      return 1;
    };
    const fake = page(layer);
    for (let n = 1; n <= 10; n++) layer.push(cart(n));
    fake.pass(5000);
    expect(valuesOf(fake)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test.each([
    ['a number', 1],
    ['a text', 'dataLayer'],
    ['an object', {}],
    ['a frozen layer', Object.freeze([cart(1)])],
    ['odd entries', [1, 'x', null, undefined, () => 1, Symbol('x'), cart(1)]],
    [
      'an entry that throws',
      [
        {
          get event() {
            throw new Error('No.');
          },
        },
        cart(1),
      ],
    ],
  ])('survives %s as the layer', (_, layer) => {
    const fake = page(layer);
    fake.pass(5000);
    expect(valuesOf(fake)).toEqual(Array.isArray(layer) ? [1] : []);
    // What has no push is given none: a page may ask for it.
    if (!Array.isArray(layer)) expect(Object(layer)).not.toHaveProperty('push');
  });

  test('tells at the last moment what went past the hook', () => {
    const layer: Entry[] = [];
    const fake = page(layer);
    Array.prototype.push.call(layer, cart(1));
    (fake.window.dispatchEvent as (event: Event) => void)(new Event('pagehide'));
    expect(valuesOf(fake)).toEqual([1]);
  });

  test('survives a tracker that is not there, or fails', () => {
    const fake = page([]);
    const layer = fake.window.dataLayer as Entry[];
    fake.window.tundish = undefined;
    expect(layer.push(cart(1))).toBe(1);
    fake.window.tundish = () => {
      throw new Error('No.');
    };
    expect(layer.push(cart(2))).toBe(2);
  });
});
