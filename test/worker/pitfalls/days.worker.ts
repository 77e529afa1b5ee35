// Pitfalls of time zones: days that begin at odd moments, and days of 23 and 25 hours.
import { describe, expect, test } from 'vitest';
import { createStore, importEvents, metrics } from '../shop.ts';
import { act, keepClock, MINUTE, SECOND, sale, send, shown, TODAY } from './shoppers.ts';

keepClock();

describe('time zones', () => {
  /** Single-page visits of different visitors at these moments. */
  const visitsAt = (moments: string[]) =>
    moments.map((moment, n) => ({ ...act('visit', `w${n}`, Date.parse(moment)), visitor: `v${n}` }));

  test('header and rows by day agree where the day begins at a quarter past six in the evening', async () => {
    const store = await createStore({ timezone: 'Asia/Kathmandu' });
    const moments = [
      '2026-05-09T18:14:59.999Z',
      '2026-05-09T18:15:00.000Z',
      '2026-05-10T00:00:00.000Z',
      '2026-05-10T18:14:59.999Z',
      '2026-05-10T18:15:00.000Z',
    ];
    await importEvents(store.id, visitsAt(moments));
    const one = await metrics(store.id, { ...TODAY, by: 'day' });
    expect(one.totals).toMatchObject({ visitors: 3, visits: 3, pages: 3 });
    expect(one.period.timezone).toBe('Asia/Kathmandu');
    expect(shown(one, 'visitors', 'visits', 'pages')).toEqual([['2026-05-10', 3, 3, 3]]);
    const three = await metrics(store.id, { from: '2026-05-09', to: '2026-05-11', by: 'day' });
    expect(three.totals.visitors).toBe(5);
    expect(shown(three, 'visitors')).toEqual([
      ['2026-05-09', 1],
      ['2026-05-10', 3],
      ['2026-05-11', 1],
    ]);
  });

  test.each([
    [
      '2025-03-09',
      '23 hours',
      '2025-03-09T05:00:00.000Z',
      '2025-03-10T03:59:59.999Z',
      '2025-03-10T04:00:00.000Z',
    ],
    [
      '2025-11-02',
      '25 hours',
      '2025-11-02T04:00:00.000Z',
      '2025-11-03T04:59:59.999Z',
      '2025-11-03T05:00:00.000Z',
    ],
  ])('%s in New York has %s and everything in them', async (date, _, first, last, next) => {
    const store = await createStore({ timezone: 'America/New_York' });
    const before = new Date(Date.parse(first) - 1).toISOString();
    // An hour apart, so that the hour that is missing or comes twice has its visit too.
    const hours: string[] = [];
    for (let at = Date.parse(first); at < Date.parse(last); at += 60 * MINUTE)
      hours.push(new Date(at).toISOString());
    await importEvents(store.id, visitsAt([before, ...hours, last, next]));
    const count = date === '2025-03-09' ? 24 : 26;
    const day = await metrics(store.id, { from: date, to: date, by: 'day' });
    expect(day.totals).toMatchObject({ visitors: count, visits: count, pages: count });
    expect(shown(day, 'visitors', 'pages')).toEqual([[date, count, count]]);
    const month = await metrics(store.id, {
      from: `${date.slice(0, 8)}01`,
      to: `${date.slice(0, 8)}28`,
      by: 'day',
    });
    expect(month.totals.visitors).toBe(count + 2);
    expect(month.rows?.reduce((sum, { totals }) => sum + totals.visitors, 0)).toBe(count + 2);
    expect(month.rows?.length).toBe(28);
  });

  test('an order across midnight of the store’s day counts on the day of the order, in header and rows', async () => {
    const store = await createStore({ timezone: 'Asia/Kathmandu' });
    const midnight = Date.UTC(2026, 4, 10, 18, 15);
    await send(store.id, 'ann', [
      act('visit', 'w1', midnight - MINUTE),
      act('inquiry', 'w1', midnight - 30 * SECOND),
      sale('order', 'w1', midnight + 30 * SECOND, 'A-1'),
    ]);
    const days = await metrics(store.id, { from: '2026-05-10', to: '2026-05-11', by: 'day' });
    expect(days.totals).toMatchObject({ visitors: 1, visits: 1, buyers: 1, consulting_buyers: 1, orders: 1 });
    expect(shown(days, 'visitors', 'consulting_visitors', 'orders', 'buyers')).toEqual([
      ['2026-05-10', 1, 1, 0, 0],
      ['2026-05-11', 1, 0, 1, 1],
    ]);
  });
});
