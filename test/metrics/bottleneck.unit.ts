// The bottleneck: cases worked out by hand, and on random shops the whole chain of the funnel multiplied out.
import { describe, expect, test } from 'vitest';
import { findBottleneck, type Side } from '../../worker/metrics/bottleneck.ts';
import type { BottleneckStep } from '../../worker/metrics/bottleneck-question.ts';
import type { Totals } from '../../worker/metrics/question.ts';
import { differ, rateOf } from '../../worker/metrics/rates.ts';

/** A shop's counts: who is effective, asks, buys either way; orders, those paid, and what was paid in cents. */
interface Shop {
  visitors: number;
  effective: number;
  consulting: number;
  consultingBuyers: number;
  silentBuyers: number;
  orders: number;
  paid: number;
  gross: number;
}
const NOBODY: Shop = {
  ...{ visitors: 0, effective: 0, consulting: 0, consultingBuyers: 0 },
  ...{ silentBuyers: 0, orders: 0, paid: 0, gross: 0 },
};

/** As the endpoint tells it; every order has its visitor, and every buyer has paid unless orders are unpaid. */
function totalsOf(shop: Shop, currency = 'USD'): Totals {
  const buyers = shop.consultingBuyers + shop.silentBuyers;
  const money = {
    ...{ currency, digits: 2, orders: shop.orders, order_value: shop.orders * 5_000 },
    ...{ gross: shop.gross, refunded: 0, net: shop.gross },
    average_order_value: shop.orders === 0 ? null : 5_000,
    paid_per_buyer: null,
    revenue_per_visitor: shop.visitors === 0 ? null : shop.gross / shop.visitors,
  };
  return {
    ...{ visitors: shop.visitors, effective_visitors: shop.effective },
    ...{ consulting_visitors: shop.consulting, silent_visitors: shop.visitors - shop.consulting },
    ...{ buyers, consulting_buyers: shop.consultingBuyers, silent_buyers: shop.silentBuyers },
    ...{ paying_visitors: buyers, consulting_paying_visitors: shop.consultingBuyers },
    ...{ silent_paying_visitors: shop.silentBuyers, visits: 0, pages: 0, inquiries: 0 },
    ...{ orders: shop.orders, paid_orders: shop.paid, unattributed_orders: 0 },
    ...{ money: shop.orders === 0 ? [] : [money], converted: null },
  };
}
const whole = (shop: Shop): Side => ({ totals: totalsOf(shop), rows: [] });
const BASE: Shop = {
  ...{ visitors: 10_000, effective: 6_000, consulting: 1_000, consultingBuyers: 200 },
  ...{ silentBuyers: 150, orders: 350, paid: 315, gross: 1_575_000 },
};
const sideOf = (channels: Record<string, Shop>): Side => {
  const rows = Object.entries(channels).map(([key, shop]) => ({ key, totals: totalsOf(shop) }));
  const sum = { ...NOBODY };
  for (const shop of Object.values(channels))
    for (const name of Object.keys(sum) as (keyof Shop)[]) sum[name] += shop[name];
  return { totals: totalsOf(sum), rows };
};
const lostAt = (found: ReturnType<typeof findBottleneck>, step: BottleneckStep) =>
  found.steps.find((one) => one.step === step)?.lost;

