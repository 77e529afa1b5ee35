// When days are sealed, and what unseals which of them.
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { dateOfDay, dayOfDate } from '../../../worker/collect/calendar.ts';
import { runJobs } from '../../../worker/store/jobs.ts';
import { sealStep } from '../../../worker/store/seal.ts';
import { findStore } from '../../../worker/store/stores.ts';
import { SEALED_DIMENSIONS } from '../../../worker/store/traits.ts';
import { batch, createStore, importEvents, metrics, ORIGIN, pageView, post, sealStore } from '../shop.ts';

const DAY = 86_400_000;
/** Noon of 1 May; `day` 3 is noon of 3 May. */
const noon = (day: number) => Date.UTC(2026, 4, day, 12);

let made = 0;
const view = (visitor: string, day: number, fields: object = {}) => ({
  id: `${visitor}${day}.${made++}`,
  type: 'visit',
  visitor,
  visit: `${visitor}${day}`,
  at: noon(day),
  url: `${ORIGIN}/`,
  ...fields,
});
const sale = (visitor: string | null, day: number, type: string, fields: object = {}) => ({
  id: `${type}:A-1${type === 'refund' ? `:${made++}` : ''}`,
  type,
  at: noon(day) + 1000,
  order: 'A-1',
  value: 10,
  currency: 'USD',
  ...(visitor === null ? {} : { visitor, visit: `${visitor}${day}` }),
  ...fields,
});

/** A server's confirmation of the order, of nobody in particular. */
const word = (day: number, fields: object = {}) => sale(null, day, 'order', { confirmed: true, ...fields });

/** The days of May that are sealed, in both scopes. */
async function sealedDays(id: string): Promise<number[]> {
  const store = await findStore(env, id);
  const { results } = await env.DB.prepare(
    'select day, count(*) as scopes from sealed where store = ? group by day order by day',
  )
    .bind(store?.key)
    .all<{ day: number; scopes: number }>();
  expect(results.map(({ scopes }) => scopes)).toEqual(results.map(() => 2));
  return results.map(({ day }) => Number(dateOfDay(day).slice(8)));
}

/** Ann comes on 1, 3 and 5 May and orders on the 3rd, Bob on 2, 3 and 4 May; all of it sealed. */
async function sealedShop() {
  const store = await createStore();
  await importEvents(store.id, [
    ...[1, 3, 5].map((day) => view('ann', day)),
    sale('ann', 3, 'order'),
    ...[2, 3, 4].map((day) => view('bob', day)),
  ]);
  await sealStore(store.id);
  expect(await sealedDays(store.id)).toEqual([1, 2, 3, 4, 5]);
  return store;
}

