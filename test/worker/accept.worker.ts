// What the collector takes: sent again, half sound, by a wrong clock, beside a forger.
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../sdk/event.ts';
import { ask, batch, createStore, fetchWorker, metrics, ORIGIN, pageView, post, sale } from './shop.ts';

describe('what the collector takes', () => {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);

  test('sending again is free', async () => {
    const store = await createStore();
    const body = batch(store.id, [pageView(), sale({ id: 'order:A-1' })]);
    expect(await (await post(body)).json()).toEqual({ accepted: 2, duplicate: 0, rejected: [] });
    expect(await (await post(body)).json()).toEqual({ accepted: 0, duplicate: 2, rejected: [] });
  });

  test('what is malformed but not essential is left out, and the order is kept', async () => {
    const store = await createStore();
    const answer = await (
      await post(
        batch(store.id, [
          sale({ url: 'nonsense', referrer: 5, engaged: 'long', method: 7, items: [{ price: 'x' }] }),
        ]),
      )
    ).json();
    expect(answer).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  });

  test.each([[1001], ['A 1001'], [' A-1 '], ['订单-7'], ["'; drop table orders; --"]])(
    'an order may be numbered %j',
    async (order) => {
      const store = await createStore();
      const answer = await (
        await post(batch(store.id, [sale({ id: `order:${String(order).trim()}`, order })]))
      ).json();
      expect(answer).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    },
  );

  test.each([
    ['another type', { ...pageView(), type: 'custom', name: 'x', id: 'order:A-1' }],
    ['another order', sale({ id: 'order:A-2' })],
    ['a payment', sale({ type: 'payment', id: 'order:A-1' })],
    ['a refund', sale({ type: 'refund', id: 'refund:A-1' })],
  ])('%s cannot take the id of a coming order', async (_, event) => {
    const store = await createStore();
    const taken = await (await post(batch(store.id, [event]))).json<Answer>();
    expect(taken.rejected).toMatchObject([{ reason: 'invalid_id' }]);
    const real = await (await post(batch(store.id, [sale({ id: 'order:A-1' })]))).json();
    expect(real).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  });

  test('an earlier claim under a foreign id moves nothing of a sale', async () => {
    const store = await createStore();
    const now = Date.now();
    const today = { from: day(now), to: day(now) };
    await post(
      batch(store.id, [pageView(), sale({ id: 'order:A-1' }), sale({ id: 'payment:A-1', type: 'payment' })]),
    );
    const before = await metrics(store.id, today);
    const forged = { visit: 'other', at: now - 5_000, value: 0.01, currency: 'JPY' };
    const sent = batch(
      store.id,
      [sale({ ...forged, id: 'x' }), sale({ ...forged, id: 'y', type: 'payment' })],
      'forger',
    );
    expect(await (await post(sent)).json()).toMatchObject({ accepted: 2 });
    const after = (await metrics(store.id, today)).totals;
    expect(after.money).toMatchObject(before.totals.money.map(({ revenue_per_visitor: _, ...rest }) => rest));
    expect(after).toMatchObject({ orders: 1, buyers: 1, paying_visitors: 1 });
  });

  test('an id that is its visit and a dot counts like any other', async () => {
    const store = await createStore();
    const now = Date.now();
    await post(batch(store.id, [pageView({ id: 'visit1.' })]));
    expect((await metrics(store.id, { from: day(now), to: day(now) })).totals.pages).toBe(1);
  });

  test.each([
    ['ten years ahead', 3650 * 86_400_000],
    ['ten years behind', -3650 * 86_400_000],
    ['an hour ahead', 3_600_000],
  ])('a clock %s is corrected by what it said when it sent', async (_, error) => {
    const store = await createStore();
    const now = Date.now();
    const wrong = now + error;
    const body = { ...batch(store.id, [pageView({ at: wrong - 1000 })]), sent: wrong };
    expect(await (await post(body)).json()).toMatchObject({ accepted: 1 });
    const answer = await metrics(store.id, { from: day(now - 86_400_000), to: day(now) });
    expect(answer.totals.visitors).toBe(1);
  });

  test.each([
    [1.005, 'USD', 101],
    [49.99, 'USD', 4999],
    [0.1 + 0.2, 'USD', 30],
    [1234.5, 'JPY', 1235],
    [1.2345, 'KWD', 1235],
    [0, 'USD', 0],
    [1e-9, 'USD', 0],
    [9_999_999_999.99, 'USD', 999_999_999_999],
  ])('%d %s is %d minor units', async (value, currency, minor) => {
    const store = await createStore();
    // A browser alone is not believed so much.
    await ask('PATCH', `/v1/stores/${store.id}`, { claim_limit: 1e15 });
    await post(batch(store.id, [sale({ value, currency })]));
    const today = day(Date.now());
    const { totals } = await metrics(store.id, { from: today, to: today });
    expect(totals.money[0]).toMatchObject({ currency, order_value: minor });
  });

  test('the preflight of a page that sends JSON is answered', async () => {
    const response = await fetchWorker('/v1/events', {
      method: 'OPTIONS',
      headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});