describe('by hand', () => {
  test('those who asked buy half as often: 1,000 asked, 20 % then, 10 % now, a buyer is worth 45.00', () => {
    // Known visitors paid 15,750.00; with 100 and 150 buyers that is 63.00 a buyer: 0.1 * 1,000 * 63.00.
    const found = findBottleneck('USD', 'order', whole({ ...BASE, consultingBuyers: 100 }), whole(BASE));
    expect(found).toMatchObject({ verdict: 'worse', currency: 'USD', digits: 2 });
    expect(found.bottleneck).toEqual({ step: 'consulting_buyers', lost: 630_000, channel: null });
    expect(found.steps[2]).toMatchObject({
      rate: { value: 0.1, numerator: 100, denominator: 1_000 },
      before: { value: 0.2 },
      significant: true,
    });
  });

  test('orders stay unpaid: 90 % then, 60 % now, of 350 orders; a paid one is worth 50.00', () => {
    const now = { ...BASE, paid: 210, gross: 1_050_000 };
    const found = findBottleneck('USD', 'order', whole(now), whole(BASE));
    expect(found.bottleneck).toEqual({ step: 'payment', lost: 525_000, channel: null });
    // Its own step alone: with what is paid now, the other steps have lost nothing.
    expect(found.steps.filter(({ lost }) => lost !== 0).map(({ step }) => step)).toEqual(['payment']);
  });

  test('fewer come in: 60 % then, 50 % now, each effective visitor worth 15,750.00 / 5,000', () => {
    const found = findBottleneck('USD', 'order', whole({ ...BASE, effective: 5_000 }), whole(BASE));
    expect(lostAt(found, 'effective')).toBe(315_000);
  });

  test('fewer ask, and asking sells: what is lost is the difference to buying in silence', () => {
    // 1,000 of 6,000 asked, now 500: 20 % of those who ask buy, 150 / 5,500 of those who do not; 63.00 a buyer.
    const now = { ...BASE, consulting: 500, consultingBuyers: 100, silentBuyers: 150 };
    const found = findBottleneck('USD', 'order', whole(now), whole(BASE));
    expect(lostAt(found, 'consulting')).toBe(Math.round(500 * (0.2 - 150 / 5_500) * 6_300));
  });

  test('fewer ask where asking sells less than silence: that is no loss', () => {
    const asks = { ...BASE, consultingBuyers: 5 };
    const found = findBottleneck('USD', 'order', whole({ ...asks, consulting: 500 }), whole(asks));
    expect(lostAt(found, 'consulting')).toBeLessThan(0);
    expect(found.bottleneck).toBeNull();
  });

  test('what got better most is named, too', () => {
    const found = findBottleneck('USD', 'order', whole({ ...BASE, silentBuyers: 300 }), whole(BASE));
    expect(found).toMatchObject({ verdict: 'steady', bottleneck: null, best: { step: 'silent_buyers' } });
    expect(found.best?.lost).toBe(-Math.round((150 / 5_000) * 5_000 * (1_575_000 / 500)));
  });

  test('a shop that reports no payments counts orders by their value', () => {
    const silent = { ...BASE, paid: 0, gross: 0 };
    const found = findBottleneck('USD', 'order', whole({ ...silent, consultingBuyers: 100 }), whole(silent));
    // 350 orders at 50.00, 250 buyers: 70.00 a buyer.
    expect(found.bottleneck).toMatchObject({ step: 'consulting_buyers', lost: 700_000 });
    expect(found.steps[4]?.significant).toBeNull();
  });

  test('nobody pays any more: a paid order is worth what it was', () => {
    const found = findBottleneck('USD', 'order', whole({ ...BASE, paid: 0, gross: 0 }), whole(BASE));
    expect(found.bottleneck).toMatchObject({ step: 'payment', lost: Math.round(0.9 * 350 * 5_000) });
  });

  test('by payments there is no step from order to payment', () => {
    const found = findBottleneck('USD', 'payment', whole(BASE), whole(BASE));
    expect(found.steps.map(({ step }) => step)).toEqual([
      ...['effective', 'consulting', 'consulting_buyers', 'silent_buyers'],
    ]);
  });

  test.each<[string, Shop, Shop, string]>([
    ['nothing has changed', BASE, BASE, 'steady'],
    ['nobody came before', BASE, NOBODY, 'too_little'],
    ['nobody comes now', NOBODY, BASE, 'too_little'],
    ['nobody ever came', NOBODY, NOBODY, 'too_little'],
    [
      'three of four buyers are lost, which four are too few to tell',
      { ...NOBODY, visitors: 4, effective: 4, consulting: 4, consultingBuyers: 1 },
      { ...NOBODY, visitors: 4, effective: 4, consulting: 4, consultingBuyers: 4 },
      'too_little',
    ],
    ['a fall that may be chance', { ...BASE, consultingBuyers: 190 }, BASE, 'steady'],
  ])('%s: %s', (_, now, before, verdict) => {
    const found = findBottleneck('USD', 'order', whole(now), whole(before));
    expect([found.verdict, found.bottleneck]).toEqual([verdict, null]);
  });

  test('a change that one test would take for more than chance is none where five are looked at', () => {
    const [now, before] = [rateOf(160, 1_000), rateOf(200, 1_000)];
    expect(differ(now, before)).toBe(true);
    const shop = (consultingBuyers: number) => whole({ ...BASE, consultingBuyers });
    expect(findBottleneck('USD', 'order', shop(160), shop(200)).verdict).toBe('steady');
  });

  test('currencies are not added: the store’s own counts, else the one with most orders', () => {
    const euros = (shop: Shop): Side => ({ totals: totalsOf(shop, 'EUR'), rows: [] });
    const now = euros({ ...BASE, consultingBuyers: 100 });
    expect(findBottleneck('USD', 'order', now, euros(BASE))).toMatchObject({ currency: 'EUR' });
    const mixed: Side = {
      rows: [],
      totals: { ...now.totals, money: [...now.totals.money, ...totalsOf(BASE).money] },
    };
    expect(findBottleneck('USD', 'order', mixed, euros(BASE))).toMatchObject({ currency: 'USD' });
  });
});

