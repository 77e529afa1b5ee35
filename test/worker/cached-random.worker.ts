// A 304 is never wrong: whatever comes late to a random shop, who is told that nothing changed has what the answer is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GROUPINGS } from '../../worker/metrics/question.ts';
import { assertMeeting, runs } from '../effort.ts';
import {
  createStore,
  fetchWorker,
  importEvents,
  operator,
  type Question,
  queryOf,
  sealStore,
} from './shop.ts';
import { streams } from './streams.ts';

const DAY = 86_400_000;
const RUNS = runs(6, 60);

const asked = fc.record({
  path: fc.constantFrom(
    '/v1/metrics',
    '/v1/metrics',
    '/v1/metrics',
    '/v1/funnel',
    '/v1/funnel/visitors',
    '/v1/orders',
    '/v1/pages',
  ),
  first: fc.integer({ min: -4, max: 3 }),
  days: fc.integer({ min: 0, max: 6 }),
  scope: fc.constantFrom('visitor', 'visit'),
  money: fc.constantFrom('order', 'payment'),
  by: fc.constantFrom(undefined, ...GROUPINGS),
  filter: fc.constantFrom(undefined, 'channel', 'device', 'entry', 'visitor_kind'),
  compare: fc.constantFrom(undefined, undefined, 'previous'),
  window: fc.constantFrom('30m', '1d', '7d'),
});

/** What each route takes of it. */
function questionOf(
  {
    path,
    first,
    days,
    scope,
    money,
    by,
    filter,
    compare,
    window,
  }: typeof asked extends fc.Arbitrary<infer T> ? T : never,
  around: number,
): Question {
  const date = (n: number) => new Date(around + n * DAY).toISOString().slice(0, 10);
  const value = { channel: 'email', device: 'mobile', entry: '/p1', visitor_kind: 'returning' };
  const period = {
    ...{ from: date(first), to: date(first + days) },
    ...(filter ? { [`filter[${filter}]`]: value[filter as keyof typeof value] } : {}),
  };
  if (path === '/v1/orders') return period;
  if (path === '/v1/pages') return { ...period, scope };
  if (path === '/v1/metrics')
    return { ...period, scope, money, ...(by ? { by } : {}), ...(compare ? { compare } : {}) };
  return {
    ...period,
    window,
    steps: ['visit', 'order'],
    ...(path.endsWith('visitors') ? { step: '1' } : {}),
  };
}

test('after late events, sealed again or not', { timeout: 90_000 }, async () => {
  let [right, renewed] = [0, 0];
  await assertMeeting(
    fc.asyncProperty(
      streams,
      fc.array(asked, { minLength: 4, maxLength: 8 }),
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      async ({ timezone, around, events }, questions, late, again) => {
        const { id } = await createStore({ timezone });
        const before = events.length - Math.min(late, events.length - 1);
        await importEvents(id, events.slice(0, before));
        await sealStore(id);
        const get = (question: (typeof questions)[number], etag?: string) =>
          fetchWorker(`${question.path}?${queryOf(id, questionOf(question, around))}`, {
            headers: { ...operator(), ...(etag ? { 'if-none-match': etag } : {}) },
          });
        const kept = await Promise.all(
          questions.map(async (question) => {
            const response = await get(question);
            return { question, etag: response.headers.get('etag') ?? '', text: await response.text() };
          }),
        );
        if (before < events.length) await importEvents(id, events.slice(before));
        if (again) await sealStore(id);
        for (const { question, etag, text } of kept) {
          expect(etag).toMatch(/^"/);
          const { status } = await get(question, etag);
          if (status === 200) renewed++;
          else {
            right++;
            expect(await (await get(question)).text()).toBe(text);
          }
        }
      },
    ),
    RUNS,
    // Both happen often, or this says little.
    () => right > RUNS && renewed > RUNS,
  );
});
