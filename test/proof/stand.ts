// What every proof stands on: the real Worker with its local D1, a real Chromium, shops by the dozen.
import { rmSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { startServer } from '../../worker/cli/server.ts';
import { launch } from '../browser/chromium.ts';
import { dataFolder, freePorts } from '../flow/product.ts';
import { Place } from './place.ts';
import { openStored } from './stored.ts';

/**
 * Headless Chromium says so in its user agent, and headless browsers are robots. As a flag, because what Playwright
 * sets for a page does not hold for requests that outlive it.
 */
export const USER_AGENT =
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

export interface Stand {
  browser: Browser;
  /** A shop with a store of its own, closed with the stand. */
  place(): Promise<Place>;
  /** Somebody with a browser profile of their own. */
  visitor(): Promise<BrowserContext>;
  /** What the script has thrown into shops' pages so far. */
  errors: string[];
  close(): Promise<void>;
}

export async function stand(): Promise<Stand> {
  const data = dataFolder();
  const secret = 'a secret of the proof, thirty-two characters or more';
  const server = await startServer({ port: await freePorts(), data, secret });
  const [browser, stored] = [await launch(USER_AGENT), openStored(data)];
  const places: Place[] = [];
  const errors: string[] = [];
  return {
    browser,
    errors,
    place: async () => {
      const place = await new Place({ url: server.url, secret }, stored).open();
      places.push(place);
      return place;
    },
    visitor: async () => {
      const context = await browser.newContext();
      context.on('weberror', (error) => {
        const { stack = '' } = error.error();
        if (/\/t(\.\w+)?\.js/.test(stack)) errors.push(stack);
      });
      return context;
    },
    close: async () => {
      await browser.close();
      await Promise.all(places.map((place) => place.close()));
      stored.close();
      await server.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