describe('the channel', () => {
  const email: Shop = { ...BASE };
  const social: Shop = { ...BASE };
  const before = sideOf({ email, social });

  test('is the one that does worse', () => {
    const found = findBottleneck(
      ...(['USD', 'order', sideOf({ email, social: { ...social, consultingBuyers: 50 } }), before] as const),
    );
    expect(found.bottleneck).toMatchObject({
      step: 'consulting_buyers',
      channel: { key: 'social', rate: { value: 0.05 }, before: { value: 0.2 } },
    });
    // The other took no part: all that was lost was lost here.
    expect(found.bottleneck?.channel?.lost).toBe(found.bottleneck?.lost);
  });

  test('is the one that brings more of those who do worse, though no channel changed', () => {
    const poor: Shop = { ...BASE, effective: 1_000, consulting: 10, consultingBuyers: 2, silentBuyers: 0 };
    const many: Shop = { ...poor, visitors: 30_000, effective: 3_000, consulting: 30, consultingBuyers: 6 };
    const found = findBottleneck('USD', 'order', sideOf({ email, ads: many }), sideOf({ email, ads: poor }));
    expect(found.bottleneck).toMatchObject({ step: 'effective', channel: { key: 'ads' } });
  });

  test('is none where there is only one', () => {
    const one = (shop: Shop) => sideOf({ email: shop });
    const found = findBottleneck('USD', 'order', one({ ...BASE, consultingBuyers: 50 }), one(BASE));
    expect(found.bottleneck?.channel).toBeNull();
  });
});

