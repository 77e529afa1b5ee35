// What is personal is replaced, whatever stands around it; and what shops call their things stays as it is.
import { describe, expect, test } from 'vitest';
import { clean, cleanPath, cleanProperty, isPersonal } from '../../../worker/collect/personal/clean.ts';
import { PIECES } from './pieces.ts';

const LOOKS = PIECES.filter(({ named }) => named === undefined);

test('there are two hundred pieces, no two alike', () => {
  expect(new Set(PIECES.map(({ text }) => text)).size).toBe(PIECES.length);
  expect(PIECES.length).toBeGreaterThanOrEqual(200);
});

describe.each(LOOKS)('$kind $text', ({ text }) => {
  test.each<[string, (piece: string) => string]>([
    ['alone', (piece) => clean(piece)],
    ['in a text', (piece) => clean(`for ${piece} today`)],
    ['before a comma', (piece) => clean(`x, ${piece}, 12`)],
    ['in a path', (piece) => cleanPath(`/u/${encodeURIComponent(piece)}/edit`)],
    ['at the end of a path', (piece) => cleanPath(`/u/${encodeURIComponent(piece)}`)],
    [
      'in a path, as an address writes it',
      (piece) => cleanPath(new URL(`https://x.example/a/${piece.replace(/[?#]/g, '')}`).pathname),
    ],
    ['escaped twice', (piece) => clean(encodeURIComponent(encodeURIComponent(piece)))],
    ['in a property', (piece) => String(cleanProperty('note', piece))],
  ])('%s', (_, where) => {
    const left = where(text);
    expect(left).toMatch(/\[(email|phone|card|iban|id|ip|token|agent|private)\]/);
    expect(decodeURIComponent(left.replace(/%(?![\da-f]{2})/gi, '%25'))).not.toContain(text);
  });
});

describe.each(PIECES.filter(({ named }) => named !== undefined))('$named: $text', ({ named = '', text }) => {
  test('is private as a property', () => expect(cleanProperty(named, text)).toBe('[private]'));
  test('and where a text says its name', () => {
    if (!/[\s/]/.test(text)) expect(clean(`x ${named}=${text} y`)).toBe(`x ${named}=[private] y`);
  });
});

describe('what shops say stays', () => {
  test.each([
    '/products/dragon-well-green-tea-250g-2024-spring-harvest',
    '/p/Nike-Air-Max-270-React-Mens-Running-Shoe-2024',
    '/p/507f1f77bcf86cd799439011',
    '/p/550e8400-e29b-41d4-a716-446655440000',
    '/2026/11/24/new-teas-for-winter',
    '/blog/2026-11-24-12-30-45-opening',
    '/collections/all/products/4006381333931',
    '/ean/0012345678905',
    '/gtin/04006381333931',
    '/isbn/978-3-16-148410-0',
    '/item/1005006123456789.html',
    '/i/38123456789012',
    '/sku/AB-12345-XL-RED-2026',
    '/sku/SKU0001234567',
    '/order/302-1234567-7654321',
    '/v1.2.3/docs',
    '/@halfmoon/tea',
    '/react@18.2.0/umd',
    '/logo@2x.png',
    '/price/1,299.00',
    '/range/10.50-12.75',
    '/size/38.5',
    '/c/12:30:45',
    '/a/b:c/d',
    '/time/2026-11-24T12:30:45Z',
    '/reset',
    '/confirm/order',
    '/login/',
    '/session/spring-2026',
    '/zh/%E4%B9%8C%E9%BE%99%E8%8C%B6/%E9%93%81%E8%A7%82%E9%9F%B3',
    '/100%/organic',
    '/%E4%B9%8',
    '/#/cart',
    '/1732440000',
    '/1732440000000',
    '/20261124123045',
  ])('the path %s', (path) => expect(cleanPath(path)).toBe(path));

  test.each([
    'spring_sale_2026',
    'EUR 1,234.56',
    '49.99',
    'black friday 24.11.2026',
    'newsletter-2026-W48',
    '120208112345670',
    'fb|120208112345670|ad_7',
    '23851234567890123',
    'google / cpc',
    'Oolong: Iron Goddess',
    'Tea (250 g)',
    '3 x 100 g',
    'ratio 16:9',
    'IP68 waterproof',
    'Phone case for iPhone 17',
    'Email course',
    'Pinot noir 2019',
    'DE12345678',
    'size=L&colour=red',
    'https://shop.example/p/1',
    'Opera glasses',
    'CW-2026-11-24-000017',
    '1234-5678-9012',
    'k7: 4 of 5',
  ])('the text %s', (text) => expect(clean(text)).toBe(text));

  test.each([
    'A-1001',
    '1001',
    '#1001',
    'R 2026/11/24-17',
    '302-1234567-7654321',
    'wc_order_5f8a7b6c5d4e3',
    'cs_test_a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ',
    '550e8400-e29b-41d4-a716-446655440000',
    '100000123456789',
    '2026112412304512345',
    'mwr5x0c8k2v7q1zd.mwr5x0c9p3f1',
    'order:A-1001',
    '9f86d081884c7d659a2feaa0c55ad015',
  ])('the id %s', (id) => expect(isPersonal(id)).toBe(false));

  test('a property by any other name', () => {
    for (const [name, value] of [
      ['colour', 'red'],
      ['step', 3],
      ['mobile', true],
      ['price', 1299.5],
      ['ean', 4006381333931],
      ['plan', 'annual'],
    ] as const)
      expect(cleanProperty(name, value)).toBe(value);
  });
});

