// GET /v1/bottleneck from events to answer: the figures of the metrics endpoint, the channel, and the time a step takes.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../worker/api/schemas.ts';
import type { BottleneckAnswer } from '../../worker/metrics/bottleneck-question.ts';
import { DAY, MINUTE, NOON } from './acts.ts';
import { ask, createStore, fetchWorker, importEvents, metrics, ORIGIN, operator, queryOf } from './shop.ts';

const NOW = { from: '2026-05-10', to: '2026-05-10' };
let store: string;

/** Somebody who comes on a day, asks or not, and buys some minutes later or not. */
function journey(n: number, day: number, social: boolean, asks: boolean, buysAfter: number | null) {
  const [visitor, at] = [`v${day}x${n}`, NOON + day * DAY + n];
  const common = { visitor, visit: `${visitor}w` };
  let made = 0;
  const act = (type: string, minutes: number, fields: object = {}) => ({
    ...common,
    ...{ id: `${visitor}w.${made++}`, type, at: at + minutes * MINUTE },
    ...fields,
  });
  const sale = { order: `of-${visitor}`, value: 20, currency: 'USD' };
  return [
    act('visit', 0, { url: `${ORIGIN}/${social ? '?utm_source=facebook&utm_medium=cpc' : ''}` }),
    act('visit', 1, { url: `${ORIGIN}/tea` }),
    ...(asks ? [act('inquiry', 2)] : []),
    ...(buysAfter === null ? [] : [act('order', buysAfter, sale), act('payment', buysAfter + 3, sale)]),
  ];
}

beforeAll(async () => {
  ({ id: store } = await createStore());
  // On both days 60 by e-mail and 60 by ads; half of each ask. Of those who asked half bought; now none of the ads'.
  for (const day of [-1, 0])
    await importEvents(
      store,
      Array.from({ length: 120 }, (_, n) => {
        const [social, asks] = [n % 2 === 0, n % 4 < 2];
        const buys = n % 8 < 4 && !(asks && social && day === 0);
        return journey(n, day, social, asks, buys ? (asks ? 2 + 10 + (n % 3) * 10 : 45) : null);
      }).flat(),
    );
});

const bottleneck = (question: Record<string, string> = {}) =>
  ask<BottleneckAnswer>('GET', `/v1/bottleneck?${queryOf(store, { ...NOW, ...question })}`);

describe('the step that costs most', () => {
  test('is named with its channel, and with what it cost by the figures of the metrics endpoint', async () => {
    const answer = await bottleneck();
    const { totals, rates, comparison } = await metrics(store, { ...NOW, compare: 'previous' });
    expect(answer.verdict).toBe('worse');
    expect(answer.comparison).toEqual(comparison?.period);
    const step = answer.steps.find((one) => one.step === 'consulting_buyers');
    expect(step?.rate).toEqual(rates.consult_conversion);
    expect(step?.before).toEqual(comparison?.rates.consult_conversion);
    const worth = (totals.money[0]?.gross ?? 0) / totals.buyers;
    const lost = ((step?.before.value ?? 0) - (step?.rate.value ?? 0)) * totals.consulting_visitors * worth;
    expect(answer.bottleneck).toMatchObject({
      ...{ step: 'consulting_buyers', lost: Math.round(lost) },
      channel: { key: 'paid_social', rate: { numerator: 0 }, lost: Math.round(lost) },
    });
  });

  test('is timed: who bought after asking did so after 10, 20 or 30 minutes', async () => {
    expect((await bottleneck()).bottleneck?.median_ms).toBe(20 * MINUTE);
  });

  test('is that of the visits, where visits are counted', async () => {
    expect((await bottleneck({ scope: 'visit' })).bottleneck).toMatchObject({
      ...{ step: 'consulting_buyers', median_ms: 20 * MINUTE },
    });
  });

  test('is looked for among what passes the filter, where one channel is no channel to name', async () => {
    const filtered = await bottleneck({ 'filter[channel]': 'paid_social' });
    expect(filtered.bottleneck).toMatchObject({ step: 'consulting_buyers', channel: null });
    expect((await bottleneck({ 'filter[channel]': 'direct' })).bottleneck).toBeNull();
  });

  test('needs something to be held against', async () => {
    expect(await bottleneck({ compare: 'year' })).toMatchObject({ verdict: 'too_little', bottleneck: null });
  });
});

test('who buys in silence is timed without those who asked', async () => {
  const { id } = await createStore();
  // Yesterday all bought within 5 minutes; today half, after 45, and those who asked after 200.
  await importEvents(
    id,
    [-1, 0].flatMap((day) =>
      Array.from({ length: 80 }, (_, n) => {
        const asks = n % 4 === 0;
        const buys = day < 0 || asks || n % 4 === 1;
        return journey(n, day, false, asks, buys ? (day < 0 ? 5 : asks ? 200 : 45) : null);
      }).flat(),
    ),
  );
  const answer = await ask<BottleneckAnswer>('GET', `/v1/bottleneck?${queryOf(id, NOW)}`);
  expect(answer.bottleneck).toMatchObject({ step: 'silent_buyers', median_ms: 45 * MINUTE });
});

test('as CSV it has a line for each step', async () => {
  const path = `/v1/bottleneck?${queryOf(store, { ...NOW, format: 'csv' })}`;
  const lines = (await (await fetchWorker(path, { headers: operator() })).text()).trim().split('\r\n');
  expect(lines[0]).toMatch(/^step,rate\.value,.*,before\.value,.*,lost,significant$/);
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(
    (await bottleneck()).steps.map(({ step }) => step),
  );
});

test.each([
  ['by', 'channel', 'unknown_parameter'],
  ['money', 'order', 'unknown_parameter'],
  ['compare', 'none', 'invalid_parameter'],
])('%s=%s is refused', async (name, value, code) => {
  const path = `/v1/bottleneck?${queryOf(store, { ...NOW, [name]: value })}`;
  const answer = await fetchWorker(path, { headers: operator() });
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([422, code]);
});
