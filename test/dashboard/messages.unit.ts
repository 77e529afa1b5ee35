// Both languages are complete: the same placeholders, nothing empty, nothing left in English, nothing unused.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Text } from '../../dashboard/messages/en.ts';
import { fill } from '../../dashboard/messages/fill.ts';
import {
  type Language,
  LOADERS,
  type MessageKey,
  PARTS,
  type Texts,
} from '../../dashboard/messages/parts.ts';
import { EVENT_TYPES, INQUIRY_WAYS } from '../../sdk/event.ts';
import { CAUSES } from '../../worker/check/findings.ts';
import { DEVICES } from '../../worker/collect/device.ts';
import { CHANNELS } from '../../worker/collect/source/list.ts';
import { REFUSAL_REASONS } from '../../worker/collect/tally.ts';

const whole = async (language: Language): Promise<Texts> =>
  Object.assign({}, ...(await Promise.all(PARTS.map((part) => LOADERS[language][part]()))));
const en = await whole('en');
const zhCN = await whole('zh-CN');

const forms = (text: Text) => (typeof text === 'string' ? [text] : [text.one, text.other]);
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** Names, and words that Chinese pages leave as they are. */
const SAME_IN_BOTH: ReadonlySet<MessageKey> = new Set([
  'app.name',
  'rate.of',
  'rate.interval',
  'chart.at',
] as const);

/** A page's text around a key: `rate.${name}` stands for every key that begins and ends like it. */
const asPattern = (template: string) =>
  new RegExp(
    `^${template
      .split(/\$\{[^}]*\}/)
      .map((piece) => piece.replaceAll('.', '\\.'))
      .join('\\w+')}$`,
  );

test('every text is used somewhere', () => {
  const folder = fileURLToPath(new URL('../../dashboard', import.meta.url));
  const source = globSync('**/*.{ts,tsx}', { cwd: folder })
    .filter((path) => !/^messages\/(.*\/)?(en|zh-CN)\.ts$/.test(path))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
    .join('\n');
  const quoted = new Set([...source.matchAll(/['"]([\w.-]+)['"]/g)].map(([, text]) => text));
  // A template must name the group it takes its texts from.
  const patterns = [...source.matchAll(/`([a-z]+\.(?:[\w.-]|\$\{[^}`]*\})*)`/g)].map(([, text]) =>
    asPattern(text ?? ''),
  );
  const unused = Object.keys(en).filter(
    (key) => !quoted.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

describe.each(Object.keys(en) as MessageKey[])('%s', (key) => {
  const all = { en: forms(en[key]), 'zh-CN': forms(zhCN[key]) };

  test('is not empty, and asks for the same values', () => {
    for (const text of [...all.en, ...all['zh-CN']]) {
      expect(text.trim()).not.toBe('');
      expect(placeholders(text)).toEqual(placeholders(all.en[0] ?? ''));
    }
  });

  test('is Chinese in Chinese', () => {
    if (SAME_IN_BOTH.has(key)) return;
    for (const text of all['zh-CN']) {
      expect(text).toMatch(/[\p{Script=Han}。]/u);
      // What is left of Latin is names and code: none of it is a sentence.
      const rest = text.replace(/\{\w+\}|https?:\S+|\/v1\/\w+|<head>/g, '');
      expect(rest).not.toMatch(/[a-z]{2,}\s+[a-z]{2,}/i);
    }
  });
});

describe('the server’s words have names', () => {
  const keys = new Set(Object.keys(en));
  test.each(CHANNELS)('channel %s', (channel) => {
    expect(keys).toContain(`channel.${channel}`);
  });
  test.each(EVENT_TYPES)('event %s', (type) => {
    expect(keys).toContain(`event.${type}`);
  });
  test.each(DEVICES)('device %s', (device) => {
    expect(keys).toContain(`device.${device}`);
  });
  test.each(INQUIRY_WAYS)('way to ask %s', (way) => {
    expect(keys).toContain(`via.${way}`);
  });
  test.each(REFUSAL_REASONS)('reason %s', (reason) => {
    expect(keys).toContain(`reason.${reason}`);
  });
  test.each(CAUSES)('finding %s, and what to do about it', (cause) => {
    expect([...keys]).toEqual(expect.arrayContaining([`finding.${cause}`, `finding.${cause}.do`]));
  });
});

describe('the field’s own terms', () => {
  test.each<[MessageKey, string]>([
    ['rate.effective_entry_rate', '有效入店率'],
    ['rate.consult_rate', '咨询率'],
    ['rate.consult_conversion', '咨询转化率'],
    ['rate.silent_conversion', '静默转化率'],
    ['rate.visit_to_order_rate', '下单转化率'],
    ['rate.payment_rate', '订单支付率'],
    ['rate.deal_conversion', '成交转化率'],
    ['money.paid_per_buyer', '客单价'],
    ['funnel.visitor.effective', '有效访客'],
    ['funnel.visitor.consulting', '咨询访客'],
    ['funnel.visitor.silent', '静默访客'],
  ])('%s is %s', (key, term) => {
    expect(zhCN[key]).toBe(term);
  });
});

describe('filling', () => {
  test.each<[Text, Record<string, string | number>, string, string]>([
    ['{a} of {b}', { a: 1, b: 12_345 }, 'en', '1 of 12,345'],
    ['{a}', { a: '<b>{b}</b>', b: 1 }, 'en', '<b>{b}</b>'],
    ['{missing}', {}, 'en', '{missing}'],
    [{ one: '{n} order', other: '{n} orders' }, { n: 1 }, 'en', '1 order'],
    [{ one: '{n} order', other: '{n} orders' }, { n: 1_000 }, 'en', '1,000 orders'],
    [{ one: '一', other: '{n} 笔' }, { n: 1 }, 'zh-CN', '1 笔'],
  ])('%j with %j', (text, values, language, expected) => {
    expect(fill(text, values, language)).toBe(expected);
  });
});
