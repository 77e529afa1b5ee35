// What the metrics endpoint refuses, with the parameter at fault.
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import { PERIOD } from './acts.ts';
import { createStore, fetchWorker, operator } from './shop.ts';

describe('what it refuses', () => {
  const bad: [string, Record<string, string>, number, string, string | undefined][] = [
    ['an unknown parameter', { ...PERIOD, sort: 'up' }, 422, 'unknown_parameter', 'sort'],
    ['a day that is none', { from: '2026-02-30', to: '2026-03-01' }, 422, 'invalid_parameter', 'from'],
    ['a moment for a day', { from: '2026-05-10T00:00', to: '2026-05-10' }, 422, 'invalid_parameter', 'from'],
    ['no first day', { to: '2026-05-10' }, 422, 'invalid_parameter', 'from'],
    ['a period turned round', { from: '2026-05-11', to: '2026-05-10' }, 422, 'invalid_parameter', 'to'],
    ['six years', { from: '2020-01-01', to: '2026-05-10' }, 422, 'invalid_parameter', 'from'],
    ['a scope of no list', { ...PERIOD, scope: 'session' }, 422, 'invalid_parameter', 'scope'],
    ['a grouping of no list', { ...PERIOD, by: 'moon' }, 422, 'invalid_parameter', 'by'],
    [
      'a filter of no dimension',
      { ...PERIOD, 'filter[moon]': 'full' },
      422,
      'unknown_parameter',
      'filter[moon]',
    ],
    ['an unknown store', { ...PERIOD, store: 'st_0000000000' }, 404, 'unknown_store', 'store'],
  ];
  test.each(bad)('%s', async (_, question, status, code, parameter) => {
    const store = await createStore();
    const query = new URLSearchParams({ store: store.id, ...question });
    const response = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json<Problem>()).toMatchObject({ code, parameter, status });
  });
});
