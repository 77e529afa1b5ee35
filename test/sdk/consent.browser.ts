// Consent and opt-out: before the visitor's choice nothing is stored and nothing is sent, and after it what they chose.
import { beforeEach, expect, it } from 'vitest';
import { STUB_IN_MEMORY } from '../../sdk/stub.ts';
import { call, calm, ORDER, pathOf, stage } from './stage.ts';

const on = stage();

/** Everything that the page has on the device. */
const stored = () =>
  on.page.evaluate(`(async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
    ...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys()),
  ].filter(Boolean))()`);

const visitors = () => new Set(on.collector.requests.map(({ batch }) => batch.visitor));

beforeEach(() => {
  on.shop.attributes = 'data-consent="required"';
});

it('stores nothing and sends nothing before consent, and on it delivers all with ids and times', async () => {
  await on.page.goto(`${on.shop.url}/a?utm_source=news`, { referer: 'https://blog.example/' });
  await call(on.page, 'order', ORDER);
  await on.page.evaluate("history.pushState(null, '', '/b')");
  const before = Date.now();
  // Leaving and coming back to the tab sends nothing either.
  await on.page.evaluate("dispatchEvent(new Event('visibilitychange'))");
  await calm(1300);
  expect(await stored()).toEqual([]);
  expect(on.collector.methods).toEqual([]);
  await call(on.page, 'consent', 'granted');
  const events = await on.collector.until((all) => all.length === 3);
  const [first, second] = events.filter(({ type }) => type === 'visit').sort((a, b) => a.at - b.at);
  expect(first?.referrer).toBe('https://blog.example/');
  expect(events.find(({ type }) => type === 'order')).toMatchObject({ ...ORDER, id: 'order:A-1' });
  expect([first, second].map((event) => pathOf(on, event ?? {}))).toEqual(['/a?utm_source=news', '/b']);
  for (const { at } of events) expect(at).toBeLessThanOrEqual(before);
  expect(new Set(events.map(({ visit }) => visit)).size).toBe(1);
});

it('remembers that it was granted, and later pages go on by themselves as the same visitor', async () => {
  await on.page.goto(on.shop.url);
  await call(on.page, 'consent', 'granted');
  await on.collector.until((all) => all.length === 1);
  await on.page.goto(`${on.shop.url}/b`);
  await on.collector.until((all) => all.length === 2);
  expect(visitors().size).toBe(1);
});

it('forgets all on denial, and stops', async () => {
  await on.page.goto(on.shop.url);
  await call(on.page, 'cart');
  await call(on.page, 'consent', 'denied');
  await call(on.page, 'order', ORDER);
  await calm(800);
  expect(await stored()).toEqual([]);
  await on.page.reload();
  await call(on.page, 'cart');
  await calm(800);
  expect(await stored()).toEqual([]);
  expect(on.collector.methods).toEqual([]);
});

it('takes back what was granted: nothing of ours stays, what is the shop’s does', async () => {
  await on.page.goto(on.shop.url);
  await on.page.evaluate("localStorage.basket = 'tea'");
  await call(on.page, 'consent', 'granted');
  await call(on.page, 'order', ORDER);
  await on.collector.until((all) => all.length === 2);
  await call(on.page, 'consent', 'denied');
  expect(await stored()).toEqual(['basket']);
  await on.page.reload();
  await call(on.page, 'cart');
  await calm(800);
  expect(on.collector.events).toHaveLength(2);
  expect(await stored()).toEqual(['basket']);
});

it('goes on when denial is followed by consent, without what was denied', async () => {
  await on.page.goto(on.shop.url);
  await call(on.page, 'consent', 'denied');
  await call(on.page, 'cart');
  await call(on.page, 'consent', 'granted');
  await call(on.page, 'inquiry', { via: 'chat' });
  await on.collector.until((all) => all.length === 1);
  expect(on.collector.types()).toEqual(['inquiry']);
});

it('hears a choice made before the script has come', async () => {
  on.shop.pages['/'] =
    `<script>${STUB_IN_MEMORY};tundish('consent', 'granted');tundish('cart', { item: 'p' })</script>{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((all) => all.length === 2);
  expect(on.collector.types().sort()).toEqual(['cart', 'visit']);
});

it('takes no other word for consent', async () => {
  await on.page.goto(on.shop.url);
  for (const choice of ['yes', 'GRANTED', true]) await call(on.page, 'consent', choice);
  await on.page.reload();
  await call(on.page, 'cart');
  await calm(800);
  expect(on.collector.methods).toEqual([]);
  expect(await stored()).toEqual([]);
});

it('stops for good on opt-out, whatever is granted later, and keeps but the one key that says so', async () => {
  on.shop.attributes = '';
  await on.page.goto(on.shop.url);
  await on.collector.until((all) => all.length === 1);
  await call(on.page, 'cart');
  await call(on.page, 'optout');
  const heard = on.collector.methods.length;
  for (let load = 0; load < 2; load++) {
    await call(on.page, 'order', ORDER);
    await call(on.page, 'consent', 'granted');
    await call(on.page, 'inquiry', { via: 'chat' });
    await calm(700);
    expect(await stored()).toEqual(['tundish.c']);
    await on.page.reload();
  }
  expect(on.collector.types()).not.toContain('order');
  expect(on.collector.methods.length).toBeLessThanOrEqual(heard + 1);
});

it('asks for consent as a module does', async () => {
  on.shop.pages['/'] = `<script type="module">
    import { consent, init, track } from '${on.collector.url}/npm.js';
    init({ store: 'st_test', host: '${on.collector.url}', consent: 'required' });
    track('cart', { item: 'p' });
    window.grant = () => consent('granted');
  </script>`;
  await on.page.goto(on.shop.url);
  await calm(700);
  expect([await stored(), on.collector.methods]).toEqual([[], []]);
  await on.page.evaluate('grant()');
  await on.collector.until((all) => all.length === 2);
});

it('holds in every tab of the shop, wherever it was chosen', async () => {
  const other = await on.context.newPage();
  for (const page of [on.page, other]) {
    await page.goto(on.shop.url);
    await page.waitForLoadState('networkidle');
  }
  await call(on.page, 'consent', 'granted');
  await on.collector.until((all) => all.length === 2);
  await call(on.page, 'consent', 'denied');
  await calm();
  await call(other, 'cart');
  await calm(800);
  expect(on.collector.events).toHaveLength(2);
  expect(await stored()).toEqual([]);
});
