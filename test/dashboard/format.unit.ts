// Numbers, money and days are written as each language writes them, and never rounded into a lie.
import { describe, expect, test } from 'vitest';
import { digitsOf, makeFormat } from '../../dashboard/format.ts';
import { totalsOf } from '../../worker/metrics/totals.ts';

const en = makeFormat('en');
const zh = makeFormat('zh-CN');
/** Intl puts kinds of space where it likes; the text is what matters. */
const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

describe('shares', () => {
  test.each([
    [0, '0.00%'],
    [0.1547, '15.47%'],
    [1, '100.00%'],
    [0.000_001, '<0.01%'],
    [0.0001, '0.01%'],
  ])('%d is %s', (value, text) => {
    expect(en.percent(value)).toBe(text);
    expect(zh.percent(value)).toBe(text);
  });

  test('differences are in points', () => {
    expect(en.points(-0.0024)).toBe('0.24');
    expect(en.points(0.1)).toBe('10.00');
  });
});

describe('money', () => {
  test.each([
    [4999, 'USD', 2, '$49.99', 'US$49.99'],
    [4999, 'CNY', 2, '¥49.99', '¥49.99'],
    [4999, 'JPY', 0, '¥4,999', '¥4,999'],
    [4999, 'KWD', 3, 'KWD 4.999', 'KWD 4.999'],
    [-250, 'EUR', 2, '-€2.50', '-€2.50'],
    // An average holds fractions of a minor unit.
    [18_943.67, 'CNY', 2, '¥189.44', '¥189.44'],
  ])('%d %s of %d digits', (minor, currency, digits, english) => {
    expect(plain(en.money(minor, currency, digits))).toBe(english);
  });
});

describe('minor-unit digits', () => {
  const nothing = {
    totals: totalsOf({ units: undefined, orders: [], payers: 0 }, { currency: 'JPY', exchangeRates: null }),
  };
  const money = { currency: 'JPY', digits: 0, orders: 1, order_value: 1, gross: 1, refunded: 0, net: 1 };
  const averages = { average_order_value: 1, paid_per_buyer: 1, revenue_per_visitor: null };
  const sold = { totals: { money: [{ ...money, ...averages, currency: 'CNY', digits: 2 }] } };
  test.each([
    ['where nothing was sold', nothing, 'JPY', 0],
    ['where nothing was sold', nothing, 'USD', 2],
    ['where nothing was sold', nothing, 'KWD', 3],
    ['where other currencies were sold', sold, 'JPY', 0],
    ['as the answer counts them', { totals: { money: [{ ...money, ...averages, digits: 4 }] } }, 'JPY', 4],
  ])('%s', (_, answer, currency, digits) => {
    expect(digitsOf(answer, currency)).toBe(digits);
  });
});

describe('days', () => {
  test('a period names both its ends, a day only itself', () => {
    expect(plain(en.days({ from: '2026-11-16', to: '2026-11-22' }))).toBe('Nov 16 – 22, 2026');
    expect(plain(en.days({ from: '2026-11-22', to: '2026-11-22' }))).toBe('Nov 22, 2026');
    expect(plain(en.days({ from: '2025-12-30', to: '2026-01-02' }))).toBe('Dec 30, 2025 – Jan 2, 2026');
    expect(zh.day('2026-11-22')).toBe('11月22日');
  });
});

describe('how long ago', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  test.each([
    [0, 'now', '现在'],
    [42_000, '42 seconds ago', '42秒钟前'],
    [5 * 60_000, '5 minutes ago', '5分钟前'],
    [3 * 3_600_000, '3 hours ago', '3小时前'],
    [24 * 3_600_000, 'yesterday', '昨天'],
  ])('%d ms', (gap, english, chinese) => {
    expect(en.ago(now - gap, now)).toBe(english);
    expect(zh.ago(now - gap, now)).toBe(chinese);
  });
});

test('countries have names, codes of none stay', () => {
  expect(en.country('CN')).toBe('China');
  expect(zh.country('DE')).toBe('德国');
  expect(en.country('not a code')).toBe('not a code');
});

describe('how long something took', () => {
  test.each([
    [0, '1 second', '1秒钟'],
    [89_000, '89 seconds', '89秒钟'],
    [20 * 60_000, '20 minutes', '20分钟'],
    [89 * 60_000, '89 minutes', '89分钟'],
    [90 * 60_000, '2 hours', '2小时'],
    [35 * 3_600_000, '35 hours', '35小时'],
    [6.4 * 86_400_000, '6 days', '6天'],
  ])('%d ms', (ms, english, chinese) => {
    expect(plain(en.duration(ms))).toBe(english);
    expect(plain(zh.duration(ms)).replace(' ', '')).toBe(chinese);
  });
});

test('an hour is written by the store’s own clocks', () => {
  expect(plain(makeFormat('en-US').hour('2026-11-24T13:00+08:00'))).toBe('1:00 PM');
  expect(plain(zh.hour('2026-11-24T13:00+08:00'))).toBe('13:00');
});
