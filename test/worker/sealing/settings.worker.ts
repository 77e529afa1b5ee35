// Settings that figures depend on: a change has everything counted anew, with the same result as from the start.
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import type { Store, StoreChange } from '../../../worker/api/schemas.ts';
import { runJobs } from '../../../worker/store/jobs.ts';
import { changeStore, findStore } from '../../../worker/store/stores.ts';
import {
  ask,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  metrics,
  ORIGIN,
  operator,
} from '../shop.ts';

const HOUR = 3_600_000;
/** Late in the evening of 10 May in UTC, early on 11 May in Shanghai. */
const EVENING = Date.UTC(2026, 4, 10, 22);
const PERIOD = { from: '2026-05-10', to: '2026-05-11' };
/** By then every isolate knows of a change. */
const later = () => Date.now() + 61_000;

const change = (id: string, settings: StoreChange) => ask<Store>('PATCH', `/v1/stores/${id}`, settings);

const events = Array.from({ length: 12 }, (_, n) => [
  {
    id: `w${n}.a`,
    type: 'visit',
    visitor: `p${n}`,
    visit: `w${n}`,
    at: EVENING + n * HOUR,
    url: `${ORIGIN}/?utm_source=${n % 2 ? 'partner.example' : 'letter'}&utm_medium=${n % 3 ? 'email' : 'Shelf_A'}&utm_campaign=spring-${n}`,
    engaged: n * 1000,
  },
  ...(n % 4
    ? []
    : [
        {
          id: `w${n}.b`,
          type: 'visit',
          visitor: `p${n}`,
          visit: `w${n}`,
          at: EVENING + n * HOUR + 1,
          url: `${ORIGIN}/b`,
        },
      ]),
]).flat();

describe('a change counts everything anew', () => {
  test.each<[string, StoreChange]>([
    ['pages that make a visit effective', { min_pages: 3 }],
    ['attention that makes a visit effective', { min_engaged: 5_000 }],
    ['the time zone', { timezone: 'Asia/Shanghai' }],
    ['a rule for a channel', { channel_rules: [{ channel: 'affiliate', source: 'PARTNER.*' }] }],
    [
      'rules, of which the first counts',
      {
        channel_rules: [
          { channel: 'sms', medium: 'shelf_a', campaign: '*-0' },
          { channel: 'push', medium: 'shelf_a' },
          { channel: 'audio', medium: 'shelf%' },
        ],
      },
    ],
  ])('%s', async (_, settings) => {
    const [changed, fresh] = [await createStore(), await createStore()];
    await change(fresh.id, settings);
    await runJobs(env, later());
    await importEvents(fresh.id, events);
    await importEvents(changed.id, events);
    await runJobs(env, later());
    const before = await derivedTables(changed.id);
    expect(before).not.toBe(await derivedTables(fresh.id));

    expect(await change(changed.id, settings)).toMatchObject({ ...settings, recounting: true });
    expect((await metrics(changed.id, PERIOD)).recounting).toBe(true);
    await runJobs(env, later());
    expect((await metrics(changed.id, PERIOD)).recounting).toBe(false);
    expect(await derivedTables(changed.id)).toBe(await derivedTables(fresh.id));
  });

  test('not before every isolate knows of it', async () => {
    const { id } = await createStore();
    await importEvents(id, events);
    await change(id, { min_pages: 3 });
    await runJobs(env, Date.now() + 30_000);
    expect((await findStore(env, id))?.recountAfter).toBe('');
  });

  test('a change that comes while another is being counted begins anew', async () => {
    const [changed, fresh] = [await createStore(), await createStore()];
    await importEvents(changed.id, events);
    await change(changed.id, { min_pages: 3 });
    const original = env.DB.batch.bind(env.DB);
    let second = false;
    const batches = vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
      const results = await original(statements);
      if (!second) {
        second = true;
        await change(changed.id, { min_engaged: 5_000 });
      }
      return results as never;
    });
    await runJobs(env, later());
    batches.mockRestore();
    await runJobs(env, later() + 61_000);
    await change(fresh.id, { min_pages: 3, min_engaged: 5_000 });
    await importEvents(fresh.id, events);
    await runJobs(env, later() + 61_000);
    expect(await derivedTables(changed.id)).toBe(await derivedTables(fresh.id));
  });

  test('another change by who read the store before leaves a recount begun', async () => {
    const { id } = await createStore();
    const read = await findStore(env, id);
    if (!read) throw new Error('The store was just made.');
    await change(id, { min_pages: 3 });
    await changeStore(env, read, { name: 'Another' }, Date.now());
    expect(await findStore(env, id)).toMatchObject({ name: 'Another', minPages: 3, recountAfter: '' });
    await change(id, {});
    expect(await findStore(env, id)).toMatchObject({ name: 'Another', recountAfter: '' });
  });

  test('what changes nothing of it unseals nothing', async () => {
    const { id } = await createStore();
    await importEvents(id, events);
    await runJobs(env, Date.now());
    const before = await derivedTables(id);
    const settings = { name: 'Another', min_pages: 2, channel_rules: [], exchange_rates: { EUR: 1.08 } };
    expect(await change(id, settings)).toMatchObject({ ...settings, recounting: false });
    expect(await derivedTables(id)).toBe(before);
  });

  test('a rule matches letters in either case, and nothing but `*` stands for more than itself', async () => {
    const { id } = await createStore();
    await importEvents(id, events);
    await change(id, {
      channel_rules: [
        { channel: 'audio', source: 'Lett_r' },
        { channel: 'sms', source: 'LETTER' },
      ],
    });
    await runJobs(env, later());
    const { rows } = await metrics(id, { ...PERIOD, by: 'channel' });
    expect(rows?.map(({ key }) => key)).toContain('sms');
    expect(rows?.map(({ key }) => key)).not.toContain('audio');
  });
});

