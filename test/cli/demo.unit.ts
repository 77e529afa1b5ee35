// The demo store's traffic: the same on every start, whatever day the start is on.
import { expect, test } from 'vitest';
import { demoEvents } from '../../worker/cli/demo.ts';

const shop = { origin: 'https://shop.example', timezone: 'Asia/Shanghai', currency: 'USD' };
const DAY = 86_400_000;
const TODAY = 20_780;
const NOW = (TODAY + 1) * DAY;

test('a day holds the same events wherever the days begin', () => {
  const on = (from: number) => [...demoEvents(shop, from, TODAY, NOW)].filter(({ at }) => at > TODAY * DAY);
  const events = on(TODAY - 90);
  expect(events.length).toBeGreaterThan(100);
  expect(on(TODAY - 1)).toEqual(events);
});

test('nothing happens after now, and no id twice', () => {
  const noon = TODAY * DAY + DAY / 2;
  const events = [...demoEvents(shop, TODAY - 30, TODAY, noon)];
  expect(Math.max(...events.map(({ at }) => at))).toBeLessThanOrEqual(noon);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});
