// Page views by themselves, in a real browser: each counted once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchAlone } from '../browser/chromium.ts';
import { atLength } from '../effort.ts';
import { call, pathOf, stage } from './stage.ts';

const on = stage();
const paths = () => on.collector.events.map((event) => pathOf(on, event));

/** A visitor's or a visit's id. */
const ID = /^[0-9a-v]{10,17}$/;

it('sends one visit for a load, by the contract and without a preflight', async () => {
  await on.page.goto(`${on.shop.url}/p/1?utm_source=news&email=a@b.example`, {
    referer: 'https://blog.example/post?id=1',
  });
  const [event] = await on.collector.until((events) => events.length > 0);
  expect(on.collector.types()).toEqual(['visit']);
  expect(on.collector.methods).toEqual(['POST /v1/events']);
  expect(event).toEqual({
    at: expect.any(Number),
    id: expect.stringMatching(/^[0-9a-v]{10,17}\.[0-9a-v]{10,17}$/),
    type: 'visit',
    visit: expect.stringMatching(ID),
    url: `${on.shop.url}/p/1?&utm_source=news&`,
    referrer: 'https://blog.example/post',
    engaged: 0,
  });
  expect(event?.id.split('.')[0]).toBe(event?.visit);
  const [request] = on.collector.requests;
  expect(request?.batch).toMatchObject({
    v: 1,
    store: 'st_test',
    visitor: expect.stringMatching(ID),
  });
  expect(Math.abs((request?.batch.sent ?? 0) - Date.now())).toBeLessThan(5000);
  expect(request?.headers['content-type']).toMatch(/^text\/plain/);
  expect(request?.headers.cookie).toBeUndefined();
});

it('keeps visitor and visit over pages, and tells the referrer of each', async () => {
  await on.page.goto(`${on.shop.url}/a`, { referer: 'https://blog.example/' });
  await call(on.page, 'inquiry', { via: 'chat' });
  await on.collector.until((events) => events.length === 2);
  await on.page.evaluate("location.href = '/b'");
  const events = await on.collector.until((all) => all.length === 3);
  expect(events.map(({ referrer }) => referrer)).toEqual([
    'https://blog.example/',
    'https://blog.example/',
    `${on.shop.url}/a`,
  ]);
  expect(new Set(events.map(({ visit }) => visit)).size).toBe(1);
  expect(new Set(on.collector.requests.map(({ batch }) => batch.visitor)).size).toBe(1);
  expect(paths()).toEqual(['/a', '/a', '/b']);
});

it('begins a new visit of the same visitor after half an hour', async () => {
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
  // Half an hour ago by the shared note: visitor, visit, last event's time.
  await on.page.evaluate(
    `localStorage.tundish = localStorage.tundish.replace(/ \\d{13}$/, ' ' + (Date.now() - 30 * 60_000))`,
  );
  await call(on.page, 'cart');
  const [first, second] = await on.collector.until((events) => events.length === 2);
  expect(second?.visit).not.toBe(first?.visit);
  expect((second?.visit ?? '') > (first?.visit ?? '')).toBe(true);
  expect(new Set(on.collector.requests.map(({ batch }) => batch.visitor)).size).toBe(1);
});

it('counts the history API by path, there and back, and never twice', async () => {
  await on.page.goto(`${on.shop.url}/a`);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`
    history.pushState(null, '', '/b');
    history.replaceState(null, '', '/b?size=xl');
    history.replaceState(null, '', '/b');
    history.pushState(null, '', '/b#details');
    history.replaceState(null, '', '/c');
  `);
  await on.collector.until((events) => events.length === 3);
  await on.page.evaluate('history.back()');
  await on.page.evaluate('history.back()');
  await on.collector.until((events) => events.length >= 5);
  expect(paths().sort()).toEqual(['/a', '/a', '/b', '/b', '/c']);
});

it('counts hash routes, and not the places on a page', async () => {
  await on.page.goto(`${on.shop.url}/`);
  await on.page.waitForFunction('window.tundish');
  for (const hash of ['#reviews', '#/cart', '#/cart?step=2', '#!/pay']) {
    await on.page.evaluate((to) => {
      location.hash = to;
    }, hash);
  }
  await on.collector.until((events) => events.length >= 3);
  expect(paths().sort()).toEqual(['/', '/#!/pay', '/#/cart']);
});

// In a browser that nobody steers, which takes as long to start as ten tests of others.
atLength(() => {
  it('counts a page that is rendered ahead when it is shown, and only then', async () => {
    on.shop.pages['/a'] = `{tag}<a href="/b">b</a>
    <script type="speculationrules">{"prerender":[{"source":"list","urls":["/b"],"eagerness":"immediate"}]}</script>
    <script>setTimeout(() => document.querySelector('a').click(), 3000)</script>`;
    // The custom step comes only if the page was really rendered ahead.
    on.shop.pages['/b'] = `{tag}<script>
    addEventListener('load', () => tundish('product', { item: 'p' }));
    document.addEventListener('prerenderingchange', () => tundish('custom', { name: 'shown' }));
  </script>`;
    const folder = await mkdtemp(join(tmpdir(), 'tundish-'));
    const end = launchAlone(folder, `${on.shop.url}/a`);
    try {
      await on.collector.until((events) => events.length === 4);
      expect(on.collector.types().sort()).toEqual(['custom', 'product', 'visit', 'visit']);
      const isFirst = (event: { url?: string | undefined }) => pathOf(on, event) === '/a';
      const first = on.collector.events.find(isFirst);
      const later = on.collector.events.filter((event) => !isFirst(event));
      expect(later).toHaveLength(3);
      for (const event of later) {
        expect(pathOf(on, event)).toBe('/b');
        if (event.type === 'visit') expect(event.at - (first?.at ?? 0)).toBeGreaterThan(2500);
      }
    } finally {
      await end();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

it('counts a view by hand', async () => {
  await on.page.goto(`${on.shop.url}/a`);
  await call(on.page, 'visit', { url: '/popup?secret=1' });
  await on.collector.until((events) => events.length === 2);
  expect(paths()).toEqual(['/a', '/popup']);
});

it('counts once where the tag was pasted twice', async () => {
  on.shop.pages['/'] = '{tag}{tag}';
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length > 0, 1000);
  expect(on.collector.types()).toEqual(['visit']);
});

it('says once that a lone page held attention, after ten seconds; not for a visit that did more', async () => {
  const busy = await (await on.browser.newContext()).newPage();
  await busy.goto(on.shop.url);
  await call(busy, 'cart');
  const [{ visit: other } = { visit: '' }] = await on.collector.until((all) => all.length === 2);
  await on.page.goto(on.shop.url);
  await on.collector.until((all) => all.some(({ type }) => type === 'engaged'), 2100);
  await busy.context().close();
  const mine = on.collector.events.filter(({ visit }) => visit !== other);
  expect(mine.map(({ type }) => type)).toEqual(['visit', 'engaged']);
  expect(on.collector.events).toHaveLength(4);
  expect(mine[1]?.engaged).toBe(10_000);
  expect((mine[1]?.at ?? 0) - (mine[0]?.at ?? 0)).toBeGreaterThanOrEqual(9_900);
  await call(on.page, 'cart');
  await on.collector.until((all) => all.length === 5);
  const later = on.collector.events[4]?.engaged ?? 0;
  expect(later).toBeGreaterThanOrEqual(2000);
  expect(later).toBeLessThanOrEqual(4000);
});
