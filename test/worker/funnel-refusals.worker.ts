// What the funnel endpoints refuse, each with the parameter at fault and a sentence that says what to do.
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import { createStore, fetchWorker, operator, type Question, queryOf } from './shop.ts';

const PERIOD = { from: '2026-05-10', to: '2026-05-10' };

describe('what it refuses', () => {
  const steps = ['visit', 'order'];
  const funnels: [string, Question, string, RegExp, string?][] = [
    ['no steps', {}, 'steps', /2 to 8 steps/],
    ['one step', { steps: 'visit' }, 'steps', /2 to 8 steps/],
    ['nine steps', { steps: Array.from({ length: 9 }, () => 'visit') }, 'steps', /2 to 8 steps/],
    ['a step of no list', { steps: ['visit', 'purchase'] }, 'steps', /no step "purchase".*checkout/],
    ['attention as a step', { steps: ['visit', 'engaged'] }, 'steps', /no step "engaged"/],
    ['a custom step without a name', { steps: ['visit', 'custom:'] }, 'steps', /custom:NAME/],
    ['an order of no list', { steps, order: 'loose' }, 'order', /strict/],
    ['a window too short', { steps, window: '29m' }, 'window', /from 30m to 90d/],
    ['a window too long', { steps, window: '91d' }, 'window', /from 30m to 90d/],
    ['a window in weeks', { steps, window: '1w' }, 'window', /m, h or d/],
    ['half a window', { steps, window: '1.5h' }, 'window', /whole number/],
    ['a unit of no list', { steps, count: 'session' }, 'count', /visitor/],
    ['orders that visit', { steps, count: 'order' }, 'steps', /take out visit/],
    ['a grouping by time', { steps, by: 'day' }, 'by', /channel/],
    [
      'a filter of no dimension',
      { steps, 'filter[moon]': 'x' },
      'filter[moon]',
      /remove/,
      'unknown_parameter',
    ],
    ['an unknown parameter', { steps, scope: 'visit' }, 'scope', /remove/, 'unknown_parameter'],
    ['a parameter of the list', { steps, step: '1' }, 'step', /remove/, 'unknown_parameter'],
    ['a day that is none', { steps, from: '2026-02-30' }, 'from', /exists/],
    ['a period turned round', { steps, to: '2026-05-09' }, 'to', /before the first/],
    ['six years', { steps, from: '2020-01-01' }, 'from', /later first day/],
  ];
  const lists: typeof funnels = [
    ['no step', { steps }, 'step', /1 to 8/],
    ['step 0', { steps, step: '0' }, 'step', /1 to 8/],
    ['a step past the last', { steps, step: '3' }, 'step', /2 steps/],
    ['who left after the last step', { steps, step: '2', dropped: 'true' }, 'step', /earlier one/],
    ['neither true nor false', { steps, step: '1', dropped: 'yes' }, 'dropped', /true/],
    ['no limit at all', { steps, step: '1', limit: '0' }, 'limit', /1 to 500/],
    ['too many at once', { steps, step: '1', limit: '501' }, 'limit', /1 to 500/],
    ['half of one', { steps, step: '1', limit: '0.5' }, 'limit', /1 to 500/],
    ['a cursor that is none', { steps, step: '1', cursor: 'abc' }, 'cursor', /next/],
    ['a cursor of something else', { steps, step: '1', cursor: btoa('[1,2,3,4]') }, 'cursor', /next/],
    ['an empty cursor', { steps, step: '1', cursor: '' }, 'cursor', /next/],
    ['orders that visit, listed', { steps, step: '1', count: 'order' }, 'steps', /take out visit/],
  ];
  const refused = [['/v1/funnel', funnels] as const, ['/v1/funnel/visitors', lists] as const];
  test.each(
    refused.flatMap(([path, cases]) =>
      cases.map(([name, question, parameter, says, code]) => ({
        ...{ path, name, question, parameter, says },
        code: code ?? 'invalid_parameter',
      })),
    ),
  )('$path: $name', async ({ path, question, parameter, says, code }) => {
    const { id } = await createStore();
    const response = await fetchWorker(`${path}?${queryOf(id, { ...PERIOD, ...question })}`, {
      headers: operator(),
    });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await response.json<Problem>();
    expect(problem).toMatchObject({ code, parameter, status: 422 });
    expect(problem.detail).toMatch(says);
  });

  test.each(['/v1/funnel', '/v1/funnel/visitors'])('%s of nobody and of no store', async (path) => {
    const query = queryOf('st_0000000000', {
      ...PERIOD,
      steps,
      ...(path.endsWith('s') ? { step: '1' } : {}),
    });
    expect((await fetchWorker(`${path}?${query}`)).status).toBe(401);
    const response = await fetchWorker(`${path}?${query}`, { headers: operator() });
    expect(response.status).toBe(404);
    expect(await response.json<Problem>()).toMatchObject({ code: 'unknown_store', parameter: 'store' });
  });
});