test('numbers can be personal', () => {
  expect(cleanProperty('value', 4111111111111111)).toBe('[card]');
  expect(cleanProperty('value', 13912345678)).toBe('[phone]');
});

test('an id must not be an e-mail address, a card, an account, an address, a token or a phone', () => {
  const personal = LOOKS.filter(({ kind: one, text }) => !/session|agent/.test(one) && isPersonal(text));
  expect(new Set(personal.map(({ kind: one }) => one))).toEqual(
    new Set(['email', 'ip', 'phone', 'card', 'iban', 'token', 'id']),
  );
  for (const { kind: one, text } of LOOKS)
    if (/email|card|iban/.test(one)) expect([text, isPersonal(text)]).toEqual([text, true]);
});

test('what is clean stays so', () => {
  for (const { text } of PIECES)
    for (const whole of [text, `a ${text} b`, `jsessionid=${text}`, `/reset/${text}`]) {
      expect(clean(clean(whole))).toBe(clean(whole));
      const path = cleanPath(`/${encodeURIComponent(whole)}`);
      expect(cleanPath(path)).toBe(path);
    }
});

test.each([
  ['letters', 'a'.repeat(1_000_000)],
  ['digits', '1'.repeat(1_000_000)],
  ['digits and spaces', '1 '.repeat(500_000)],
  ['digits and dots', '1.'.repeat(500_000)],
  ['colons', ':'.repeat(1_000_000)],
  ['groups', 'ab:'.repeat(300_000)],
  ['at signs', 'a@'.repeat(500_000)],
  ['almost addresses', 'a@a.'.repeat(250_000)],
  ['escapes', '%25'.repeat(300_000)],
  ['slashes and digits', '/1'.repeat(500_000)],
  ['names', 'token/'.repeat(200_000)],
  ['equal signs', 'pass='.repeat(200_000)],
  ['plus', '+1'.repeat(500_000)],
  ['hyphens', 'a-1-'.repeat(250_000)],
  ['accounts', 'DE12 '.repeat(200_000)],
])('%s without end take no time', (_, text) => {
  const began = performance.now();
  clean(text);
  cleanPath(text);
  // A tenth of a second; an expression that looks back over it all would take an hour.
  expect(performance.now() - began).toBeLessThan(5_000);
});
