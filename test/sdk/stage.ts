// What each browser test of the SDK starts from: a browser, a shop, a collector, a fresh visitor.
import type { Browser, BrowserContext, Disposable, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openEngine } from '../browser/chromium.ts';
import { Collector, Shop } from './shop.ts';

export interface Stage {
  browser: Browser;
  collector: Collector;
  shop: Shop;
  /** One visitor's browser. */
  context: BrowserContext;
  page: Page;
  /** Has a property of `navigator` say so, on every page of this test that is loaded from now on. */
  says(property: string, value: unknown): Promise<void>;
}

/**
 * Sets the stage for the tests of a file, in the browser that `open` gives: a whole one where pages are left and come
 * back. No test may leave an error in the shop's page.
 *
 * Each test has a shop and a collector on ports of their own, hence origins on which nothing is stored yet, and whatever
 * the test before still sends goes to a collector that is no more. So its page may go on as the next one's, which a
 * browser has ready in a fifth of the time of a new one.
 */
export function stage(open: () => Promise<Browser> = openEngine): Stage {
  const set = {} as Stage;
  let errors: string[] = [];
  const undo: Disposable[] = [];
  set.says = async (property, value) => {
    const script = await set.context.addInitScript(
      ([key, said]) => Object.defineProperty(Navigator.prototype, key as string, { get: () => said }),
      [property, value] as const,
    );
    undo.push(script);
  };
  beforeAll(async () => {
    set.browser = await open();
    set.context = await set.browser.newContext();
    set.context.on('weberror', (error) => errors.push(String(error.error())));
  });
  beforeEach(async () => {
    set.collector = await new Collector().start();
    set.shop = await new Shop().start(set.collector);
    set.page = set.context.pages()[0] ?? (await set.context.newPage());
    errors = [];
  });
  afterEach(async () => {
    set.page.removeAllListeners('console');
    const others = set.context.pages().slice(1);
    for (const close of [...others, ...undo.splice(0)])
      await ('close' in close ? close.close() : close.dispose());
    await set.context.unrouteAll();
    await set.context.clearCookies();
    await set.context.setOffline(false);
    await set.collector.down();
    await set.shop.stop();
    expect(errors).toEqual([]);
  });
  afterAll(() => set.browser.close());
  return set;
}

/** Calls `tundish` in the page, once it is there. */
export async function call(page: Page, ...args: unknown[]): Promise<void> {
  await page.waitForFunction('window.tundish');
  await page.evaluate(`tundish(...${JSON.stringify(args)})`);
}

/** An event's page within the shop. The tag spares the bytes that would make a query tidy. */
export const pathOf = (on: Stage, { url }: { url?: string | undefined }): string | undefined =>
  url
    ?.replace(on.shop.url, '')
    .replace(/[?&]+(?=#|$)/, '')
    .replace(/\?&+/, '?');

export const ORDER = { order: 'A-1', value: 49.99, currency: 'USD' };

/** Waits where nothing can be waited for: something must not happen. */
export const calm = (milliseconds = 400) => new Promise((resolve) => setTimeout(resolve, milliseconds));
