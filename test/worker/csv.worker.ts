// CSV: by Accept or by format, digit for digit what JSON says, and nothing that a spreadsheet would run.

import { describe, expect, test } from 'vitest';
import { csvOf } from '../../worker/api/table.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { act, PERIOD } from './acts.ts';
import { parse } from './csv.ts';
import { createStore, fetchWorker, importEvents, ORIGIN, operator } from './shop.ts';

describe('cells', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+49 123', "'+49 123"],
    ['-2+3', "'-2+3"],
    ['@sum(a1)', "'@sum(a1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['＝1', "'＝1"],
    ['email', 'email'],
    ['a,b', 'a,b'],
    ['a "b"', 'a "b"'],
    ['two\nlines', 'two\nlines'],
    ['', ''],
    ['ok=1', 'ok=1'],
    [-500, '-500'],
    [-0.25, '-0.25'],
    [0, '0'],
    [1e21, '1e+21'],
    [0.1 + 0.2, '0.30000000000000004'],
    [true, 'true'],
    [false, 'false'],
    [null, ''],
  ])('%j is written as %j', (value, written) => {
    expect(parse(csvOf([{ a: value, b: 1 }]))).toEqual([{ a: written, b: '1' }]);
  });

  test('lines end as RFC 4180 says, and columns of all rows are there', () => {
    expect(csvOf([{ a: 1 }, { b: { c: [2, 3] } }])).toBe('a,b.c.0,b.c.1\r\n1,,\r\n,2,3\r\n');
    expect(csvOf([])).toBe('');
  });
});

describe('the form of an answer', () => {
  const read = async (query: string, accept?: string) =>
    fetchWorker(`/v1/metrics?${query}`, {
      headers: { ...operator(), ...(accept ? { accept } : {}) },
    });

  test.each([
    ['', undefined, 'application/json'],
    ['', '*/*', 'application/json'],
    ['', 'text/csv', 'text/csv'],
    ['', 'application/json;q=0.5, text/csv', 'text/csv'],
    ['', 'application/json, text/csv;q=0.5', 'application/json'],
    ['', 'text/html', 'application/json'],
    ['&format=csv', 'application/json', 'text/csv'],
    ['&format=json', 'text/csv', 'application/json'],
  ])('with "%s" and Accept %s is %s', async (format, accept, type) => {
    const { id } = await createStore();
    const query = `${new URLSearchParams({ store: id, ...PERIOD })}${format}`;
    expect((await read(query, accept)).headers.get('content-type')).toContain(type);
  });

  test('that does not exist is refused', async () => {
    const { id } = await createStore();
    const response = await read(`${new URLSearchParams({ store: id, ...PERIOD, format: 'xml' })}`);
    expect([response.status, (await response.json<{ parameter: string }>()).parameter]).toEqual([
      422,
      'format',
    ]);
  });
});

test('a campaign that is a formula is text in the spreadsheet, and each currency has its columns', async () => {
  const { id } = await createStore();
  await importEvents(id, [
    act('ann', 'visit', 0, { url: `${ORIGIN}/?utm_source=x&utm_medium=email&utm_campaign=%3DHYPERLINK(1)` }),
    act('ann', 'order', 1, { order: 'A', id: 'order:A' }),
    act('ann', 'order', 2, { order: 'B', id: 'order:B', currency: 'JPY', value: 900 }),
  ]);
  const query = new URLSearchParams({ store: id, ...PERIOD, by: 'campaign' });
  const answer = async (format: string) =>
    fetchWorker(`/v1/metrics?${query}&format=${format}`, { headers: operator() });
  const [row] = parse(await (await answer('csv')).text());
  const json = await (await answer('json')).json<MetricsAnswer>();
  expect(json.rows?.[0]?.key).toBe('=HYPERLINK(1)');
  expect(row).toMatchObject({
    key: "'=HYPERLINK(1)",
    visitors: '1',
    'consult_rate.value': '0',
    'consult_rate.ci.0': '0',
    'money.USD.order_value': '1000',
    'money.JPY.order_value': '900',
  });
});

test('a comparison follows, told apart by its days', async () => {
  const { id } = await createStore();
  const query = new URLSearchParams({ store: id, ...PERIOD, compare: 'previous', format: 'csv' });
  const rows = parse(await (await fetchWorker(`/v1/metrics?${query}`, { headers: operator() })).text());
  expect(rows.map(({ from, to }) => [from, to])).toEqual([
    ['2026-05-10', '2026-05-10'],
    ['2026-05-09', '2026-05-09'],
  ]);
});
