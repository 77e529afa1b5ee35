// What is confirmed and what is only claimed: whichever comes first, how often, and whoever forges what.
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../sdk/event.ts';
import type { Store } from '../../../worker/api/schemas.ts';
import { CONFIRM, type Confirm } from '../../../worker/collect/event.ts';
import { runJobs } from '../../../worker/store/jobs.ts';
import {
  ask,
  batch,
  createStore,
  derivedTables,
  importEvents,
  metrics,
  ORIGIN,
  pageView,
  post,
  sale,
  sealStore,
  setConfirm,
} from '../shop.ts';
import { confirm, createSecret } from './sender.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Two days ago, so that its day can be sealed. */
const NOON = Math.floor(Date.now() / DAY) * DAY - 2 * DAY + DAY / 2;
const date = (time: number) => new Date(time).toISOString().slice(0, 10);
const PERIOD = { from: date(NOON - DAY), to: date(NOON + DAY) };

async function shop(wanted: Confirm = 'none') {
  const { id } = await createStore();
  await setConfirm(id, wanted);
  const { secret } = await createSecret(id);
  const browser = async (visitor: string, ...events: object[]) => {
    const answer = await (await post(batch(id, events, visitor))).json<Answer>();
    expect(answer.rejected).toEqual([]);
    return answer;
  };
  const server = (...events: object[]) => confirm(id, secret, events);
  const totals = async (question: object = {}) => (await metrics(id, { ...PERIOD, ...question })).totals;
  return { id, browser, server, totals };
}

/** What a page says, under the ids of the script. */
const claim = (type: string, order: string, value: number, fields: object = {}) =>
  sale({ id: `${type}:${order}`, type, order, value, at: NOON, ...fields });
/** What a server says of the same. */
const word = (type: string, order: string, value: number, fields: object = {}) => ({
  type,
  order,
  value,
  currency: 'USD',
  at: NOON + MINUTE,
  ...fields,
});

/** Every different sequence of some things, of which some are the same. */
function sequences<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return [...new Set(things)].flatMap((first) => {
    const rest = [...things];
    rest.splice(rest.indexOf(first), 1);
    return sequences(rest).map((others) => [first, ...others]);
  });
}

describe('a payment before its order, twice, from browser and server with different amounts', () => {
  type Step = 'order claimed' | 'payment claimed' | 'payment confirmed';
  const steps: Step[] = [
    'payment claimed',
    'payment claimed',
    'payment confirmed',
    'payment confirmed',
    'order claimed',
  ];
  test('is one payment with the server’s amount, and the server is told so, in every sequence', {
    timeout: 60_000,
  }, async () => {
    const tables = new Set<string>();
    const all = sequences(steps);
    expect(all.length).toBe(30);
    for (const sequence of all) {
      const { id, browser, server, totals } = await shop();
      let claimed = false;
      for (const [n, step] of sequence.entries()) {
        if (step === 'order claimed')
          await browser('ann', claim('order', 'A-1', 45, { at: NOON + 2 * MINUTE }));
        if (step === 'payment claimed') {
          await browser('ann', claim('payment', 'A-1', 45));
          claimed = true;
        }
        if (step !== 'payment confirmed') continue;
        const first = !sequence.slice(0, n).includes(step);
        expect(await server(word('payment', 'A-1', 49.99))).toEqual({
          accepted: first ? 1 : 0,
          duplicate: first ? 0 : 1,
          rejected: [],
          confirmed: [
            {
              order: 'A-1',
              type: 'payment',
              claimed: claimed ? { value: 45, currency: 'USD' } : null,
              stands: { value: 49.99, currency: 'USD', at: NOON + MINUTE },
              differs: claimed,
              attributed: n > 0 && sequence.slice(0, n).some((done) => done !== 'payment confirmed'),
            },
          ],
        });
      }
      expect(await totals()).toMatchObject({
        orders: 1,
        paid_orders: 1,
        paying_visitors: 1,
        unattributed_orders: 0,
        money: [{ currency: 'USD', orders: 1, order_value: 4500, gross: 4999, net: 4999 }],
      });
      tables.add(await derivedTables(id));
    }
    expect(tables.size).toBe(1);
  });
});

