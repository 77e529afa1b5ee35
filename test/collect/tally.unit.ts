// What is refused is added up within bounds, whatever is sent, and of the sender only the origin is kept.
import { describe, expect, test } from 'vitest';
import { EVENT_REASONS, REQUEST_REASONS } from '../../sdk/event.ts';
import {
  BOUNDS,
  OTHERS,
  originOf,
  REFUSAL_REASONS,
  type Refused,
  says,
  Tally,
} from '../../worker/collect/tally.ts';

const refused = (fields: Partial<Refused> = {}): Refused => ({
  store: 1,
  named: '',
  reason: 'bot',
  origin: 'https://shop.example',
  first: 1,
  last: 1,
  count: 1,
  ...fields,
});

describe('a tally', () => {
  test('adds up what is alike, and is empty once it was taken', () => {
    const tally = new Tally();
    tally.note(refused());
    tally.note(refused({ first: 5, last: 5, count: 50 }));
    tally.note(refused({ reason: 'too_old' }));
    expect(tally.take()).toEqual([refused({ last: 5, count: 51 }), refused({ reason: 'too_old' })]);
    expect(tally.take()).toEqual([]);
  });

  test('folds the origins that are too many, and keeps the reasons and the count', () => {
    const tally = new Tally();
    for (let n = 0; n < 1_000; n++)
      tally.note(refused({ reason: 'foreign_origin', origin: `https://${n}.example` }));
    tally.note(refused({ reason: 'bot' }));
    // One that is there already is still counted by itself.
    tally.note(refused({ reason: 'foreign_origin', origin: 'https://0.example' }));
    const rows = tally.take();
    expect(rows).toHaveLength(BOUNDS.store + 2);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(1_002);
    expect(rows[0]).toMatchObject({ origin: 'https://0.example', count: 2 });
    expect(rows.slice(BOUNDS.store)).toMatchObject([
      { reason: 'foreign_origin', origin: OTHERS, count: 1_000 - BOUNDS.store },
      { reason: 'bot', origin: OTHERS, count: 1 },
    ]);
  });

  test('keeps of an unknown store only what is shaped as our ids are', () => {
    const tally = new Tally();
    for (const named of ['st_0000000000', 'Anna Schmidt', 'anna@shop.example', '48-29-13'])
      tally.note(refused({ store: 0, named, reason: 'unknown_store' }));
    expect(tally.take().map(({ named, count }) => [named, count])).toEqual([
      ['st_0000000000', 1],
      [OTHERS, 3],
    ]);
  });

  test('folds the unknown stores that are too many, and does not keep long names', () => {
    const tally = new Tally();
    for (let n = 0; n < 1_000; n++)
      tally.note(refused({ store: 0, named: `st_${n}`.padEnd(200, 'x'), reason: 'unknown_store' }));
    const rows = tally.take();
    expect(rows).toHaveLength(BOUNDS.unknown + 1);
    expect(rows.at(-1)).toMatchObject({ named: OTHERS, origin: OTHERS, count: 1_000 - BOUNDS.unknown });
    for (const { named } of rows) expect(named.length).toBeLessThanOrEqual(BOUNDS.id);
  });

  test('does not grow with the number of stores', () => {
    const tally = new Tally();
    for (let store = 1; store <= 2 * BOUNDS.stores; store++) tally.note(refused({ store }));
    expect(tally.take()).toHaveLength(BOUNDS.stores);
  });
});

test.each([
  [null, ''],
  ['null', ''],
  ['', ''],
  ['shop.example', ''],
  ['https://shop.example', 'https://shop.example'],
  ['https://shop.example/cart?email=jane@shop.example#x', 'https://shop.example'],
  ['https://jane:secret@shop.example', 'https://shop.example'],
  ['http://localhost:8788', 'http://localhost:8788'],
  ['chrome-extension://abcdefgh', ''],
  ['file:///home/jane', ''],
  [`https://${'a'.repeat(60)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.example`, ''],
])('of %s is kept: %s', (header, origin) => expect(originOf(header)).toBe(origin));

test('every reason of the contract has its words here, and dropping has some of its own', () => {
  expect(REFUSAL_REASONS).toEqual([
    ...Object.keys(EVENT_REASONS),
    ...Object.keys(REQUEST_REASONS),
    'dropped',
  ]);
  expect(says('bot')).toBe(EVENT_REASONS.bot);
  expect(says('foreign_origin')).toBe(REQUEST_REASONS.foreign_origin.says);
  for (const reason of REFUSAL_REASONS) expect(says(reason)).toMatch(/\S/);
});