describe('exchange rates', () => {
  const sale = (order: string, value: number, currency: string, type = 'order') => ({
    id: `${type}:${order}`,
    type,
    visitor: 'p',
    visit: 'w',
    at: EVENING,
    order,
    value,
    currency,
  });

  test('add all currencies up in the store’s own, each sum rounded once', async () => {
    const { id } = await createStore();
    await importEvents(id, [
      sale('A', 10, 'USD'),
      sale('B', 20, 'EUR'),
      sale('B', 20, 'EUR', 'payment'),
      sale('C', 1500, 'JPY'),
      sale('C', 1500, 'JPY', 'payment'),
    ]);
    expect((await metrics(id, PERIOD)).totals.converted).toBe(null);
    await change(id, { exchange_rates: { EUR: 1.08 } });
    expect((await metrics(id, PERIOD)).totals.converted).toBe(null);
    await change(id, { exchange_rates: { EUR: 1.08, JPY: 0.0064 } });
    expect((await metrics(id, PERIOD)).totals.converted).toEqual({
      currency: 'USD',
      digits: 2,
      orders: 3,
      order_value: 1000 + 2160 + 960,
      gross: 2160 + 960,
      refunded: 0,
      net: 2160 + 960,
      average_order_value: 4120 / 3,
      paid_per_buyer: 3120,
      revenue_per_visitor: 3120,
    });
    await change(id, { exchange_rates: null });
    expect((await metrics(id, PERIOD)).totals.converted).toBe(null);
  });
});

describe('what a store refuses to be changed to', () => {
  test.each<[string, object, string]>([
    ['no pages', { min_pages: 0 }, 'min_pages'],
    ['attention in seconds', { min_engaged: 10 }, 'min_engaged'],
    ['a zone of no list', { timezone: 'Mars/Olympus' }, 'timezone'],
    [
      'a channel of no list',
      { channel_rules: [{ channel: 'billboard', source: 'x' }] },
      'channel_rules.0.channel',
    ],
    ['a rule without a condition', { channel_rules: [{ channel: 'email' }] }, 'channel_rules.0'],
    ['a rate of nothing', { exchange_rates: { EUR: 0 } }, 'exchange_rates.EUR'],
    ['a rate of no currency', { exchange_rates: { euro: 1 } }, 'exchange_rates.euro'],
    ['another currency', { currency: 'EUR' }, 'currency'],
  ])('%s', async (_, settings, parameter) => {
    const { id } = await createStore();
    const response = await fetchWorker(`/v1/stores/${id}`, {
      method: 'PATCH',
      headers: operator(),
      body: JSON.stringify(settings),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ parameter });
  });
});

test('events that an earlier version stored, with the visit written out, are derived anew', async () => {
  const { id } = await createStore();
  await importEvents(id, events);
  await runJobs(env, Date.now());
  const before = await derivedTables(id);
  const key = (await findStore(env, id))?.key;
  await env.DB.batch([
    env.DB.prepare('update events set visit = substr(id, 1, stem), stem = null where store = ?').bind(key),
    env.DB.prepare("update visits set trail = '[]' where store = ?").bind(key),
    env.DB.prepare("update stores set recount_after = '', recount_at = 0 where key = ?").bind(key),
  ]);
  expect(await derivedTables(id)).not.toBe(before);
  await runJobs(env, Date.now());
  expect(await derivedTables(id)).toBe(before);
});
