// GPC, DNT and cookieless mode: who asks not to be recognised leaves no trace on the device and has no name.
import { expect, it } from 'vitest';
import { some } from '../effort.ts';
import { call, calm, ORDER, stage } from './stage.ts';

const on = stage();

const stored = () => on.page.evaluate('[...Object.keys(localStorage), document.cookie].filter(Boolean)');

/** Three page views and an order; what arrived of them. */
async function shopAround() {
  await on.page.goto(`${on.shop.url}/a`);
  await on.collector.until((events) => events.length === 1);
  await on.page.goto(`${on.shop.url}/b`);
  await call(on.page, 'order', ORDER);
  await call(on.page, 'order', ORDER);
  await on.collector.until((events) => events.length === 3);
  return on.collector;
}

/** The signal, the tag's attributes, and whether the visitor is recognised. */
type Case = [name: string, said: [string, unknown] | null, attributes: string, recognised: boolean];
const told: Case[] = [
  ['GPC', ['globalPrivacyControl', true], '', false],
  ['DNT', ['doNotTrack', '1'], '', false],
  ['GPC where the store ignores it', ['globalPrivacyControl', true], 'data-privacy="ignore"', true],
  ['a store that is cookieless for all', null, 'data-privacy="all"', false],
];
const others: Case[] = [
  ['no GPC', ['globalPrivacyControl', false], '', true],
  ['DNT that says no', ['doNotTrack', '0'], '', true],
  ['DNT that is not set', ['doNotTrack', 'unspecified'], '', true],
];
it.each(some(told, [...told, ...others]))('%s', async (_, said, attributes, recognised) => {
  if (said) await on.says(...said);
  on.shop.attributes = attributes;
  const { requests, events } = await shopAround();
  expect(((await stored()) as string[]).length > 0).toBe(recognised);
  for (const { batch } of requests) expect(batch.visitor === '-').toBe(!recognised);
  // Ids part events all the same, and an order has its own.
  expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  expect(events.map(({ id }) => id)).toContain('order:A-1');
});

it('stores nothing in cookieless mode after consent either, and waits for it', async () => {
  await on.says('globalPrivacyControl', true);
  on.shop.attributes = 'data-consent="required"';
  await on.page.goto(on.shop.url);
  await calm(700);
  expect(on.collector.methods).toEqual([]);
  await call(on.page, 'consent', 'granted');
  await on.collector.until((events) => events.length === 1);
  expect(on.collector.requests[0]?.batch.visitor).toBe('-');
  // The choice itself is kept, so that it need not be asked for again.
  expect(await stored()).toEqual(['tundish.c']);
});

it('remembers an opt-out of a cookieless visitor', async () => {
  on.shop.attributes = 'data-privacy="all"';
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
  await call(on.page, 'optout');
  await on.page.reload();
  await calm(700);
  expect(on.collector.events).toHaveLength(1);
  expect(await stored()).toEqual(['tundish.c']);
});

it('delivers from memory after a fault', async () => {
  on.shop.attributes = 'data-privacy="all"';
  on.collector.fault = { status: 503, headers: { 'retry-after': '1' } };
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  on.collector.fault = undefined;
  await on.collector.until((events) => events.length === 1);
  expect(await stored()).toEqual([]);
});
