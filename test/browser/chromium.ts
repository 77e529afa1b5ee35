// Finds and starts a real Chromium for the browser tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];

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

/** CHROME_PATH, else a browser on the PATH, else the one that playwright-core installed. */
export function findChromium(): string {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env.CHROME_PATH, ...onPath, chromium.executablePath()];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) {
    throw new Error(
      'The browser tests need a Chromium: install one, set CHROME_PATH, or run npx playwright-core install chromium.',
    );
  }
  return found;
}

const options = (flags: readonly string[] = []): LaunchOptions => ({
  executablePath: findChromium(),
  args: [...FLAGS, ...flags],
  // Playwright turns the back/forward cache off, and our visits depend on it.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
});

/** Nothing in it moves for its own sake, unless a test wants it to: without a graphics card that takes half a core. */
export async function launch(...flags: string[]): Promise<Browser> {
  const browser = await chromium.launch(options(flags));
  const open = browser.newContext.bind(browser);
  browser.newContext = (wanted) => open({ reducedMotion: 'reduce', ...wanted });
  return browser;
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
