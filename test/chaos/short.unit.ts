// The short forms of npm run chaos: kills, bad events and bad bodies, each in seconds.
import { expect, test } from 'vitest';
import { runInput } from './input/run.ts';
import { runKills } from './kills.ts';
import { runPoison } from './poison.ts';

const quiet = () => {};
const timeout = 120_000;
/** Told by the devices at least, before the server is killed and after it. */
const EVENTS = 1_000;
/** At each endpoint; the long form has all bodies at each and 10,000 mutations. */
const PLAN = { every: 16, mutations: 1 };

test('a server that is killed under load loses nothing and counts nothing twice', { timeout }, async () => {
  const done = await runKills({ kills: 1, events: EVENTS, shoppers: 12, speed: 6 }, quiet, Date.now());
  expect(done).toMatchObject({ kills: 1, lost: 0, twice: 0, rebuilt: true, wrong: [] });
  expect(done.sent).toBeGreaterThanOrEqual(EVENTS);
  expect(done.accepted + done.duplicate + done.rejected).toBe(done.received);
});

test('bad events among good ones are refused once, and the good ones are stored', { timeout }, async () => {
  const { good, bad, accepted, rejected, requests, lost } = await runPoison();
  expect([accepted, rejected, lost]).toEqual([good, bad, 0]);
  expect(bad).toBeGreaterThan(10);
  // Each once: the outbox is empty after as many requests as it takes to carry all.
  expect(requests).toBeLessThanOrEqual(4);
});

test('bad bodies: no error of the server’s, nothing stored, one reason each', { timeout }, async () => {
  const { endpoints, bodies, named, mutations, faults } = await runInput(PLAN, quiet);
  expect(faults).toEqual([]);
  expect(endpoints).toBeGreaterThanOrEqual(23);
  expect([bodies, mutations]).toEqual([80, endpoints * PLAN.mutations]);
  expect(named).toBeGreaterThanOrEqual((endpoints * 80) / PLAN.every);
});
