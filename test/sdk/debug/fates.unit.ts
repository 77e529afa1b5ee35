// The words of the console: every fate and cause, in both languages.
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../../sdk/debug/causes.ts';
import { causeLine, fateLine, fatesOf, type Told } from '../../../sdk/debug/fates.ts';
import { REASONS } from '../../../sdk/debug/reasons.zh-CN.ts';
import { type Batch, EVENT_REASONS, REQUEST_REASONS } from '../../../sdk/event.ts';

const VISIT = { id: 'v.1', type: 'visit', visit: 'v', at: 1, url: 'https://shop.example/' };
const ORDER = { id: 'order:A-1', type: 'order', visit: 'v', at: 2, order: 'A-1', value: 1, currency: 'USD' };
const batch = { v: 1, store: 'st_1', visitor: 'x', sent: 3, events: [VISIT, ORDER] } as unknown as Batch;

const VISITED = 'Tundish: visit https://shop.example/:';
const ORDERED = 'Tundish: order A-1:';
const both = (fate: string) => [`${VISITED} ${fate}`, `${ORDERED} ${fate}`];

const answer = (accepted: number, duplicate: number, rejected: object[] = []) =>
  JSON.stringify({ accepted, duplicate, rejected });
const problem = (code: keyof typeof REQUEST_REASONS) =>
  JSON.stringify({ code, detail: REQUEST_REASONS[code].says });

const rows: [name: string, status: number, text: string, after: string | null, told: Told][] = [
  ['both are kept', 200, answer(2, 0), null, { lines: both('kept.'), fine: true }],
  [
    'both had come before',
    200,
    answer(0, 2),
    null,
    { lines: both('had come before; it counts once.'), fine: true },
  ],
  [
    'one had come before, and the answer does not say which',
    200,
    answer(1, 1),
    null,
    { lines: both('kept, or had come before, as 1 of these 2 had.'), fine: true },
  ],
  [
    'one is refused, and the other had come before',
    200,
    answer(0, 1, [{ id: 'order:A-1', reason: 'invalid_currency' }]),
    null,
    {
      lines: [
        `${VISITED} had come before; it counts once.`,
        `${ORDERED} refused, invalid_currency: ${EVENT_REASONS.invalid_currency}`,
      ],
      fine: false,
    },
  ],
  [
    'a robot',
    200,
    answer(
      0,
      0,
      [VISIT, ORDER].map(({ id }) => ({ id, reason: 'bot' })),
    ),
    null,
    { lines: both(`refused, bot: ${EVENT_REASONS.bot}`), fine: false, cause: 'bot' },
  ],
  ...(['unknown_store', 'foreign_origin'] as const).map((code): (typeof rows)[number] => [
    `the whole request is refused: ${code}`,
    REQUEST_REASONS[code].status,
    problem(code),
    null,
    { lines: both(`refused, ${code}: ${REQUEST_REASONS[code].says}`), fine: false, cause: code },
  ]),
  [
    'refused for what nobody set wrong',
    413,
    problem('too_large'),
    null,
    { lines: both(`refused, too_large: ${REQUEST_REASONS.too_large.says}`), fine: false },
  ],
  [
    'refused by something that gives no reason',
    404,
    '<h1>Not found</h1>',
    null,
    { lines: both('refused, 404: '), fine: false },
  ],
  [
    'busy, with a time to wait',
    503,
    problem('unavailable'),
    '30',
    {
      lines: both('waiting; the answer was 503. It is sent again in 30 s at the earliest.'),
      fine: false,
    },
  ],
  [
    'too many requests, without a time to wait',
    429,
    '',
    null,
    { lines: both('waiting; the answer was 429. It is sent again after a pause.'), fine: false },
  ],
  [
    'the page of a network that wants a login',
    200,
    '<h1>Welcome to the hotel</h1>',
    null,
    {
      lines: both(
        'waiting; something else answered in the collector’s place (200). It is sent again after a pause.',
      ),
      fine: false,
    },
  ],
];

test.each(rows)('%s', (_, status, text, after, told) => {
  expect(fatesOf('en', batch, { status, text, after })).toEqual(told);
});

test.each([
  [{ type: 'visit', url: 'https://shop.example/' }, 'visit https://shop.example/'],
  [{ type: 'order', order: 'A-1', url: 'https://shop.example/' }, 'order A-1'],
  [{ type: 'inquiry', via: 'chat', url: 'https://shop.example/' }, 'inquiry chat'],
  [{ type: 'custom', name: 'size guide' }, 'custom size guide'],
  [{ type: 'cart', item: 'P-1' }, 'cart P-1'],
  [{ type: 'cart', url: 'https://shop.example/' }, 'cart'],
])('%o is called by what tells it from others', (event, called) => {
  expect(fateLine('en', event, 'held')).toBe(`Tundish: ${called}: held until there is consent.`);
});

describe('in Chinese', () => {
  test('an event’s reason and a request’s', () => {
    const rejected = [VISIT, ORDER].map(({ id }) => ({ id, reason: 'bot' }));
    expect(fatesOf('zh-CN', batch, { status: 200, text: answer(0, 0, rejected), after: null }).lines[1]).toBe(
      'Tundish: order A-1: 被拒绝，bot：发送者的 user agent 属于机器人；机器人不计入。',
    );
    expect(
      fatesOf('zh-CN', batch, { status: 404, text: problem('unknown_store'), after: null }).lines[1],
    ).toBe('Tundish: order A-1: 被拒绝，unknown_store：没有这个 ID 的店铺；请从控制台重新复制标签。');
  });

  test('every reason of the contract has its text, and the numbers in it', () => {
    const says = Object.entries(REQUEST_REASONS).map(([code, reason]) => [code, reason.says]);
    const english: Record<string, string> = { ...EVENT_REASONS, ...Object.fromEntries(says) };
    expect(Object.keys(REASONS).sort()).toEqual(Object.keys(english).sort());
    const numbers = (text = '') => text.match(/\d{2,}/g) ?? [];
    for (const [reason, text] of Object.entries(REASONS)) {
      expect([reason, text]).toEqual([reason, expect.stringMatching(/[\u4e00-\u9fff]/)]);
      expect([reason, numbers(text)]).toEqual([reason, numbers(english[reason])]);
    }
  });
});

describe('causes', () => {
  const known = { store: 'st_1', host: 'https://t.example', origin: 'https://shop.example' };
  const values = { ...known, url: 'https://t.example/t.chat.js', directive: 'connect-src', status: 200 };

  test.each(Object.entries(CAUSES))('%s knows the same in both languages', (_, texts) => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(places(texts['zh-CN'])).toEqual(places(texts.en));
    for (const place of places(texts.en)) expect(Object.keys(values)).toContain(place.slice(1, -1));
  });

  test('what the page knows is put in its place', () => {
    expect(causeLine('en', 'blocked_by_policy', { ...values, url: 'https://t.example/v1/events' })).toBe(
      'Tundish: The page’s Content-Security-Policy blocks https://t.example/v1/events: add https://t.example to its connect-src.',
    );
  });
});