describe('what comes late unseals the days it touches, and no other', () => {
  const now = new Date();
  const today = { at: now.getTime(), visit: 'today' };
  test.each<[string, object[], number[]]>([
    ['a visit of somebody known', [view('ann', 2)], [1, 4]],
    ['a visit before all others of theirs', [view('bob', 1)], [5]],
    ['a visit of somebody new', [view('cy', 4)], [1, 2, 3, 5]],
    ['another page of a visit', [view('bob', 4, { id: 'bob4.late' })], [1, 2, 3, 5]],
    ['a payment days after its order', [sale('ann', 5, 'payment')], [1, 2, 4]],
    ['a payment that no browser saw', [sale(null, 4, 'payment')], [1, 2]],
    ['a refund of what is not paid', [sale(null, 4, 'refund')], [1, 2, 3, 5]],
    ['a server’s word of another amount', [word(3, { value: 12 })], [1, 2, 4]],
    ['a server’s word of an earlier day', [word(2)], [1, 4]],
    ['a server’s word of whose it was', [word(3, { visitor: 'bob', visit: 'bob3' })], [1, 2]],
    ['an order of nobody known', [sale(null, 2, 'order', { id: 'order:B', order: 'B' })], [1, 3, 4, 5]],
    ['an event of today, of somebody known', [view('ann', 9, today)], [1, 2, 3, 4, 5]],
    ['an event that is there already', [sale('ann', 3, 'order')], [1, 2, 3, 4, 5]],
  ])('%s', async (_, late, expected) => {
    const store = await sealedShop();
    await importEvents(store.id, late);
    expect(await sealedDays(store.id)).toEqual(expected);
    const period = { from: '2026-05-01', to: '2026-05-05' };
    const live = await metrics(store.id, { ...period, by: 'channel' });
    await sealStore(store.id);
    const days = [1, 2, 3, 4, 5];
    expect(await sealedDays(store.id)).toEqual(days);
    expect(await metrics(store.id, { ...period, by: 'channel' })).toEqual(live);
  });

  test('a claim of a paid order unseals the day of its refund, and so does where its visitor came from', async () => {
    const store = await createStore();
    // Nobody knows whose the payment is, nor the refund, whose clock was early.
    await importEvents(store.id, [view('eve', 5), sale(null, 4, 'payment'), sale(null, 2, 'refund')]);
    const refunds = async () => {
      const period = { from: '2026-05-02', to: '2026-05-02', by: 'channel', money: 'payment' };
      const { rows } = await metrics(store.id, period);
      return rows?.map(({ key, totals }) => [key, totals.money[0]?.refunded]);
    };
    await sealStore(store.id);
    expect(await refunds()).toEqual([['unattributed', 1000]]);
    await importEvents(store.id, [sale('eve', 5, 'order')]);
    expect(await refunds()).toEqual([['direct', 1000]]);
    await sealStore(store.id);
    await importEvents(store.id, [view('eve', 1, { url: `${ORIGIN}/?utm_source=letter&utm_medium=email` })]);
    expect(await refunds()).toEqual([['email', 1000]]);
  });

  test('where a buyer came from reaches the days of payment and refund, on which they did not come', async () => {
    const store = await createStore();
    await importEvents(store.id, [
      ...[view('eve', 3), sale('eve', 3, 'order'), sale(null, 6, 'payment'), sale(null, 7, 'refund')],
      ...[view('bob', 4), view('bob', 5)],
    ]);
    await sealStore(store.id);
    expect(await sealedDays(store.id)).toEqual([3, 4, 5, 6, 7]);
    await importEvents(store.id, [view('eve', 1, { url: `${ORIGIN}/?utm_source=letter&utm_medium=email` })]);
    expect(await sealedDays(store.id)).toEqual([4, 5]);
    // And so does another visit of theirs, between the order's and these days.
    await sealStore(store.id);
    await importEvents(store.id, [view('eve', 5)]);
    expect(await sealedDays(store.id)).toEqual([1, 3, 4]);
  });

  test.each([
    ['their first visit of all', [], 'visitor'],
    ['the visit that it is said of', [view('eve', 1)], 'visit'],
  ])('an order from before %s has its origin', async (_, earlier, scope) => {
    const store = await createStore();
    // A server's order of the 2nd, and on the 4th its refund by a browser, which tells whose it is.
    await importEvents(store.id, [...earlier, sale(null, 2, 'order'), sale('eve', 4, 'refund')]);
    await sealStore(store.id);
    const origin = async () => {
      const period = { from: '2026-05-02', to: '2026-05-02', by: 'channel', scope };
      return (await metrics(store.id, period)).rows?.map(({ key, totals }) => [key, totals.orders]);
    };
    expect(await origin()).toEqual([['direct', 1]]);
    await importEvents(store.id, [view('eve', 4, { url: `${ORIGIN}/?utm_source=letter&utm_medium=email` })]);
    expect(await origin()).toEqual([['email', 1]]);
  });

  test('a day on which nothing had happened is sealed when something has', async () => {
    const store = await sealedShop();
    await importEvents(store.id, [view('dee', 9)]);
    await sealStore(store.id);
    expect(await sealedDays(store.id)).toEqual([1, 2, 3, 4, 5, 9]);
  });

  test('an accepted page view of today writes no more rows for it', async () => {
    const store = await sealedShop();
    const written = async () => {
      const before = await env.DB.prepare('select count(*) as n from sealed').first('n');
      await post(batch(store.id, [pageView({ id: `v.${made++}` })], 'ann'));
      return [before, await env.DB.prepare('select count(*) as n from sealed').first('n')];
    };
    const [before, after] = await written();
    expect(after).toBe(before);
  });
});

