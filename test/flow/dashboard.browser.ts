// The dashboard as its readers use it: stores and tokens made there, every view in both languages and themes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VIEWS } from '../../dashboard/address.ts';
import { openEngine } from '../browser/chromium.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { demoOf, expectAccessible, hook, readersOf, signedIn } from './owner.ts';
import { createStore, openProduct, signInLink } from './product.ts';

/** Who is steered by a program says so, and is not counted. */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';

let browser: Browser;
let product: SharedProduct;
/** The store with figures: a real one would be shown before it. */
let demo: string;

beforeAll(async () => {
  [browser, product] = await Promise.all([openEngine(), openProduct()]);
  demo = await demoOf(product);
});
afterAll(async () => {
  await browser?.close();
});

/** A page of somebody signed in, on the demo store's figures. */
async function signIn(): Promise<Page> {
  const { page } = await signedIn(product);
  await page.goto(`${product.url}/?store=${demo}`);
  await page.waitForSelector(hook('headline'));
  return page;
}

describe('an owner', () => {
  test('cannot see anything before signing in, and is told how to', async () => {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(product.url);
    await page.waitForSelector(hook('sign-in-command'));
    expect(await page.textContent('body')).toContain('npm run admin -- sign-in');
    expect(await page.locator(hook('headline')).count()).toBe(0);
  });

  test('is told in words that a link was used before', async () => {
    const used = await signInLink(product);
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(used);
    await page.waitForSelector(hook('choose-store'));
    await context.clearCookies();
    await page.goto(used);
    await page.waitForSelector(hook('sign-in-error'));
  });

  test('makes a store and a token, and the token answers', async () => {
    const page = await signIn();
    await page.selectOption(hook('choose-store'), '+');
    await page.fill(hook('new-store-name'), 'Made here');
    await page.fill(hook('new-store-origins'), 'https://made.example');
    await page.selectOption(hook('new-store-timezone'), 'Asia/Shanghai');
    await page.selectOption(hook('new-store-currency'), 'CNY');
    await page.click(hook('new-store-create'));
    await page.waitForSelector(hook('first-event-waiting'));
    const store = /data-store="(st_\w+)"/.exec((await page.textContent(hook('script-tag'))) ?? '')?.[1] ?? '';
    await page.click(hook('setup-to-settings'));
    await page.fill(hook('token-name'), 'sheet');
    await page.selectOption(hook('token-power'), 'both');
    await page.selectOption(hook('token-life'), 'days30');
    await page.click(hook('token-create'));
    const secret = /tundish_\w+/.exec((await page.textContent(hook('token-secret'))) ?? '')?.[0];
    const ask = () =>
      fetch(`${product.url}/v1/metrics?store=${store}&from=2026-11-01&to=2026-11-02`, {
        headers: { authorization: `Bearer ${secret}` },
      });
    const answer = await (await ask()).json();
    expect(answer.period).toMatchObject({ timezone: 'Asia/Shanghai', days: 2 });
    await page.reload();
    await page.waitForSelector(hook('token-revoke'));
    expect(await page.textContent(hook('token'))).toMatch(/asks for figures · sends events.*expires /);
    expect(await page.textContent('body')).not.toContain(secret);
    await page.click(hook('token-revoke'));
    await page.click(hook('token-revoke-sure'));
    await page.waitForSelector(hook('token'), { state: 'detached' });
    expect((await ask()).status).toBe(401);
  });

  test('is told why nothing arrives, what to change, and then what does', async () => {
    let answer: { policy?: string; body: string } = { body: '<p>No tag</p>' };
    const shop = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      if (answer.policy) response.setHeader('content-security-policy', answer.policy);
      response.end(`<!doctype html><title>Shop</title>${answer.body}`);
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(shop.address() as AddressInfo).port}`;
    const { id, tag } = await createStore(product, 'https://www.shop.example');
    const owner = await signIn();
    const shopper = await (await browser.newContext({ userAgent: PERSON })).newPage();
    const found = async (cause: string) => {
      await owner.click(hook('check-go'));
      await owner.waitForSelector(`[data-cause="${cause}"]`);
      return owner.textContent(`[data-cause="${cause}"]`);
    };
    try {
      await owner.goto(`${product.url}/set-up?store=${id}`);
      answer = { body: `${tag}` };
      await shopper.goto(origin);
      await owner.waitForSelector('[data-reason="foreign_origin"]');
      await owner.fill(hook('check-url'), `${origin}/`);
      await found('origin_not_allowed');
      await owner.click(`[data-reason="foreign_origin"] ${hook('origin-add')}`);
      await owner.waitForSelector(
        `[data-reason="foreign_origin"] ${hook('origin-added')}:has-text("${origin}")`,
      );
      answer = { body: '<p>No tag</p>' };
      await found('tag_missing');
      answer = { policy: "script-src 'self'", body: `${tag}` };
      expect(await found('csp_blocks_script')).toContain(`Add ${product.url} to script-src`);
      answer = { body: `${tag}` };
      await found('ok');
      await owner.focus(hook('check-url'));
      await shopper.goto(`${origin}/tea`);
      await owner.waitForSelector(hook('first-event'));
      expect(await owner.textContent(`${hook('arrival')}[data-type="visit"]`)).toContain('/tea');
      expect(await owner.evaluate('document.activeElement.name')).toBe('url');
    } finally {
      await shopper.context().close();
      shop.close();
      shop.closeAllConnections();
    }
  });

  test('has the whole view in the address, and the way back', async () => {
    const page = await signIn();
    const visitors = () => page.getAttribute(hook('total-visitors'), 'data-value');
    await page.selectOption(hook('choose-period'), 'last30');
    await page.locator(hook('scope-visit')).check();
    await page.waitForURL(/scope=visit/);
    await page.waitForSelector('.answer:not(.is-loading)');
    const there = await visitors();
    const copied = await page.context().newPage();
    await copied.goto(page.url());
    await copied.waitForSelector(hook('total-visitors'));
    expect(await copied.getAttribute(hook('total-visitors'), 'data-value')).toBe(there);
    await page.goBack();
    await page.goBack();
    expect(page.url()).not.toContain('scope=visit');
    expect(page.url()).not.toContain('last30');
  });

  test('signs out, and back does not bring anything back', async () => {
    // A session of its own, which ends here.
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(await signInLink(product));
    await page.waitForSelector(hook('choose-store'));
    await page.click(hook('sign-out'));
    await page.waitForSelector(hook('sign-in-command'));
    await page.goto(product.url);
    await page.waitForSelector(hook('sign-in-command'));
  });
});

test('by keyboard alone every view is opened and its controls are reached, and the keys are told', async () => {
  const page = await signIn();
  const focused = () =>
    page.evaluate(() => {
      const active = document.activeElement as HTMLElement;
      const { outlineStyle } = getComputedStyle(active);
      return { id: active.id, inMain: active.closest('main') !== null, seen: outlineStyle !== 'none' };
    });
  const views = Object.entries(VIEWS).filter(([view]) => view !== 'new-store');
  for (const [n, [, path]] of [...views.entries()].reverse()) {
    await page.keyboard.press(String(n + 1));
    await page.waitForURL((url) => url.pathname === path);
    await page.waitForSelector('main:not(:has(.opening, .bone)) h1');
    expect(await focused()).toMatchObject({ id: 'content' });
    await page.keyboard.press('Tab');
    expect([path, await focused()]).toEqual([path, { id: expect.any(String), inMain: true, seen: true }]);
  }
  await page.keyboard.press('m');
  await page.waitForURL(/period=last30/);
  await page.keyboard.press('[');
  await page.waitForURL(/from=/);
  await page.keyboard.press('?');
  await page.waitForSelector(hook('sheet'));
  // Whoever speaks to the computer switches them off.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.waitForSelector(hook('sheet'), { state: 'detached' });
  await page.keyboard.press('2');
  expect(new URL(page.url()).pathname).toBe('/');
});

// Each language in both themes and at both widths.
describe('every view', () => {
  test.each(readersOf('overview'))(
    'in %s, %s, %d px wide: no accessibility violation, no error, nothing sticks out',
    async (locale, colorScheme, width) => {
      const { page, errors } = await signedIn(product, {
        locale,
        colorScheme,
        viewport: { width, height: 900 },
      });
      const told = [
        [`/?store=${demo}&period=last30&scope=visit&basis=payment`, 'channel-direct'],
        ['/stores/new', 'new-store-create'],
      ] as const;
      const others = [
        [`/?store=${demo}&period=last30`, 'channel-direct'],
        [`/set-up?store=${demo}`, 'script-tag'],
      ] as const;
      for (const [path, ready] of some(told, [...told, ...others])) {
        await page.goto(product.url + path);
        await page.waitForSelector(hook(ready));
        await expectAccessible(page);
        expect(await page.getAttribute('html', 'lang')).toBe(locale === 'en-US' ? 'en' : 'zh-CN');
      }
      expect(errors).toEqual([]);
    },
  );
});

test('the first load of the funnel is at most 60 kB of script, and with the chart it is at most 70', async () => {
  const { page } = await signedIn(product);
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body());
  });
  await page.goto(`${product.url}/?store=${demo}&period=last30`);
  const { gzipSync } = await import('node:zlib');
  const loaded = async () => {
    await page.waitForLoadState('networkidle');
    const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body, { level: 9 }).length);
    return { files: sizes.length, kB: sizes.reduce((sum, size) => sum + size, 0) / 1024 };
  };
  await page.waitForSelector(hook('chart'));
  const first = await loaded();
  expect(first.files).toBeGreaterThan(3);
  expect(first.kB).toBeLessThanOrEqual(60);
  // What draws it comes when somebody goes there.
  await page.locator(hook('chart')).scrollIntoViewIfNeeded();
  await page.waitForSelector(`${hook('chart')} canvas`);
  const all = await loaded();
  expect(all.files).toBeGreaterThan(first.files);
  expect(all.kB).toBeLessThanOrEqual(70);
});
