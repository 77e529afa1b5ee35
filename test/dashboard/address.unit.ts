// The address is the state: written and read back it is the same, and nonsense becomes defaults.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Address,
  BASES,
  COMPARES,
  DEFAULTS,
  DIMENSIONS,
  type Filters,
  parseAddress,
  SCOPES,
  storeAsked,
  VIEWS,
  type View,
  writeAddress,
} from '../../dashboard/address.ts';
import { addDays, PRESETS } from '../../dashboard/period.ts';

const read = (text: string) => parseAddress(new URL(text, 'https://tundish.example'));

const days = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 2_000 }))
  .map(([start, length]) => {
    const from = addDays('1990-01-01', start);
    return { from, to: addDays(from, length) };
  });
// Lone surrogates cannot stand in any URL.
const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());

const anyAddress: fc.Arbitrary<Address> = fc.record({
  view: fc.constantFrom(...(Object.keys(VIEWS) as View[])),
  store: fc.option(word),
  period: fc.oneof(fc.constantFrom(...PRESETS), days),
  compare: fc.constantFrom(...COMPARES),
  scope: fc.constantFrom(...SCOPES),
  basis: fc.constantFrom(...BASES),
  filters: fc.dictionary(
    fc.constantFrom(...DIMENSIONS),
    fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
  ) as fc.Arbitrary<Filters>,
  error: fc.option(word),
  own: fc.dictionary(
    fc.constantFrom('sort', 'show', 'visitor', 'steps'),
    fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
  ),
});

test('written and read back it is the same', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(read(writeAddress(address))).toEqual(address);
    }),
  );
});

test('whatever stands in the address, something sensible is shown', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), fc.webPath(), (query, path) => {
      const address = read(`/${path.replace(/^\/+/, '')}?${query}`);
      expect(read(writeAddress(address))).toEqual(address);
    }),
  );
});

describe('addresses', () => {
  test.each<[string, Partial<Address>]>([
    ['/', {}],
    ['/set-up', { view: 'set-up' }],
    ['/set-up/', { view: 'set-up' }],
    ['/no-such-view', {}],
    ['/?store=', {}],
    ['/?period=last30', { period: 'last30' }],
    ['/?period=forever', {}],
    ['/?from=2026-11-01&to=2026-11-02', { period: { from: '2026-11-01', to: '2026-11-02' } }],
    ['/?from=2026-11-02&to=2026-11-01', {}],
    ['/?from=2026-02-30&to=2026-03-01', {}],
    ['/?compare=none', { compare: 'none' }],
    ['/?compare=weekdays', { compare: 'weekdays' }],
    ['/?scope=galaxy&basis=barter&compare=%3Cscript%3E', {}],
    ['/channels?sort=-revenue', { view: 'channels', own: { sort: '-revenue' } }],
    [
      '/?filter[channel]=email&filter[channel]=direct&filter[moon]=full',
      { filters: { channel: ['email', 'direct'] } },
    ],
    ['/?error=INVALID_TOKEN', { error: 'INVALID_TOKEN' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual({ ...DEFAULTS, ...expected });
  });

  test('the plain address stays plain', () => {
    expect(writeAddress(DEFAULTS)).toBe('/');
  });
});

describe('the store that is shown', () => {
  const demo = { id: 'st_demo', demo: true };
  const first = { id: 'st_first', demo: false };
  const second = { id: 'st_second', demo: false };
  test.each([
    ['none is named: a real one before a demonstration', null, [demo, first, second], first],
    ['none is named: the demonstration where it is all there is', null, [demo], demo],
    ['none is named, and there is none', null, [], null],
    ['the one that is named', 'st_second', [demo, first, second], second],
    ['the demonstration, by its name', 'st_demo', [demo, first], demo],
    // Another store's figures under a wrong address would be believed.
    ['no other than the one that is named', 'st_gone', [demo, first], null],
  ])('%s', (_, wanted, all, expected) => {
    expect(storeAsked(wanted, all)).toBe(expected);
  });
});
