// Addresses as people type them become origins as browsers send them.
import { expect, test } from 'vitest';
import { readOrigins } from '../../dashboard/set-up/origins.ts';

test.each([
  ['https://shop.example', ['https://shop.example'], null],
  ['https://shop.example/', ['https://shop.example'], null],
  ['shop.example/path?q=1', ['https://shop.example'], null],
  ['https://Shop.Example:443', ['https://shop.example'], null],
  ['http://localhost:8080', ['http://localhost:8080'], null],
  ['localhost:8080', ['http://localhost:8080'], null],
  ['https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example'], null],
  ['a.example, a.example，b.example', ['https://a.example', 'https://b.example'], null],
  ['https://bücher.example', ['https://xn--bcher-kva.example'], null],
  ['shop', [], 'shop'],
  ['not an address', [], 'not an address'],
  ['ftp://shop.example', [], 'ftp://shop.example'],
  ['javascript:alert(1)', [], 'javascript:alert(1)'],
  ['', [], null],
])('%j', (text, origins, bad) => {
  expect(readOrigins(text)).toEqual({ origins, bad });
});
