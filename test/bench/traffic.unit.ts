// The reference traffic is what its name says: numbers measured on it mean the same on every machine.
import { expect, test } from 'vitest';
import { dayOf } from '../../worker/collect/calendar.ts';
import { FIRST_DAY, LAST_DAY, SHOP, traffic } from './traffic.ts';

const WANTED = 50_000;
const events = [...traffic(WANTED)];

test('the same seed makes the same events, another seed others', () => {
  const ids = (seed: number) => [...traffic(2_000, seed)].map(({ id }) => id);
  expect(ids(1)).toEqual(ids(1));
  expect(ids(1)).not.toEqual(ids(2));
});

test('there are about as many as asked for, each once, all in the year', () => {
  expect(Math.abs(events.length / WANTED - 1)).toBeLessThan(0.05);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const days = new Set(events.map(({ at }) => dayOf(at, SHOP.timezone)));
  expect(Math.min(...days)).toBe(FIRST_DAY);
  expect(Math.max(...days)).toBe(LAST_DAY);
  expect(days.size).toBe(LAST_DAY - FIRST_DAY + 1);
});

test('three pages a visit, and a third of the visitors come back', () => {
  const pages = events.filter(({ type }) => type === 'visit').length;
  const perVisit = pages / new Set(events.map(({ visit }) => visit)).size;
  expect(Math.abs(perVisit - 3)).toBeLessThan(0.1);
  const visits = Map.groupBy(events, ({ visitor }) => visitor);
  const returning = [...visits.values()].filter((own) => new Set(own.map(({ visit }) => visit)).size > 1);
  expect(Math.abs(returning.length / visits.size - 1 / 3)).toBeLessThan(0.02);
});

test.each(['inquiry', 'order', 'payment', 'refund'] as const)('somebody does: %s', (type) => {
  expect(events.some((event) => event.type === type)).toBe(true);
});
