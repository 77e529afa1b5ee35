// GET /v1/metrics with rest=true: each row beside all others, of the digits that the answer itself has.
import { expect, test } from 'vitest';
import { RATE_NAMES } from '../../worker/metrics/question.ts';
import { act, PERIOD } from './acts.ts';
import { createStore, fetchWorker, importEvents, metrics, ORIGIN, operator, queryOf } from './shop.ts';

const FROM = {
  email: '?utm_source=letter&utm_medium=email',
  paid: '?utm_source=google&utm_medium=cpc',
  direct: '',
};

/** Visitors who came one way, of whom some order. */
const came = (by: keyof typeof FROM, visitors: number, buyers: number) =>
  Array.from({ length: visitors }, (_, n) => [
    act(`${by}${n}`, 'visit', n, { url: `${ORIGIN}/${FROM[by]}` }),
    ...(n < buyers ? [act(`${by}${n}`, 'order', n + 1)] : []),
  ]).flat();

async function shop() {
  const { id } = await createStore();
  // An order of nobody known belongs to no channel's visitors.
  const apart = { ...act('server', 'order', 0), visitor: undefined, visit: undefined, id: 'order:apart' };
  const events = [...came('email', 60, 30), ...came('paid', 120, 12), ...came('direct', 20, 4), apart];
  expect(await importEvents(id, events)).toMatchObject({ accepted: events.length });
  return id;
}

test('rows and their rest are the total, and verdicts follow', async () => {
  const store = await shop();
  for (const scope of ['visitor', 'visit']) {
    const answer = await metrics(store, { ...PERIOD, scope, by: 'channel', rest: 'true' });
    const rows = answer.rows ?? [];
    expect(rows.map(({ key, against_rest }) => [key, against_rest?.visit_to_order_rate.verdict])).toEqual([
      ['paid_search', 'lower'],
      ['email', 'higher'],
      ['direct', 'too_little_data'],
      ['unattributed', 'too_little_data'],
    ]);
    for (const { rates, against_rest } of rows)
      for (const name of RATE_NAMES) {
        const [total, row, beside] = [answer.rates[name], rates[name], against_rest?.[name]];
        expect(row.numerator + (beside?.rest.numerator ?? 0)).toBe(total.numerator);
        expect(row.denominator + (beside?.rest.denominator ?? 0)).toBe(total.denominator);
        expect(beside?.difference).toBe(
          row.value === null || beside?.rest.value == null ? null : row.value - beside.rest.value,
        );
      }
  }
});

test('the other period has its own rest, and without being asked nobody has', async () => {
  const store = await shop();
  const asked = { ...PERIOD, by: 'channel', compare: 'previous' };
  const answer = await metrics(store, { ...asked, rest: 'true' });
  const plain = await metrics(store, asked);
  expect(plain.rows?.[0]).not.toHaveProperty('against_rest');
  const without = answer.rows?.map(({ against_rest, ...row }) => row);
  expect({ ...answer, rows: without }).toEqual(plain);
  expect(answer.comparison?.rows).toEqual([]);
});

test('as CSV they are columns', async () => {
  const query = queryOf(await shop(), { ...PERIOD, by: 'channel', rest: 'true', format: 'csv' });
  const text = await (await fetchWorker(`/v1/metrics?${query}`, { headers: operator() })).text();
  const [head, first] = text.split('\r\n').map((line) => line.split(','));
  expect(first?.[head?.indexOf('against_rest.visit_to_order_rate.verdict') ?? -1]).toBe('lower');
});

test.each([{}, { by: 'day' }, { by: 'hour' }])('of %j there is no rest', async (by) => {
  const query = queryOf((await createStore()).id, { ...PERIOD, ...by, rest: 'true' });
  const response = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
  expect(await response.json()).toMatchObject({ status: 422, code: 'invalid_parameter', parameter: 'rest' });
});
