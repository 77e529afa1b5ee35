// From a real browser to the real Worker through the most telling faults: sent = stored, each once. At length only; all
// of them, and the delivery table, are `npm run proof`.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASES } from '../proof/cases/index.ts';
import { thanksInGa4 } from '../proof/cases/thanks.ts';
import { type Stand, stand } from '../proof/stand.ts';

let on: Stand;
beforeAll(async () => {
  on = await stand();
});
afterAll(() => on.close());

// They mostly wait, each in a shop of its own.
test.concurrent.each<keyof typeof CASES>([
  'answer lost after commit',
  'browser killed in mid-send',
  'three tabs at once',
  '10 navigations in one second',
])('%s', { timeout: 120_000 }, async (title) => {
  expect((await CASES[title](on)).sent).toBeGreaterThan(0);
});

test.concurrent('a thank-you page loaded again and again in three tabs is one order and one payment', async () => {
  expect((await thanksInGa4(9)(on)).sent).toBe(9 + 3 + 2);
});

test('no error of ours in any shop’s page', () => expect(on.errors).toEqual([]));
