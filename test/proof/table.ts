// The delivery table: six ways to lose a purchase, or to count it twice, with the collector 300 ms away.
import type { BrowserContext, Page } from 'playwright-core';
import type { Link } from './link.ts';
import { acknowledged, bought, type Place, purchase, ready, STUB_TAG, until, VALUE } from './place.ts';
import type { Stand } from './stand.ts';

/** Milliseconds to the collector. */
export const AWAY = 300;
/** Milliseconds that the buyer stays after a 503. */
const STAY = 15_000;
/** Milliseconds that a delivery may take where nobody says otherwise. */
const PATIENCE = 30_000;

interface Run {
  order: string;
  link: Link;
  context: BrowserContext;
  /** Opens a page in a new tab: `buy` has a button, `thanks` tells at once, `shop` and `blank` tell nothing. */
  tab(page: string): Promise<Page>;
  at(page: string): string;
  /** Waits for the purchase to be stored. */
  delivered(ms?: number): Promise<void>;
}

export interface Column {
  title: string;
  /** How many buyers at once: who only waits costs nothing. */
  width: number;
  run(on: Run): Promise<unknown>;
}

const isSale = (on: Run) => (body: string) => body.includes(`"order:${on.order}"`);

export const COLUMNS: Column[] = [
  {
    title: 'leave at once',
    width: 8,
    async run(on) {
      const page = await on.tab('buy');
      await page.click('button');
      await page.waitForURL(on.at('blank'));
    },
  },
  {
    title: 'close tab at once',
    width: 8,
    async run(on) {
      const page = await on.tab('buy');
      await page.evaluate(purchase(on.order));
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await closed;
    },
  },
  {
    title: 'one 503, stay 15 s',
    width: 25,
    async run(on) {
      on.link.fault = (body) => (isSale(on)(body) && !on.link.faults ? { status: 503 } : undefined);
      const page = await on.tab('buy');
      await page.evaluate(purchase(on.order));
      await on.delivered(STAY);
      if (on.link.faults !== 1) throw new Error('There was no 503.');
    },
  },
  {
    title: 'collector down, close, return',
    width: 8,
    async run(on) {
      const page = await on.tab('shop');
      await acknowledged(page);
      await on.link.down();
      const failed = page.waitForEvent('requestfailed');
      await page.evaluate(purchase(on.order));
      await failed;
      await page.close();
      await on.link.up();
      await on.tab('shop');
    },
  },
  {
    title: 'thank-you loaded 3 times',
    width: 8,
    async run(on) {
      const page = await on.tab('thanks');
      for (let load = 1; load < 3; load++) {
        await acknowledged(page);
        await page.reload();
      }
      await acknowledged(page);
    },
  },
  {
    title: 'leave before the script loads, return',
    width: 8,
    async run(on) {
      let arrive = () => {};
      on.link.files = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const page = await on.context.newPage();
      await page.goto(on.at('thanks'), { waitUntil: 'commit' });
      await page.waitForFunction('window.tundish && Object.keys(localStorage).length === 2');
      if (await page.evaluate('window.tundish.on')) throw new Error('The script came too soon.');
      await page.goto(on.at('blank'));
      arrive();
      await page.goto(on.at('shop'));
    },
  },
];

export interface Cell {
  delivered: number;
  /** Whether the endpoint counts each purchase once, and its money. */
  once: boolean;
  failed: string[];
}

async function makeRun(on: Stand, place: Place, n: number): Promise<Run> {
  const [link, context] = [await place.link(AWAY), await on.visitor()];
  const order = `P${n}`;
  const at = (page: string) => `${place.url}/${n}/${page}`;
  const calls = purchase(order);
  place.page(
    `/${n}/buy`,
    link,
    `{tag}<button onclick="${calls.replaceAll('"', '&quot;')}location='blank'">Buy</button>`,
  );
  place.page(`/${n}/thanks`, link, `${STUB_TAG}<script>${calls}</script>{tag}`);
  place.page(`/${n}/shop`, link, '{tag}');
  place.page(`/${n}/blank`, link, 'No tag here.');
  return {
    order,
    link,
    context,
    at,
    tab: async (name) => {
      const page = await context.newPage();
      await page.goto(at(name));
      await ready(page);
      return page;
    },
    delivered: (ms = PATIENCE) =>
      until(
        () => bought(order).every((event) => place.stored().includes(event)),
        `the purchase ${order}`,
        ms,
      ),
  };
}

/** Fills one column of the table, with so many buyers. */
export async function fill(on: Stand, { title, width, run }: Column, runs: number): Promise<Cell> {
  const place = await on.place();
  const failed: string[] = [];
  let next = 0;
  const buyer = async () => {
    while (next < runs) {
      const n = next++;
      const buying = await makeRun(on, place, n);
      await (async () => {
        await run(buying);
        await buying.delivered();
      })().catch((error) => failed.push(`${title}, run ${n}: ${(error as Error).message}`));
      await buying.context.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, runs) }, buyer));
  const stored = place.stored();
  const orders = Array.from({ length: runs }, (_, n) => bought(`P${n}`));
  const delivered = orders.filter((events) => events.every((event) => stored.includes(event))).length;
  const { orders: counted, paid_orders: paid, money } = await place.totals();
  const once = counted === runs && paid === runs && money[0]?.gross === runs * VALUE;
  await place.close();
  return { delivered, once, failed };
}