describe('on random shops', () => {
  /** A generator of its own, so that a failure can be seen again. */
  const dice = (seed: number) => {
    let state = seed;
    return (most: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % (most + 1);
    };
  };
  const random = (roll: (most: number) => number): Shop => {
    const visitors = 200 + roll(5_000);
    const effective = 100 + roll(visitors - 100);
    const consulting = 20 + roll(Math.floor(effective / 2) - 20);
    const [consultingBuyers, silentBuyers] = [1 + roll(consulting - 1), 1 + roll(effective - consulting - 1)];
    const orders = consultingBuyers + silentBuyers;
    const paid = 1 + roll(orders - 1);
    return {
      visitors,
      effective,
      consulting,
      consultingBuyers,
      silentBuyers,
      orders,
      paid,
      gross: paid * 4_321,
    };
  };
  /** Revenue by the whole chain of rates, nothing taken from the code that is tested. */
  const revenue = (shop: Shop, rates: Record<BottleneckStep, number>) => {
    const effective = shop.visitors * rates.effective;
    const asking = effective * rates.consulting;
    const buyers = asking * rates.consulting_buyers + (effective - asking) * rates.silent_buyers;
    const ordersEach = shop.orders / (shop.consultingBuyers + shop.silentBuyers);
    return buyers * ordersEach * rates.payment * (shop.gross / shop.paid);
  };
  const ratesOf = (shop: Shop): Record<BottleneckStep, number> => ({
    effective: shop.effective / shop.visitors,
    consulting: shop.consulting / shop.effective,
    consulting_buyers: shop.consultingBuyers / shop.consulting,
    silent_buyers: shop.silentBuyers / (shop.effective - shop.consulting),
    payment: shop.paid / shop.orders,
  });

  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))('seed %d', (seed) => {
    const roll = dice(seed);
    const [now, then] = [random(roll), random(roll)];
    const found = findBottleneck('USD', 'order', whole(now), whole(then));
    const actual = revenue(now, ratesOf(now));
    expect(actual).toBeCloseTo(now.gross, 3);
    for (const { step, lost } of found.steps) {
      const repaired = revenue(now, { ...ratesOf(now), [step]: ratesOf(then)[step] });
      expect(Math.abs(lost - (repaired - actual))).toBeLessThan(1);
    }
    const sure = found.steps.filter(({ significant, lost }) => significant && lost > 0);
    const dearest = sure.reduce((most, { lost }) => Math.max(most, lost), 0);
    expect(found.bottleneck?.lost ?? 0).toBe(dearest);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed + 1))('channels’ parts, seed %d', (seed) => {
    const roll = dice(seed * 7_919);
    const names = ['email', 'social', 'search', 'direct'];
    const shops = () => Object.fromEntries(names.map((name) => [name, random(roll)]));
    const [now, then] = [shops(), shops()];
    const found = findBottleneck('USD', 'order', sideOf(now), sideOf(then));
    const named = [found.bottleneck, found.best].filter((one) => one !== null);
    expect(named.length).toBeGreaterThan(0);
    for (const { step, lost, channel } of named) {
      // By hand: what each took part in, from rates of all and of each alone.
      const [all, before] = [sum(now), sum(then)].map((shop) => countsOf(shop, step)) as [Pair, Pair];
      const worth = lost / (before[0] / before[1] - all[0] / all[1]);
      const channels = names.map((name) => {
        const [here, there] = [countsOf(now[name] as Shop, step), countsOf(then[name] as Shop, step)];
        const [share, earlier] = [here[1] / all[1], there[1] / before[1]];
        return { name, share, grew: share - earlier, rate: here[0] / here[1], usual: there[0] / there[1] };
      });
      // Those who come by growing channels would else have come by the shrinking ones, in their proportions.
      const left = channels.filter(({ grew }) => grew < 0);
      const would =
        left.reduce((total, { grew, usual }) => total + grew * usual, 0) /
        left.reduce((total, { grew }) => total + grew, 0);
      const parts = channels.map(({ name, share, grew, rate, usual }) => ({
        name,
        part: worth * (share * (usual - rate) + (grew > 0 ? grew * (would - usual) : 0)),
      }));
      expect(parts.reduce((total, { part }) => total + part, 0)).toBeCloseTo(lost, 3);
      const most = parts.reduce((a, b) => (b.part * Math.sign(lost) > a.part * Math.sign(lost) ? b : a));
      expect(channel?.key).toBe(most.name);
      expect(Math.abs((channel?.lost ?? 0) - most.part)).toBeLessThan(1 + Math.abs(most.part / lost));
    }
  });

  type Pair = readonly [took: number, stood: number];
  const sum = (shops: Record<string, Shop>) => {
    const total = { ...NOBODY };
    for (const shop of Object.values(shops))
      for (const name of Object.keys(total) as (keyof Shop)[]) total[name] += shop[name];
    return total;
  };
  const countsOf = (shop: Shop, step: BottleneckStep): Pair =>
    (
      ({
        effective: [shop.effective, shop.visitors],
        consulting: [shop.consulting, shop.effective],
        consulting_buyers: [shop.consultingBuyers, shop.consulting],
        silent_buyers: [shop.silentBuyers, shop.effective - shop.consulting],
        payment: [shop.paid, shop.orders],
      }) satisfies Record<BottleneckStep, Pair>
    )[step];
});
