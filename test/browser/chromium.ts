// Finds and starts a real Chromium for the browser tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  type BrowserServer,
  chromium,
  type LaunchOptions,
} from 'playwright-core';
import { askShared } from '../shared/ask.ts';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];

/** Chromium's engine without a browser's own windows, which draws a page with half the work. */
export const SHELL = 'chromium-headless-shell';
const SHELLS = [SHELL, 'chrome-headless-shell', 'chrome-headless-shell.exe'];

// Nothing that reaches out by itself: the tests run without a network.
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Plain http on a name of its own: a page without a secure context.
  '--host-resolver-rules=MAP *.test 127.0.0.1',
];

const onPath = (names: readonly string[]): string[] =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

/** CHROME_PATH, else a browser on the PATH, else the one that playwright-core installed. */
export function findChromium(): string {
  const candidates = [process.env.CHROME_PATH, ...onPath(NAMES), chromium.executablePath()];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) {
    throw new Error(
      'The browser tests need a Chromium: install one, set CHROME_PATH, or run npx playwright-core install chromium.',
    );
  }
  return found;
}

/** Where the engine alone is; null where it is not, or where CHROME_PATH chooses a browser for everything. */
export const findShell = (): string | null =>
  process.env.CHROME_PATH ? null : (onPath(SHELLS).find((path) => existsSync(path)) ?? null);

const options = (flags: readonly string[] = [], path = findChromium()): LaunchOptions => ({
  executablePath: path,
  args: [...FLAGS, ...flags],
  // Playwright turns the back/forward cache off, and our visits depend on it.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
});

/** Nothing in it moves for its own sake, unless a test wants it to: without a graphics card that takes half a core. */
function calmed(browser: Browser): Browser {
  const make = browser.newContext.bind(browser);
  browser.newContext = (more) => make({ reducedMotion: 'reduce', ...more });
  return browser;
}

/** A whole browser, as visitors have it: with a cache for the way back, and pages that end when they are left. */
export const launch = async (...flags: string[]): Promise<Browser> =>
  calmed(await chromium.launch(options(flags)));

/**
 * Without memory for tiles it lays pages out as ever and draws next to nothing of them, which is a quarter of its work.
 * Who wants to see them sets SCREENSHOTS.
 */
const UNSEEN = process.env.SCREENSHOTS ? [] : ['--force-gpu-mem-available-mb=1'];
const engine = (): LaunchOptions => options(UNSEEN, findShell() ?? findChromium());

/** For others to connect to. */
export const serveBrowser = (): Promise<BrowserServer> => chromium.launchServer(options());
export const serveEngine = (): Promise<BrowserServer> => chromium.launchServer(engine());

/** The whole browser of a test run: closing it closes one's own pages. Outside of a run, one of its own. */
export async function openBrowser(): Promise<Browser> {
  const shared = await askShared('browser');
  return shared ? calmed(await chromium.connect(shared)) : launch();
}

/** The same of what draws pages as it does, and is enough to look at the product's own. */
export async function openEngine(): Promise<Browser> {
  const shared = await askShared('engine');
  return calmed(await (shared ? chromium.connect(shared) : chromium.launch(engine())));
}

/** A browser whose profile lives in a folder: settings may be put there before. */
export const launchProfile = (folder: string, more: BrowserContextOptions = {}, ...flags: string[]) =>
  chromium.launchPersistentContext(folder, { ...options(flags), ...more });

/**
 * A browser that nobody steers, showing one page: what the developer tools switch off, such as rendering pages
 * ahead, works in it. Returns what ends it.
 */
export function launchAlone(folder: string, url: string, ...more: string[]): () => Promise<void> {
  const flags = [...FLAGS, ...more, '--headless=new', `--user-data-dir=${folder}`, url];
  const browser = spawn(findChromium(), flags, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  return () => {
    browser.kill();
    return ended;
  };
}
