// An owner in a real browser: signed in by a link, on the demonstration's figures or on a store of their own.
import { buffer } from 'node:stream/consumers';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { expect } from 'vitest';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { command, signInLink } from './product.ts';

export const hook = (name: string) => `[data-test="${name}"]`;

/** The store with figures. */
export async function demoOf(product: SharedProduct): Promise<string> {
  const { stdout } = await command(product, 'admin', 'store', 'list');
  return /^(st_\w+) .*\(demo\)$/m.exec(stdout)?.[1] ?? '';
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
/** One link for all tests of a file: following one takes a second. */
const sessions = new WeakMap<SharedProduct, Promise<State>>();

async function stateOf(browser: Browser, product: SharedProduct): Promise<State> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await signInLink(product));
  await page.waitForSelector(hook('choose-store'));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** A page whose context is signed in; what goes wrong on it is in `errors`. */
export async function signedIn(
  browser: Browser,
  product: SharedProduct,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; errors: string[] }> {
  if (!sessions.has(product)) sessions.set(product, stateOf(browser, product));
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1440, height: 1000 },
    storageState: (await sessions.get(product)) as State,
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return { page, errors };
}

type Reader = readonly [locale: 'en-US' | 'zh-CN', colorScheme: 'light' | 'dark', width: number];
/** Each language in both themes and at both widths. */
const READERS: readonly Reader[] = [
  ['en-US', 'light', 1440],
  ['zh-CN', 'dark', 390],
  ['zh-CN', 'light', 1440],
  ['en-US', 'dark', 390],
];
const PLACES = ['overview', 'channels', 'people', 'funnels', 'settings', 'keeping', 'docs'] as const;

/** Who looks at a part of the dashboard: all at length; by default one, who is another at the next part. */
export const readersOf = (place: (typeof PLACES)[number]): readonly Reader[] =>
  some([READERS[PLACES.indexOf(place) % READERS.length] as Reader], READERS);

/** WCAG 2.2 AA by axe, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page })
    // Only what is wrong is told, and from the page itself, which has no frames: a third of the time.
    .options({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    })
    .setLegacyMode()
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

/** What a page gave to be kept. */
export const bytesOf = async (file: Download): Promise<Buffer> => buffer(await file.createReadStream());

/** What the page itself asks, asked from the page: with its session. */
export const fromPage = <T>(page: Page, path: string, body?: object): Promise<T> =>
  page.evaluate(
    async ([path, body]) => {
      const response = await fetch(path, {
        ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body } : {}),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [path, body && JSON.stringify(body)] as const,
  );
