// Pitfalls of origins: other devices later, gateways, second purchases, buying in a later visit.
import { describe, expect, test } from 'vitest';
import { createStore, metrics, ORIGIN } from '../shop.ts';
import {
  ADS,
  act,
  DAY,
  EMAIL,
  keepClock,
  MAY,
  MINUTE,
  NOON,
  rate,
  sale,
  send,
  shown,
  TODAY,
} from './shoppers.ts';

keepClock();

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

describe('a dimension is read at entry', () => {
  test('one who comes by another channel and device later stays in one row', async () => {
    const store = await createStore();
    await send(
      store.id,
      'ann',
      [act('visit', 'w1', NOON, { url: EMAIL }), act('inquiry', 'w1', NOON + MINUTE)],
      PHONE,
    );
    await send(store.id, 'ann', [
      act('visit', 'w2', NOON + 60 * MINUTE, { url: ADS }),
      sale('order', 'w2', NOON + 61 * MINUTE, 'A-1'),
    ]);
    const fields = ['visitors', 'consulting_visitors', 'consulting_buyers', 'orders', 'visits'] as const;
    expect(shown(await metrics(store.id, { ...TODAY, by: 'channel' }), ...fields)).toEqual([
      ['email', 1, 1, 1, 1, 2],
    ]);
    expect(shown(await metrics(store.id, { ...TODAY, by: 'device' }), ...fields)).toEqual([
      ['mobile', 1, 1, 1, 1, 2],
    ]);
    const phones = await metrics(store.id, { ...TODAY, 'filter[device]': 'mobile' });
    expect(rate(phones, 'consult_conversion')).toEqual([1, 1]);
    const desktops = await metrics(store.id, { ...TODAY, 'filter[device]': 'desktop' });
    expect(desktops.totals).toMatchObject({ visitors: 0, orders: 0 });
  });
});

describe('a payment gateway', () => {
  const gateways = [
    'https://www.paypal.com/',
    'https://checkout.stripe.com/c/pay/cs_test',
    'https://cashier.alipay.com/standard/lightpay.htm',
  ];
  test.each(gateways)('%s as referrer does not rename the visit it returns to', async (referrer) => {
    const store = await createStore();
    await send(store.id, 'ann', [
      act('visit', 'w1', NOON, { url: EMAIL }),
      act('visit', 'w1', NOON + 5 * MINUTE, { url: `${ORIGIN}/thanks`, referrer }),
      sale('order', 'w1', NOON + 5 * MINUTE, 'A-1'),
    ]);
    for (const scope of ['visitor', 'visit'])
      expect(
        shown(await metrics(store.id, { ...TODAY, scope, by: 'source' }), 'visitors', 'visits', 'orders'),
      ).toEqual([['letter', 1, 1, 1]]);
  });

  test.each(gateways)('%s as referrer is no source of a visit that begins there', async (referrer) => {
    const store = await createStore();
    await send(store.id, 'ann', [act('visit', 'w1', NOON, { url: EMAIL })]);
    await send(store.id, 'ann', [
      act('visit', 'w2', NOON + 45 * MINUTE, { url: `${ORIGIN}/thanks`, referrer }),
      sale('order', 'w2', NOON + 45 * MINUTE, 'A-1'),
    ]);
    await send(store.id, 'bob', [act('visit', 'w3', NOON, { referrer })]);
    const fields = ['visitors', 'visits', 'orders'] as const;
    const ask = (scope: string, by: string) => metrics(store.id, { ...TODAY, scope, by });
    expect(shown(await ask('visit', 'channel'), ...fields)).toEqual([
      ['email', 2, 2, 1],
      ['direct', 1, 1, 0],
    ]);
    expect(shown(await ask('visit', 'source'), ...fields)).toEqual([
      ['letter', 2, 2, 1],
      ['(none)', 1, 1, 0],
    ]);
    expect(shown(await ask('visitor', 'source'), ...fields)).toEqual([
      ['(none)', 1, 1, 0],
      ['letter', 1, 2, 1],
    ]);
  });
});

test('a second purchase does not rewrite the first one’s source', async () => {
  const store = await createStore();
  await send(store.id, 'ann', [
    act('visit', 'w1', NOON, { url: EMAIL }),
    sale('order', 'w1', NOON + MINUTE, 'A-1'),
  ]);
  const questions = ['visitor', 'visit'].flatMap((scope) =>
    ['channel', 'source', 'day'].map((by) => ({ ...TODAY, scope, by })),
  );
  const ask = () => Promise.all(questions.map((question) => metrics(store.id, question)));
  const before = await ask();
  await send(store.id, 'ann', [
    act('visit', 'w2', NOON + 3 * DAY, { url: ADS }),
    sale('order', 'w2', NOON + 3 * DAY + MINUTE, 'A-2', { value: 20 }),
    sale('payment', 'w2', NOON + 3 * DAY + 2 * MINUTE, 'A-2', { value: 20 }),
  ]);
  expect(await ask()).toEqual(before);
  const bySource = await metrics(store.id, { ...MAY, scope: 'visit', by: 'source' });
  expect(bySource.rows?.map(({ key, totals }) => [key, totals.orders, totals.money[0]?.order_value])).toEqual(
    [
      ['google', 1, 2000],
      ['letter', 1, 4999],
    ],
  );
  expect(shown(await metrics(store.id, { ...MAY, by: 'source' }), 'visitors', 'orders')).toEqual([
    ['letter', 1, 2],
  ]);
});

describe('buying in a later visit', () => {
  test.each([
    ['an hour later', 60 * MINUTE],
    ['the next day', DAY],
    ['ten days later', 10 * DAY],
  ])('%s still is a buyer of the channel and of the inquiry that began it', async (_, later) => {
    const store = await createStore();
    await send(store.id, 'ann', [
      act('visit', 'w1', NOON, { url: EMAIL }),
      act('inquiry', 'w1', NOON + MINUTE),
    ]);
    await send(store.id, 'ann', [
      act('visit', 'w2', NOON + later),
      sale('order', 'w2', NOON + later + MINUTE, 'A-1'),
    ]);
    const people = await metrics(store.id, { ...MAY, by: 'channel' });
    expect(shown(people, 'visitors', 'buyers', 'consulting_buyers', 'visits')).toEqual([
      ['email', 1, 1, 1, 2],
    ]);
    expect(rate(people, 'consult_conversion')).toEqual([1, 1]);
    // Of visits, the order's own: it came directly, within thirty days of the letter.
    const visits = await metrics(store.id, { ...MAY, scope: 'visit', by: 'channel' });
    expect(shown(visits, 'visitors', 'buyers')).toEqual([['email', 2, 1]]);
  });

  test('after 31 days a direct visit is direct, and its visitor still the letter’s', async () => {
    const store = await createStore();
    await send(store.id, 'ann', [act('visit', 'w1', NOON, { url: EMAIL })]);
    await send(store.id, 'ann', [
      act('visit', 'w2', NOON + 31 * DAY),
      sale('order', 'w2', NOON + 31 * DAY, 'A-1'),
    ]);
    const june = { from: '2026-05-01', to: '2026-06-15' };
    expect(shown(await metrics(store.id, { ...june, by: 'channel' }), 'visitors', 'buyers')).toEqual([
      ['email', 1, 1],
    ]);
    expect(
      shown(await metrics(store.id, { ...june, scope: 'visit', by: 'channel' }), 'visitors', 'buyers'),
    ).toEqual([
      ['direct', 1, 1],
      ['email', 1, 0],
    ]);
  });
});
