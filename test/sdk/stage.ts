// What each browser test of the SDK starts from: a browser, a shop, a collector, a fresh visitor.
import type { Browser, BrowserContext, Page } from 'playwright-core';
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
}

/**
 * Sets the stage for the tests of a file, in the browser that `open` gives: a whole one where pages are left and come
 * back. No test may leave an error in the shop's page.
 */
export function stage(open: () => Promise<Browser> = openEngine): Stage {
  const set = {} as Stage;
  let errors: string[];
  beforeAll(async () => {
    set.browser = await open();
    set.collector = await new Collector().start();
    set.shop = await new Shop().start(set.collector);
  });
  beforeEach(async () => {
    set.collector.reset();
    set.shop.reset();
    errors = [];
    set.context = await set.browser.newContext();
    set.context.on('weberror', (error) => errors.push(String(error.error())));
    set.page = await set.context.newPage();
  });
  afterEach(async () => {
    await set.context.close();
    expect(errors).toEqual([]);
  });
  afterAll(async () => {
    await set.browser.close();
    await set.collector.down();
    await set.shop.stop();
  });
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
