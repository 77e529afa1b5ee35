// Pitfalls of sales: reloaded thank-you pages, empty order numbers, refunds.
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../sdk/event.ts';
import { createStore, importEvents, metrics, ORIGIN } from '../shop.ts';
import { act, DAY, keepClock, MAY, MINUTE, NOON, sale, send, shown, TODAY } from './shoppers.ts';

keepClock();

describe('the thank-you page', () => {
  const thanks = (at: number) => act('visit', 'w1', at, { url: `${ORIGIN}/thanks` });
  const bought = [thanks(NOON), sale('order', 'w1', NOON, 'A-1'), sale('payment', 'w1', NOON, 'A-1')];
  const again = (id: string, visit: string, at: number) => [
    sale('order', visit, at, 'A-1', { id: `${id}o` }),
    sale('payment', visit, at, 'A-1', { id: `${id}p` }),
  ];
  test.each<[string, object[], Partial<Answer>]>([
    ['reloaded, under the same ids', bought.slice(1), { accepted: 0, duplicate: 2 }],
    ['reloaded, under other ids', again('w1.9', 'w1', NOON + MINUTE), { accepted: 2 }],
    ['opened in a second tab', again('w2.9', 'w2', NOON + 2 * MINUTE), { accepted: 2 }],
    ['reopened the next day', again('w3.9', 'w3', NOON + DAY), { accepted: 2 }],
    [
      'reopened, with another amount',
      again('w4.9', 'w4', NOON + DAY).map((one) => ({ ...one, value: 7 })),
      {},
    ],
  ])('%s counts once', async (_, second, answer) => {
    const store = await createStore();
    await send(store.id, 'ann', bought);
    expect(await send(store.id, 'ann', second)).toMatchObject(answer);
    const { totals, rates } = await metrics(store.id, MAY);
    expect(totals).toMatchObject({ buyers: 1, paying_visitors: 1, orders: 1, paid_orders: 1 });
    expect(totals.money).toMatchObject([{ orders: 1, order_value: 4999, gross: 4999, net: 4999 }]);
    expect(rates.payment_rate).toMatchObject({ numerator: 1, denominator: 1 });
    // The day of the sale is the first one's, whatever came after.
    const byDay = await metrics(store.id, { from: '2026-05-10', to: '2026-05-11', by: 'day' });
    expect(shown(byDay, 'orders', 'paying_visitors')).toEqual([
      ['2026-05-10', 1, 1],
      ['2026-05-11', 0, 0],
    ]);
  });

  test.each([
    ['empty', ''],
    ['blank', '   '],
    ['missing', undefined],
  ])(
    'with an %s order number is refused with the reason, and two such orders are not one',
    async (_, order) => {
      const store = await createStore();
      const events = ['w1.1', 'w1.2'].map((id) => ({ ...sale('order', 'w1', NOON, 'A-1'), id, order }));
      const refused = ['w1.1', 'w1.2'].map((id) => ({ id, reason: 'missing_order' }));
      expect(await send(store.id, 'ann', events)).toEqual({ accepted: 0, duplicate: 0, rejected: refused });
      const imported = await importEvents(
        store.id,
        events.map((event) => ({ ...event, visitor: 'ann' })),
      );
      expect(imported).toEqual({ accepted: 0, duplicate: 0, rejected: refused });
      expect((await metrics(store.id, MAY)).totals).toMatchObject({ visitors: 0, orders: 0, money: [] });
    },
  );
});

describe('refunds', () => {
  const order = sale('order', 'w1', NOON, 'A-1', { value: 100 });
  const payment = sale('payment', 'w1', NOON + MINUTE, 'A-1', { value: 100 });
  const refund = (id: string, value: number, fields: object = {}) =>
    sale('refund', 'w1', NOON + DAY, 'A-1', { id: `w1.${id}`, value, ...fields });
  test.each<[string, object[][], number, number]>([
    ['in part', [[order, payment], [refund('r1', 30)]], 10_000, 3_000],
    ['in two parts', [[order, payment], [refund('r1', 30)], [refund('r2', 20)]], 10_000, 5_000],
    ['sent twice under one id', [[order, payment], [refund('r1', 30)], [refund('r1', 30)]], 10_000, 3_000],
    ['of all', [[order, payment, refund('r1', 100)]], 10_000, 10_000],
    [
      'of more than was paid',
      [
        [order, payment],
        [refund('r1', 80), refund('r2', 80)],
      ],
      10_000,
      10_000,
    ],
    ['that arrives before the payment', [[order], [refund('r1', 30)], [payment]], 10_000, 3_000],
    ['that arrives before the order', [[refund('r1', 30)], [payment], [order]], 10_000, 3_000],
    ['of what was not paid', [[order], [refund('r1', 30)]], 0, 0],
    ['in another currency', [[order, payment], [refund('r1', 30, { currency: 'EUR' })]], 10_000, 0],
    [
      'in two currencies',
      [
        [order, payment],
        [refund('r1', 30, { currency: 'EUR' }), refund('r2', 10)],
      ],
      10_000,
      1_000,
    ],
    [
      'of less than was ordered, as less was paid',
      [[order], [{ ...payment, value: 60 }], [refund('r1', 80)]],
      6_000,
      6_000,
    ],
  ])('%s never leave less than nothing', async (_, requests, gross, refunded) => {
    const store = await createStore();
    for (const events of requests) await send(store.id, 'ann', events);
    const { totals, rates } = await metrics(store.id, TODAY);
    expect(totals.money).toMatchObject([
      { currency: 'USD', orders: 1, order_value: 10_000, gross, refunded, net: gross - refunded },
    ]);
    expect(totals.money[0]?.net).toBeGreaterThanOrEqual(0);
    expect(totals.money[0]?.average_order_value).toBe(10_000);
    // Whoever gets money back has bought all the same.
    expect(totals).toMatchObject({ buyers: 1, orders: 1, paid_orders: gross > 0 ? 1 : 0 });
    expect(rates.visit_to_order_rate.value).toBe(1);
  });
});
