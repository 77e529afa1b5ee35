// Money at the metrics endpoint: currencies, refunds, and what dates an amount.
import { describe, expect, test } from 'vitest';
import { act, DAY, NOON, PERIOD } from './acts.ts';
import { createStore, importEvents, metrics, sealStore } from './shop.ts';

describe('money', () => {
  test('refunds never make an order negative, and currencies are never added', async () => {
    const store = await createStore();
    const sale = (id: string, type: string, order: string, value: number, currency: string) => ({
      ...act('ann', type, 1, { id, order, value, currency }),
    });
    await importEvents(store.id, [
      sale('a', 'order', '1', 100, 'USD'),
      sale('b', 'payment', '1', 100, 'USD'),
      sale('c', 'refund', '1', 80, 'USD'),
      sale('d', 'refund', '1', 80, 'USD'),
      sale('e', 'order', '2', 5000, 'JPY'),
      sale('f', 'payment', '2', 5000, 'JPY'),
      sale('g', 'order', '3', 40, 'USD'),
    ]);
    const { money } = (await metrics(store.id, PERIOD)).totals;
    expect(money).toEqual([
      {
        currency: 'USD',
        digits: 2,
        orders: 2,
        order_value: 14_000,
        gross: 10_000,
        refunded: 10_000,
        net: 0,
        average_order_value: 7_000,
        paid_per_buyer: 10_000,
        revenue_per_visitor: 10_000,
      },
      {
        currency: 'JPY',
        digits: 0,
        orders: 1,
        order_value: 5_000,
        gross: 5_000,
        refunded: 0,
        net: 5_000,
        average_order_value: 5_000,
        paid_per_buyer: 5_000,
        revenue_per_visitor: 5_000,
      },
    ]);
  });
});

describe('money by the day of the payment', () => {
  test('is what was paid and given back in the period, for whichever orders, and never more than was paid', async () => {
    const store = await createStore();
    const sale = (type: string, day: number, value: number) => ({
      ...act('ann', type, 1, { value, at: NOON + day * DAY }),
    });
    await importEvents(store.id, [
      sale('order', 0, 100),
      sale('payment', 1, 100),
      sale('refund', 2, 80),
      sale('refund', 3, 80),
    ]);
    const question = { from: '2026-05-10', to: '2026-05-13', by: 'day' };
    const amounts = async (money: string) =>
      (await metrics(store.id, { ...question, money })).rows?.map(({ totals }) =>
        totals.money.map(({ order_value, gross, refunded, net }) => [order_value, gross, refunded, net]),
      );
    for (const seal of [false, true]) {
      if (seal) await sealStore(store.id);
      expect(await amounts('order')).toEqual([[[10_000, 10_000, 10_000, 0]], [], [], []]);
      expect(await amounts('payment')).toEqual([
        [[10_000, 0, 0, 0]],
        [[0, 10_000, 0, 10_000]],
        [[0, 0, 8_000, -8_000]],
        [[0, 0, 2_000, -2_000]],
      ]);
    }
  });
});
