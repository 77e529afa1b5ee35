// What there is to group and filter by, from a bounded look at the visits.
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import type { DimensionsAnswer } from '../../worker/metrics/dimensions.ts';
import { LOOKED_AT } from '../../worker/store/values.ts';
import { act, DAY, NOON, PERIOD } from './acts.ts';
import { rowsRead } from './rows.ts';
import {
  ask,
  createStore,
  fetchWorker,
  importEvents,
  metrics,
  ORIGIN,
  operator,
  type Question,
  queryOf,
} from './shop.ts';

const get = <T>(path: string, store: string, question: Question = {}) =>
  ask<T>('GET', `${path}?${queryOf(store, question)}`);

describe('/v1/dimensions', () => {
  test('names what there is, with the values of the period, those of most visits first', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      act('ann', 'visit', 0, {
        url: `${ORIGIN}/a?utm_source=letter&utm_medium=email&utm_campaign=spring`,
        country: 'DE',
      }),
      act('bob', 'visit', 0, { url: `${ORIGIN}/b`, country: 'DE' }),
      act('cy', 'visit', 0, { url: `${ORIGIN}/b` }),
      { ...act('dee', 'visit', 0, { url: `${ORIGIN}/old` }), at: NOON - 40 * DAY },
    ]);
    const answer = await get<DimensionsAnswer>('/v1/dimensions', id, PERIOD);
    const valuesOf = (name: string) =>
      answer.dimensions.find((one) => one.name === name)?.values.map(({ value, visits }) => [value, visits]);
    expect(valuesOf('country')).toEqual([
      ['DE', 2],
      ['(none)', 1],
    ]);
    expect(valuesOf('campaign')).toEqual([
      ['(none)', 2],
      ['spring', 1],
    ]);
    expect(valuesOf('entry')).toEqual([
      ['/b', 2],
      ['/a', 1],
    ]);
    expect(valuesOf('visitor_kind')).toEqual([
      ['new', null],
      ['returning', null],
    ]);
    expect(answer.groupings).toContain('week');
    for (const { name, values } of answer.dimensions)
      for (const { value } of values) await metrics(id, { ...PERIOD, by: name, [`filter[${name}]`]: value });
  });

  test('by itself it is of the last thirty days; half a period is refused', async () => {
    const { id } = await createStore();
    expect((await get<DimensionsAnswer>('/v1/dimensions', id)).period).toMatchObject({
      days: 30,
      complete: false,
    });
    for (const [given, missing] of [
      ['from', 'to'],
      ['to', 'from'],
    ] as const) {
      const query = queryOf(id, { [given]: '2026-05-10' });
      const response = await fetchWorker(`/v1/dimensions?${query}`, { headers: operator() });
      expect([response.status, (await response.json<Problem>()).parameter]).toEqual([422, missing]);
    }
  });

  test('looks at so many visits and names so many values, and no more', { timeout: 60_000 }, async () => {
    const { id } = await createStore();
    const most = LOOKED_AT + 1_000;
    for (let n = 0; n < most; n += 2_750)
      await importEvents(
        id,
        Array.from({ length: 2_750 }, (_, k) =>
          act(`v${n + k}`, 'visit', k % 60, { url: `${ORIGIN}/p${(n + k) % 300}` }),
        ),
      );
    let answer: DimensionsAnswer | undefined;
    const read = await rowsRead(async () => {
      answer = await get<DimensionsAnswer>('/v1/dimensions', id, PERIOD);
    });
    const entry = answer?.dimensions.find(({ name }) => name === 'entry');
    expect([entry?.values.length, entry?.more]).toEqual([100, true]);
    const channel = answer?.dimensions.find(({ name }) => name === 'channel');
    expect(channel?.values).toEqual([{ value: 'direct', visits: LOOKED_AT }]);
    expect(read).toBeGreaterThanOrEqual(LOOKED_AT);
    expect(read).toBeLessThanOrEqual(LOOKED_AT + 10);
  });
});
