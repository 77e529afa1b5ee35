// Where the tag must work: several tabs, no storage, full storage, no https, a strict policy, the npm package.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchProfile } from '../browser/chromium.ts';
import { atLength } from '../effort.ts';
import { call, calm, ORDER, stage } from './stage.ts';

const on = stage();
const sent = () => on.collector.requests.flatMap(({ batch }) => batch.events);

it('delivers the events of three tabs, of one visitor, each once on the wire', async () => {
  const tabs = [on.page, await on.context.newPage(), await on.context.newPage()];
  for (const tab of tabs) await tab.goto(on.shop.url);
  on.collector.delay = 100;
  await Promise.all(tabs.map((tab, index) => call(tab, 'order', { ...ORDER, order: `A-${index}` })));
  await Promise.all(tabs.map((tab) => call(tab, 'cart')));
  await on.collector.until((events) => events.length === 9);
  expect(new Set(on.collector.requests.map(({ batch }) => batch.visitor)).size).toBe(1);
  expect(new Set(on.collector.events.map(({ visit }) => visit)).size).toBe(1);
  // Storage is shared with a delay of some milliseconds, so a few may be sent by two.
  expect(sent().length).toBeLessThan(3 * 9);
});

it('leaves a backlog to one of the tabs that open together', async () => {
  on.collector.fault = { status: 503 };
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`for (let i = 0; i < 200; i++) tundish('product', { item: 'p' + i })`);
  while (!on.collector.refused) await calm(20);
  await on.page.goto('about:blank');
  on.collector.fault = undefined;
  on.collector.delay = 500;
  for (let tab = 0; tab < 3; tab++) await (await on.context.newPage()).goto(on.shop.url);
  await on.collector.until((events) => events.length === 204, 1500);
  // Without a word between them it would be three times the backlog. One batch of 50 may have been on its way
  // when its page was left, and one more from each tab that opened in the same moment.
  expect(sent().length).toBeLessThanOrEqual(204 + 3 * 50);
});

// A browser of its own takes as long to start as ten tests of others. By default a script denies the page its storage, in
// the tests of the stub.
atLength(() => {
  it('measures without storage, in the memory of the page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tundish-'));
    await mkdir(join(folder, 'Default'));
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(settings));
    const profile = await launchProfile(folder);
    try {
      const page = await profile.newPage();
      await page.goto(on.shop.url);
      expect(await page.evaluate('try { typeof localStorage } catch (error) { error.name }')).toBe(
        'SecurityError',
      );
      await call(page, 'order', ORDER);
      await call(page, 'order', ORDER);
      const events = await on.collector.until((all) => all.length === 2);
      expect(on.collector.types().sort()).toEqual(['order', 'visit']);
      expect(new Set(events.map(({ visit }) => visit)).size).toBe(1);
    } finally {
      await profile.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it('measures with full storage, in the memory of the page', async () => {
  on.shop.pages['/'] = `<script>
    let size = 4_000_000;
    while (size >= 1) try { localStorage['full' + localStorage.length] = 'x'.repeat(size) } catch { size /= 2 }
  </script>{tag}`;
  await on.page.goto(on.shop.url);
  await call(on.page, 'order', ORDER);
  const events = await on.collector.until((all) => all.length === 2);
  expect(new Set(events.map(({ visit }) => visit)).size).toBe(1);
  expect(await on.page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('tundish'))")).toBe(
    false,
  );
});

it('measures on a page without https', async () => {
  await on.page.goto(on.shop.insecure);
  expect(await on.page.evaluate('isSecureContext')).toBe(false);
  await call(on.page, 'inquiry', { via: 'form' });
  await on.collector.until((events) => events.length === 2);
});

it('measures under a strict policy', async () => {
  const { origin } = new URL(on.collector.url);
  on.shop.headers['content-security-policy'] =
    `default-src 'none'; script-src ${origin}; connect-src ${origin}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
});

it('leaves one name in the page, and no error for nonsense', async () => {
  on.shop.pages['/bare'] = 'No tag here.';
  await on.page.goto(`${on.shop.url}/bare`);
  const before = (await on.page.evaluate('Object.keys(window)')) as string[];
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  const after = (await on.page.evaluate('Object.keys(window)')) as string[];
  expect(after.filter((name) => !before.includes(name))).toEqual(['tundish']);
  await on.page.evaluate(`
    const round = {}; round.round = round;
    for (const args of [[], [null], ['order', null], ['order', 7], ['custom', round], ['cart', { value: 10n }], ['visit', { url: 'http://' }], [{}, []], [Symbol()]])
      tundish(...args);
  `);
  await call(on.page, 'cart');
  await on.collector.until(() => on.collector.types().includes('cart'));
});

it('works as a module: calls before init wait, a second init changes nothing', async () => {
  on.shop.pages['/'] = `<script type="module">
    import { init, track } from '${on.collector.url}/npm.js';
    track('order', ${JSON.stringify(ORDER)});
    init({ store: 'st_npm', host: '${on.collector.url}' });
    init({ store: 'st_other', host: '${on.collector.url}' });
    track('inquiry', { via: 'email' });
  </script>`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 3);
  expect(on.collector.types().sort()).toEqual(['inquiry', 'order', 'visit']);
  expect(new Set(on.collector.requests.map(({ batch }) => batch.store))).toEqual(new Set(['st_npm']));
});