describe('a day is sealed when it is over', () => {
  test.each([
    ['UTC', '2026-05-10T01:59:59Z', 8],
    ['UTC', '2026-05-10T02:00:00Z', 9],
    ['Asia/Kathmandu', '2026-05-09T20:14:59Z', 8],
    ['Asia/Kathmandu', '2026-05-09T20:15:00Z', 9],
    ['America/New_York', '2026-05-10T05:59:59Z', 8],
    ['America/New_York', '2026-05-10T06:00:00Z', 9],
  ])('in %s at %s', async (timezone, at, last) => {
    const store = await createStore({ timezone });
    await importEvents(
      store.id,
      [7, 8, 9, 10].map((day) => view('ann', day)),
    );
    const stored = await findStore(env, store.id);
    if (!stored) throw new Error('The store was just made.');
    while (await sealStep(env, stored, (await findStore(env, store.id))?.sealFrom ?? 0, Date.parse(at)));
    expect((await sealedDays(store.id)).at(-1)).toBe(last);
  });
});

test('a day is sealed by every dimension, because one that is left out is counted live', async () => {
  const { id } = await sealedShop();
  const store = await findStore(env, id);
  const { results } = await env.DB.prepare('select * from sealed where store = ?').bind(store?.key).all();
  for (const row of results)
    for (const name of ['total', ...SEALED_DIMENSIONS])
      expect([name, row[name] !== null]).toEqual([name, true]);
});

describe('the scheduled job', () => {
  test('works in bounded steps that go on where the last one ended', async () => {
    const store = await createStore();
    const days = 150;
    const first = noon(1) - days * DAY;
    await importEvents(
      store.id,
      Array.from({ length: days }, (_, n) =>
        view('ann', n, { at: first + n * DAY, visit: `w${n}`, id: `w${n}.a` }),
      ),
    );
    const stored = await findStore(env, store.id);
    if (!stored) throw new Error('The store was just made.');
    const counts: number[] = [];
    for (let from = 0; ; ) {
      const more = await sealStep(env, stored, from, Date.now());
      from = (await findStore(env, store.id))?.sealFrom ?? 0;
      counts.push(
        (await env.DB.prepare("select count(*) as n from sealed where store = ? and scope = 'visit'")
          .bind(stored.key)
          .first<number>('n')) ?? 0,
      );
      if (!more) break;
    }
    expect(counts.at(-1)).toBe(days);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts[0]).toBeLessThan(days);
  });

  test('does all stores, also beside one that fails, and then has nothing to do', async () => {
    const [broken, sound] = [await sealedShop(), await createStore()];
    await env.DB.prepare("update stores set timezone = 'Nowhere/Land', seal_from = 0 where id = ?")
      .bind(broken.id)
      .run();
    await importEvents(sound.id, [view('ann', 4)]);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await runJobs(env, Date.now())).toBe(false);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    expect(await sealedDays(sound.id)).toEqual([4]);
    await env.DB.prepare("update stores set timezone = 'UTC' where id = ?").bind(broken.id).run();
    expect(await runJobs(env, Date.now())).toBe(false);
  });
});

test('a dimension with too many values on a day is counted live, and the others are sealed', async () => {
  const store = await createStore();
  const campaigns = 501;
  await importEvents(
    store.id,
    Array.from({ length: campaigns }, (_, n) =>
      view(`p${n}`, 4, { url: `${ORIGIN}/?utm_source=a&utm_medium=email&utm_campaign=c${n}` }),
    ),
  );
  await sealStore(store.id);
  const row = await env.DB.prepare(
    "select campaign, source from sealed where scope = 'visitor' and day = ? and store = (select key from stores where id = ?)",
  )
    .bind(dayOfDate('2026-05-04'), store.id)
    .first<{ campaign: string | null; source: string | null }>();
  expect(row).toMatchObject({ campaign: null, source: expect.stringContaining('"a"') });
  const answer = await metrics(store.id, { from: '2026-05-04', to: '2026-05-04', by: 'campaign' });
  expect(answer.totals.visitors).toBe(campaigns);
  expect(answer.rows?.length).toBe(campaigns);
});
