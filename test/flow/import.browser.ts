// Import through its command into a running product: real visits to a real shop where the data set is at hand,
// and files with gaps, repetitions and mistakes.

import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../browser/chromium.ts';
import { runs } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { command, createStore, openProduct, root, signInLink } from './product.ts';
import { countsOf, linesOfShoppers, shoppersOf } from './shoppers.ts';

/** 12,330 visits to one shop: UCI data set 468 (C. O. Sakar and Y. Kastro, 2018), CC BY 4.0. */
const SHOPPERS = `${root}../shared/data/online_shoppers_intention.csv`;
/** By default every twentieth visitor comes, with `npm run test:long` all. */
const EACH = 20;

let product: SharedProduct;
beforeAll(async () => {
  product = await openProduct();
});

const counts = (stdout: string) =>
  /(\d+) accepted, (\d+) already there, (\d+) refused/.exec(stdout)?.slice(1).map(Number);

describe('a file', () => {
  const lines = [
    // Half an hour between two views is two visits; ISO times and numbers mean the same.
    {
      type: 'visit',
      visitor: 'ann',
      at: '2026-05-10T12:00:00Z',
      url: 'https://shop.example/?utm_source=letter&utm_medium=email',
    },
    { type: 'visit', visitor: 'ann', at: Date.UTC(2026, 4, 10, 12, 29, 59), url: 'https://shop.example/a' },
    { type: 'visit', visitor: 'ann', at: '2026-05-10T14:59:59.000+02:00', url: 'https://shop.example/b' },
    { type: 'inquiry', visitor: 'ann', at: '2026-05-10T13:00:00Z', via: 'email' },
    { type: 'order', visitor: 'ann', at: '2026-05-10T13:01:00Z', order: 'A-1', value: 12.5, currency: 'USD' },
    { type: 'order', visitor: 'ann', at: '2026-05-11T09:00:00Z', order: 'A-1', value: 12.5, currency: 'USD' },
    { type: 'payment', at: '2026-05-10T13:02:00Z', order: 'A-1', value: 12.5, currency: 'USD' },
    { type: 'order', at: '2026-05-10T13:02:00Z', order: 'B-1', value: 7, currency: 'USD' },
  ];
  const bad = [
    JSON.stringify({
      type: 'visit',
      visitor: 'bob',
      at: Date.UTC(2026, 4, 10) * 1000,
      url: 'https://shop.example/',
    }),
    '{"type":"visit"',
    '[]',
    JSON.stringify({ type: 'visit', visitor: 'bob', at: 'yesterday', url: 'https://shop.example/' }),
  ];

  test('is completed, refuses what is wrong by its line, and changes nothing the second time', async () => {
    const store = await createStore(product, 'https://shop.example');
    const file = `${product.data}/file.ndjson`;
    writeFileSync(file, `${[...lines.map((line) => JSON.stringify(line)), '', ...bad].join('\n')}\n`);
    const first = await command(product, 'import', '--store', store.id, file);
    expect(counts(first.stdout)).toEqual([7, 1, 4]);
    expect(first.stderr).toContain('Line 10: The time (at)');
    expect(first.stderr).toContain('Line 11: The event is not a JSON object.');
    expect(first.stderr).toContain('Line 13: The time (at) must be whole milliseconds since 1970');
    const question = { from: '2026-05-10', to: '2026-05-10', by: 'channel' };
    const answer = await store.metrics(question);
    expect(answer.totals).toMatchObject({
      visitors: 1,
      visits: 2,
      pages: 3,
      inquiries: 1,
      consulting_buyers: 1,
      orders: 2,
      paid_orders: 1,
      unattributed_orders: 1,
      paying_visitors: 1,
    });
    const second = await command(product, 'import', '--store', store.id, file);
    expect(counts(second.stdout)).toEqual([0, 8, 4]);
    expect(await store.metrics(question)).toEqual(answer);
  });
});

if (!existsSync(SHOPPERS)) console.log(`Real visits are not tried: there is no ${SHOPPERS}.`);
else
  describe('real visits', () => {
    const all = shoppersOf(readFileSync(SHOPPERS, 'utf8'));
    const shoppers = all.filter(({ number }) => number % runs(EACH, 1) === 0);
    const counted = countsOf(shoppers);

    test('are those of the published data set', () => {
      expect(countsOf(all)).toEqual({
        visitors: 12_330,
        pages: 426_010,
        effective_visitors: 11_735,
        buyers: 1_908,
      });
      expect(((1_908 / 12_330) * 100).toFixed(4)).toBe('15.4745');
    });

    test('give their numbers at the endpoint and in the dashboard', { timeout: 180_000 }, async () => {
      const store = await createStore(product, 'https://shop.example');
      const file = `${product.data}/shoppers.ndjson`;
      const out = createWriteStream(file);
      for (const line of linesOfShoppers(shoppers)) out.write(`${JSON.stringify(line)}\n`);
      out.end();
      await once(out, 'finish');

      const imported = await command(product, 'import', '--store', store.id, file);
      expect(counts(imported.stdout)).toEqual([counted.pages + 2 * counted.buyers, 0, 0]);
      // The pace of an import is for the bench; that it is told is for here.
      expect(imported.stdout).toMatch(/\(\d+\/s\)/);

      const period = { from: '2017-01-01', to: '2017-12-31' };
      const { totals, rates, rows } = await store.metrics({ ...period, by: 'channel' });
      expect(totals).toMatchObject(counted);
      const { visitors, buyers, effective_visitors, pages } = counted;
      expect(rates.visit_to_order_rate.value).toBe(buyers / visitors);
      expect(rows?.map(({ key }) => key)).toEqual(['referral']);

      const browser = await openEngine();
      try {
        const page = await (
          await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 1000 } })
        ).newPage();
        await page.goto(await signInLink(product));
        await page.waitForSelector('[data-test="choose-store"]');
        await page.goto(`${product.url}/?${new URLSearchParams({ store: store.id, ...period })}`);
        await page.waitForSelector('[data-test="rate-visit_to_order_rate"]');
        const value = (name: string) => page.getAttribute(`[data-test="${name}"]`, 'data-value');
        expect(await value('total-visitors')).toBe(String(visitors));
        expect(await value('total-buyers')).toBe(String(buyers));
        expect(await value('rate-visit_to_order_rate')).toBe(String(buyers / visitors));
        expect(await value('rate-effective_entry_rate')).toBe(String(effective_visitors / visitors));
        expect(await page.textContent('body')).toContain(pages.toLocaleString('en-US'));
      } finally {
        await browser.close();
      }
    });
  });
