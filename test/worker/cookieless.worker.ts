// Visitors without a name of their own: named by the collector for a day, and nobody's address kept.
import { env } from 'cloudflare:test';
import { describe, expect, test, vi } from 'vitest';
import type { Answer } from '../../sdk/event.ts';
import { batch, CHROME, createStore, metrics, pageView, post, sale } from './shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Yesterday at noon: its day is the same an hour earlier and later. */
const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
const LOOKS = { 'cf-connecting-ip': '198.51.100.7', 'user-agent': CHROME };

let made = 0;
/** What the SDK sends in cookieless mode: ids of its own, no names. */
const view = (fields: object = {}) =>
  pageView({ visit: '-', id: `mwr5x0c8k2v7q1z${made}.mwr5x0c9p3${made++}`, at: NOON, ...fields });

async function send(store: string, events: readonly unknown[], looks: Record<string, string> = LOOKS) {
  const response = await post({ ...batch(store, events, '-'), dropped: 3 }, looks);
  expect(response.status).toBe(200);
  return response.json<Answer>();
}

interface Kept {
  id: string;
  visitor: string;
  visit: string;
}
const kept = async (store: string) => {
  const { results } = await env.DB.prepare(
    'select e.* from events e join stores s on s.key = e.store where s.id = ? order by e.at, e.id',
  )
    .bind(store)
    .all<Kept & Record<string, unknown>>();
  return results;
};
const visitors = async (store: string) => new Set((await kept(store)).map(({ visitor }) => visitor));

describe('a visitor without a name', () => {
  test('is one visitor in one visit a day, by a name that no SDK makes', async () => {
    const { id } = await createStore();
    await send(id, [view(), view({ at: NOON + HOUR })]);
    await send(id, [view({ at: NOON + 5 * HOUR })]);
    const rows = await kept(id);
    expect(rows).toHaveLength(3);
    const [visitor, ...others] = await visitors(id);
    expect(others).toEqual([]);
    expect(visitor).toMatch(/^c[0-9a-z]{16}$/);
    for (const { visit } of rows) expect(visit).toBe(`${visitor}-${Math.floor(NOON / DAY).toString(36)}`);
  });

  test.each([
    ['another address', view(), { 'cf-connecting-ip': '198.51.100.8' }],
    ['another browser', view(), { 'user-agent': CHROME.replace('156', '157') }],
    ['another day', view({ at: NOON - DAY }), {}],
  ])('is another one with %s', async (_, other, looks) => {
    const { id } = await createStore();
    await send(id, [view()]);
    await send(id, [other], { ...LOOKS, ...looks });
    expect((await visitors(id)).size).toBe(2);
  });

  test('is another one in another store', async () => {
    const [one, two] = [await createStore(), await createStore()];
    for (const { id } of [one, two]) await send(id, [view()]);
    expect(await visitors(one.id)).not.toEqual(await visitors(two.id));
  });

  test('changes its name at midnight of the store, not of the server', async () => {
    const { id } = await createStore({ timezone: 'Asia/Shanghai' });
    // Midnight in Shanghai is at 16:00 UTC.
    await send(id, [
      view({ at: NOON + 3.9 * HOUR }),
      view({ at: NOON + 4.1 * HOUR }),
      view({ at: NOON + 11 * HOUR }),
    ]);
    const names = (await kept(id)).map(({ visitor }) => visitor);
    expect(names[0]).not.toBe(names[1]);
    expect(names[1]).toBe(names[2]);
  });

  test('keeps the name of the event’s day when it is sent again after midnight', async () => {
    const { id } = await createStore();
    const event = view({ at: NOON });
    await send(id, [event]);
    const before = await kept(id);
    vi.setSystemTime(Date.now() + DAY);
    expect(await send(id, [event])).toMatchObject({ accepted: 0, duplicate: 1 });
    // One that never arrived before midnight is of the same visitor.
    await send(id, [view({ at: NOON + 1 })]);
    vi.useRealTimers();
    expect((await kept(id))[0]).toEqual(before[0]);
    expect((await visitors(id)).size).toBe(1);
  });

  test('does not share a visit with others who only lack a visit', async () => {
    const { id } = await createStore();
    for (const visitor of ['ann', 'bob'])
      await post(batch(id, [view()], visitor), { ...LOOKS, 'cf-connecting-ip': visitor });
    const visits = new Set((await kept(id)).map(({ visit }) => visit));
    expect([visits.size, visits.has('-')]).toEqual([2, false]);
  });

  test('is counted without an address, too', async () => {
    const { id } = await createStore();
    await send(id, [view()], { 'user-agent': CHROME });
    expect((await visitors(id)).size).toBe(1);
  });
});

test('sending again is free, from another address too', async () => {
  const { id } = await createStore();
  const events = [view(), view(), sale({ visit: '-', id: 'order:A-1', at: NOON })];
  expect(await send(id, events)).toMatchObject({ accepted: 3, duplicate: 0 });
  expect(await send(id, events)).toMatchObject({ accepted: 0, duplicate: 3 });
  const elsewhere = { ...LOOKS, 'cf-connecting-ip': '203.0.113.1' };
  expect(await send(id, events, elsewhere)).toMatchObject({ accepted: 0, duplicate: 3 });
  expect((await kept(id)).map((row) => row.id)).toContain('order:A-1');
  const day = new Date(NOON).toISOString().slice(0, 10);
  const { totals } = await metrics(id, { from: day, to: day });
  expect(totals).toMatchObject({ visitors: 1, visits: 1, pages: 2, orders: 1, buyers: 1 });
});

test('neither address nor user agent is kept', async () => {
  const { id } = await createStore();
  await send(id, [view()]);
  const text = JSON.stringify(await kept(id));
  for (const secret of ['198.51.100', 'Mozilla', 'AppleWebKit']) expect(text).not.toContain(secret);
});

test('who has a name keeps it, and what was dropped is no reason to refuse', async () => {
  const { id } = await createStore();
  const response = await post({ ...batch(id, [pageView({ at: NOON })]), dropped: 7 }, LOOKS);
  expect(await response.json()).toMatchObject({ accepted: 1 });
  expect(await visitors(id)).toEqual(new Set(['visitor1']));
});
