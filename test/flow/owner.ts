// An owner in a real browser: signed in by a link, on the demonstration's figures or on a store of their own.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import type axe from 'axe-core';
import type { Browser, Download, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Store } from '../../worker/api/schemas.ts';
import { openEngine } from '../browser/chromium.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { operate, signInLink } from './product.ts';

export const hook = (name: string) => `[data-test="${name}"]`;

/** The store with figures. */
export async function demoOf(product: SharedProduct): Promise<string> {
  const { stores } = await operate<{ stores: Store[] }>(product, 'GET', '/v1/stores');
  return stores.find(({ demo }) => demo)?.id ?? '';
}

/** How somebody looks at the dashboard. */
export interface Look {
  locale?: 'en-US' | 'zh-CN';
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

interface Desk {
  page: Page;
  errors: string[];
}

/** By what a page cannot change: product, language, and whether its clock was set. Of all files that a process takes. */
const desks = new Map<string, Promise<Desk>>();
let engine: Promise<Browser> | undefined;

async function openDesk(product: SharedProduct, locale: string): Promise<Desk> {
  engine ??= openEngine();
  const context = await (await engine).newContext({ locale });
  await context.request.get(await signInLink(product));
  const desk: Desk = { page: await context.newPage(), errors: [] };
  desk.page.on('pageerror', (error) => desk.errors.push(error.message));
  desk.page.on('console', (message) => message.type() === 'error' && desk.errors.push(message.text()));
  return desk;
}

/**
 * A page of a signed-in owner, where nothing is left of who sat there before; what goes wrong on it is in `errors`. The
 * tests use it one after the other, because to open another costs more than twice as much as to load it anew.
 */
export async function signedIn(
  product: SharedProduct,
  { locale = 'en-US', colorScheme = 'light', viewport = { width: 1440, height: 1000 } }: Look = {},
  clock: 'real' | 'set' = 'real',
): Promise<Desk> {
  const place = `${product.url} ${locale} ${clock}`;
  const opened = desks.get(place) ?? openDesk(product, locale);
  desks.set(place, opened);
  const desk = await opened;
  const { page } = desk;
  for (const other of page.context().pages()) if (other !== page) await other.close();
  page.removeAllListeners('request').removeAllListeners('response');
  if (clock === 'set') await page.clock.install({ time: Date.now() });
  await page.goto(`${product.url}/healthz`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  desk.errors = [];
  return { page, errors: desk.errors };
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

/** Minified: each page that is looked at reads it anew. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA by axe, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await run({ runOnly, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  });
  expect(violations).toEqual([]);
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
