// Pages that are left and come back, and tabs that are closed, in a whole browser: it ends them as it does for visitors.
import { expect, it } from 'vitest';
import { openBrowser } from '../browser/chromium.ts';
import { atLength } from '../effort.ts';
import { STUB } from './shop.ts';
import { call, calm, ORDER, pathOf, stage } from './stage.ts';

const on = stage(openBrowser);
const delivered = (type: string) => on.collector.types().filter((each) => each === type).length;

// By default the outbox is handed on by tabs that are left, not closed.
atLength(() => {
  it('delivers what was tracked while the collector was down, after the tab was closed, once', async () => {
    await on.page.goto(on.shop.url);
    await on.collector.until((events) => events.length === 1);
    await on.collector.down();
    await call(on.page, 'order', ORDER);
    await calm(1500);
    await on.page.close();
    await on.collector.up();
    const later = await on.context.newPage();
    await later.goto(on.shop.url);
    await on.collector.until((events) => events.length === 3, 1500);
    expect(on.collector.types().sort()).toEqual(['order', 'visit', 'visit']);
    // Once on the wire, too: nothing was sent again after its acknowledgement.
    expect(on.collector.requests.flatMap(({ batch }) => batch.events)).toHaveLength(3);
  });

  it('delivers an order though the page is left at once, to a collector far away', async () => {
    on.collector.delay = 300;
    on.shop.pages['/thanks'] = `${STUB}{tag}<script>
    addEventListener('DOMContentLoaded', () => { tundish('order', ${JSON.stringify(ORDER)}); location.href = '/blank'; });
  </script>`;
    on.shop.pages['/blank'] = 'No tag here.';
    await on.page.goto(`${on.shop.url}/thanks`, { waitUntil: 'commit' });
    await on.page.waitForURL('**/blank');
    await on.collector.until(() => delivered('order') === 1);
  });
});

it('delivers an order that is tracked while the tab closes', async () => {
  on.collector.delay = 300;
  on.shop.pages['/thanks'] = `<script>
    addEventListener('pagehide', () => tundish('order', ${JSON.stringify(ORDER)}));
  </script>{tag}`;
  await on.page.goto(`${on.shop.url}/thanks`);
  await on.collector.until((events) => events.length === 1);
  await on.page.close();
  await on.collector.until(() => delivered('order') === 1);
});

it('sends nothing twice when the page is left before the answer', async () => {
  on.collector.delay = 1500;
  on.shop.pages['/blank'] = 'No tag here.';
  await on.page.goto(on.shop.url);
  while (!on.collector.methods.length) await calm(10);
  await call(on.page, 'cart');
  await on.page.goto(`${on.shop.url}/blank`);
  await on.collector.until((events) => events.length === 2);
  expect(on.collector.requests.flatMap(({ batch }) => batch.events)).toHaveLength(2);
});

it('lets the next page send at once, though the last one had no answer yet', async () => {
  on.collector.delay = 10_000;
  await on.page.goto(on.shop.url);
  while (!on.collector.methods.length) await calm(10);
  on.collector.delay = 0;
  const start = Date.now();
  await on.page.goto(`${on.shop.url}/b`);
  await on.collector.until((events) => events.some((event) => pathOf(on, event) === '/b'), 0);
  expect(Date.now() - start).toBeLessThan(4000);
});

it('delivers an order though the tab is closed at once', async () => {
  on.collector.delay = 300;
  await on.page.goto(on.shop.url);
  await call(on.page, 'order', ORDER);
  await on.page.close({ runBeforeUnload: true });
  await on.collector.until(() => delivered('order') === 1);
});

it('counts the return from the back/forward cache', async () => {
  on.shop.pages['/a'] = '{tag}<script>window.made = Math.random()</script>';
  await on.page.goto(`${on.shop.url}/a`);
  await on.collector.until((events) => events.length === 1);
  const made = await on.page.evaluate('made');
  await on.page.evaluate("location.href = '/b'");
  await on.collector.until((events) => events.length === 2);
  await on.page.goBack({ waitUntil: 'commit' });
  await on.collector.until((events) => events.length >= 3);
  // The very same page came back: otherwise this would have been a load.
  expect(await on.page.evaluate('made')).toBe(made);
  expect(on.collector.events.map((event) => pathOf(on, event))).toEqual(['/a', '/b', '/a']);
});
