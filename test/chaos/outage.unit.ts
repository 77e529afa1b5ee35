// After an outage the built script delivers soon and spread, whatever the outage's length; in the time of fake clocks.
import { afterEach, expect, test, vi } from 'vitest';
import { some } from '../effort.ts';
import { Account, open, shopper, waiting } from './page.ts';

const SECOND = 1000;
const SHOPPERS = 400;
/** Seconds between two acts of a shopper, on average. */
const BETWEEN = 6;
/** Seconds within which all that waited must be delivered, and times the mean that the busiest of them may be. */
const DRAINED = 60;
const PEAK = 3;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each(some([90], [20, 90, 200]))('%i s without a server', { timeout: 60_000 }, async (seconds) => {
  vi.useFakeTimers();
  let away = true;
  vi.stubGlobal('fetch', async (_: URL, { body }: { body: string }) => {
    if (away) throw new TypeError('fetch failed');
    return Response.json({ accepted: JSON.parse(body).events.length, duplicate: 0, rejected: [] });
  });
  const account = new Account();
  const shoppers = Array.from({ length: SHOPPERS }, () => shopper('http://tundish.test', 'st_1', account));
  const pages = [];
  for (const [n, one] of shoppers.entries()) {
    pages.push(open(one, '/'));
    // Pages are not opened all at once.
    if (n % (SHOPPERS / BETWEEN / 10) < 1) await vi.advanceTimersByTimeAsync(SECOND / 10);
  }
  for (let passed = 0; passed < seconds; passed += BETWEEN) {
    // Nobody fills an outbox.
    if (passed < 90) for (const page of pages) page.tell('product', { item: 'tea' });
    await vi.advanceTimersByTimeAsync(BETWEEN * SECOND);
  }
  const failed = account.unanswered;
  expect(failed).toBeGreaterThan(SHOPPERS);
  // Who waits does not ask all the time: each page once in sixteen seconds or less often, once it has failed a while.
  expect(failed).toBeLessThan(SHOPPERS * (3 + seconds / 16));

  away = false;
  const back = Date.now();
  const left: number[] = [];
  account.heard = (time) => left.push(time);
  await vi.advanceTimersByTimeAsync(DRAINED * SECOND);
  expect(shoppers.filter((one) => waiting(one) > 0)).toEqual([]);
  const drained = Math.max(...left) - back;
  const bySecond = Map.groupBy(left, (time) => Math.floor((time - back) / SECOND));
  const busiest = Math.max(...[...bySecond.values()].map(({ length }) => length));
  expect(busiest / (left.length / (drained / SECOND))).toBeLessThan(PEAK);
  expect(account.received).toBe(account.told.size);
  for (const page of pages) page.close();
});