describe('of two confirmations that differ', () => {
  test.each(['order', 'payment'])('of an %s the earlier stands, whichever comes first', async (type) => {
    const words = [word(type, 'A-1', 50), word(type, 'A-1', 60, { at: NOON }), word(type, 'A-1', 70)];
    const tables = new Set<string>();
    for (const sequence of sequences(words)) {
      const { id, server } = await shop();
      for (const one of sequence) expect(await server(one)).toMatchObject({ accepted: 1 });
      const { confirmed } = await server(...words);
      expect(confirmed).toMatchObject([{ type, stands: { value: 60, at: NOON } }]);
      tables.add(await derivedTables(id));
    }
    expect(tables.size).toBe(1);
  });
});

describe('a confirmation of nobody known', () => {
  const view = pageView({ at: NOON - MINUTE, url: `${ORIGIN}/?utm_source=letter&utm_medium=email` });
  test.each([
    ['is unattributed until a page claims the order', false],
    ['is its visitor’s at once where a page has claimed it', true],
  ])('%s', async (_, before) => {
    const { id, browser, server, totals } = await shop('all');
    const bought = () => browser('ann', view, claim('order', 'A-1', 1, { at: NOON - 1000 }));
    if (before) await bought();
    const told = await server(word('order', 'A-1', 49.99), word('payment', 'A-1', 49.99));
    expect(told.confirmed.map(({ attributed }) => attributed)).toEqual([before, before]);
    await sealStore(id);
    expect(await totals()).toMatchObject({
      orders: 1,
      unattributed_orders: before ? 0 : 1,
      buyers: before ? 1 : 0,
      money: [{ order_value: 4999, gross: 4999 }],
    });
    if (!before) await bought();
    const { rows } = await metrics(id, { ...PERIOD, by: 'channel', scope: 'visit' });
    expect(rows?.map(({ key, totals: { orders, money } }) => [key, orders, money[0]?.gross])).toEqual([
      ['email', 1, 4999],
    ]);
    const live = await totals();
    expect(live).toMatchObject({ buyers: 1, paying_visitors: 1, unattributed_orders: 0 });
    await sealStore(id);
    expect(await totals()).toEqual(live);
  });

  test('is the one’s whom a server names, whoever claims it', async () => {
    const { id, browser, server, totals } = await shop();
    await browser('eve', claim('order', 'A-1', 1, { visit: 'w-eve', at: NOON - DAY / 4 }));
    await server(word('payment', 'A-1', 49.99, { visitor: 'ann', visit: 'w-ann' }));
    await browser('mallory', claim('payment', 'A-1', 2, { visit: 'w-mal' }));
    expect(await totals()).toMatchObject({ paying_visitors: 1 });
    const [order] = JSON.parse(await derivedTables(id))[1];
    expect(order).toMatchObject({
      visitor: 'ann',
      visit: 'w-ann',
      paid: 4999,
      confirmed: 0,
      paid_confirmed: 1,
    });
  });
});

describe('a forged claim', () => {
  const forged = [
    claim('order', 'A-1', 1e6, { visit: 'forger', at: NOON - DAY / 4, currency: 'EUR' }),
    claim('payment', 'A-1', 1e6, { visit: 'forger', at: NOON - DAY / 4, currency: 'EUR' }),
    claim('refund', 'A-1', 49.99, { visit: 'forger', id: 'forger.r' }),
    claim('refund', 'A-1', 1e6, { visit: 'forger', id: 'forger.s', currency: 'EUR' }),
  ];
  const real = [word('order', 'A-1', 49.99), word('payment', 'A-1', 49.99)];
  const invented = ['order', 'payment'].map((type) => claim(type, 'F-9', 777, { visit: 'forger' }));

  test.each(CONFIRM.flatMap((wanted) => [true, false].map((before) => [wanted, before] as const)))(
    'of a real order takes neither its place nor its money (confirm: %s, forged first: %s)',
    async (wanted, before) => {
      const { browser, server, totals } = await shop(wanted);
      if (before) await browser('forger', ...forged);
      await server(...real);
      if (!before) await browser('forger', ...forged);
      const sum = [{ currency: 'USD', orders: 1, order_value: 4999, gross: 4999, refunded: 0, net: 4999 }];
      expect(await totals()).toMatchObject({ orders: 1, paid_orders: 1, money: sum });
      expect((await totals({ money: 'payment' })).money).toMatchObject(sum);
    },
  );

  test.each<[Confirm, number, number, number]>([
    ['none', 2, 2, 4999 + 77_700],
    ['payments', 2, 1, 4999],
    ['all', 1, 1, 4999],
  ])('of no order counts as far as the store lets it (confirm: %s)', async (wanted, orders, paid, gross) => {
    const { browser, server, totals } = await shop(wanted);
    await browser('forger', ...invented);
    await server(...real);
    const found = await totals();
    expect(found).toMatchObject({ orders, paid_orders: paid, money: [{ gross }] });
    expect(found.visitors).toBe(1);
  });
});

describe('refunds', () => {
  test('that a server confirms count beside none of those that are claimed', async () => {
    const { browser, server, totals } = await shop();
    await browser('ann', claim('order', 'A-1', 50), claim('payment', 'A-1', 50));
    await browser('ann', claim('refund', 'A-1', 5, { id: 'visit1.r' }));
    expect((await totals()).money).toMatchObject([{ gross: 5000, refunded: 500 }]);
    const back = (id: string, value: number) => word('refund', 'A-1', value, { id, at: NOON + 2 * MINUTE });
    expect(await server(back('r1', 7))).toMatchObject({ accepted: 1, confirmed: [] });
    expect((await totals()).money).toMatchObject([{ gross: 5000, refunded: 700 }]);
    // Twice the same is one; the same amount under another id is another.
    await server(back('r1', 7), back('r2', 7));
    expect((await totals()).money).toMatchObject([{ gross: 5000, refunded: 1400 }]);
    await server(back('r3', 99));
    expect((await totals()).money).toMatchObject([{ gross: 5000, refunded: 5000, net: 0 }]);
  });
});

describe('the setting', () => {
  const events = [
    { ...pageView({ at: NOON - MINUTE }), visitor: 'ann' },
    { ...claim('order', 'A-1', 10), visitor: 'ann' },
    { ...claim('payment', 'A-1', 10), visitor: 'ann' },
    { ...claim('order', 'A-2', 20), visitor: 'ann' },
    { ...word('order', 'A-2', 22), id: 'order!:A-2:x' },
    { ...claim('refund', 'A-1', 3, { id: 'visit1.r' }), visitor: 'ann' },
  ];
  const later = () => Date.now() + 61_000;
  test.each(CONFIRM.flatMap((from) => CONFIRM.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'changed from %s to %s has everything counted anew, as from the start',
    async (from, to) => {
      const [changed, fresh] = [await shop(from), await shop(to)];
      for (const { id } of [changed, fresh]) {
        await importEvents(id, events);
        await sealStore(id);
      }
      const wanted = await derivedTables(fresh.id);
      expect(await derivedTables(changed.id)).not.toBe(wanted);
      expect(await ask<Store>('PATCH', `/v1/stores/${changed.id}`, { confirm: to })).toMatchObject({
        confirm: to,
        recounting: true,
      });
      await runJobs(env, later());
      expect(await derivedTables(changed.id)).toBe(wanted);
    },
  );

  test('history that the operator imports as confirmed counts as such', async () => {
    const { id, totals } = await shop('all');
    const history = events.map(({ id: made, ...event }) => ({ ...event, id: made, confirmed: true }));
    await importEvents(id, history);
    expect(await totals()).toMatchObject({ orders: 2, paid_orders: 1, pages: 1, money: [{ refunded: 300 }] });
    expect(await importEvents(id, history)).toMatchObject({ accepted: 0, duplicate: 6 });
  });
});
