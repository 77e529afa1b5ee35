// Channels and Pages as their readers use them: digits as at the endpoint, the way down, and the address.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PagesAnswer } from '../../worker/metrics/pages-seen.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { demoOf, expectAccessible, hook, type Look, readersOf, signedIn } from './owner.ts';
import { bring, createStore, openProduct } from './product.ts';

const ORIGIN = 'https://shop.example';
const MINUTE = 60_000;
const CAMPAIGNS = 120;
const rows = (name: string) => `${hook(`${name}s`)} tbody tr`;

let product: SharedProduct;
let store: Awaited<ReturnType<typeof createStore>>;
let demo: string;

/** A visit by a campaign's link. */
const visit = (n: number, at: number) => {
  const query = new URLSearchParams({
    utm_source: 'letter',
    utm_medium: 'email',
    utm_campaign: `campaign ${n}`,
  });
  return { type: 'visit', visitor: `v${n}`, visit: `v${n}-w`, at, url: `${ORIGIN}/?${query}` };
};

beforeAll(async () => {
  product = await openProduct();
  store = await createStore(product, ORIGIN);
  const at = Date.now() - 30 * MINUTE;
  const events = Array.from({ length: CAMPAIGNS }, (_, n) => visit(n, at + n));
  await bring(product, store.id, events);
  demo = await demoOf(product);
});

const settled = (page: Page) => page.waitForSelector('.figures:not(.is-loading) .figure-table');

/** A page at an address, once its figures are there. */
async function open(address: string, look: Look = {}) {
  const { page, errors } = await signedIn(product, look);
  await page.goto(product.url + address);
  await settled(page);
  return { page, errors };
}

/** What the endpoint says to whoever is signed in. */
const ask = <T>(page: Page, path: string, query: string) =>
  page.evaluate(async (url) => (await fetch(url)).json(), `${path}?${query}`) as Promise<T>;

type Figures = Pick<PagesAnswer['rows'][number], 'totals' | 'rates'>;
const COUNTS = ['visitors', 'views', 'exits', 'orders'];
const MONEY: Record<string, 'gross' | 'revenue_per_visitor' | 'average_order_value'> = {
  ...{ revenue: 'gross', revenue_per_visitor: 'revenue_per_visitor' },
  average_order_value: 'average_order_value',
};

/** What a cell must say, as the endpoint has it. */
function figureOf({ totals, rates }: Figures, column: string): number | null | undefined {
  if (COUNTS.includes(column)) return totals[column as 'views'];
  const amount = MONEY[column];
  if (amount === undefined) return rates[column as 'exit_rate'].value;
  const money = totals.money.find(({ currency }) => currency === 'USD');
  return money ? money[amount] : amount === 'average_order_value' ? null : 0;
}

/** Every figure of a table, by row and column. */
const figuresOn = (page: Page, name: string) =>
  page.$$eval(rows(name), (all) =>
    all.map((row) => [
      (row as HTMLElement).dataset.test,
      [...row.querySelectorAll<HTMLElement>('td[data-column]')].map((cell) => [
        cell.dataset.column,
        Number(cell.dataset.value),
      ]),
    ]),
  );

type Asked = readonly [name: string, path: string, own: string, question: string];

describe('the digits are the endpoint’s', () => {
  const told: Asked[] = [
    [
      ...([
        'channel',
        '/channels',
        'by=entry&columns=deal_conversion,visitors&filter[device]=mobile',
      ] as const),
      'by=entry&filter[device]=mobile',
    ],
    ['page', '/pages', 'tab=exit&scope=visit', 'by=exit&scope=visit'],
    ['page', '/pages', 'tab=seen&scope=visit&filter[channel]=email', 'scope=visit&filter[channel]=email'],
  ];
  const others: Asked[] = [
    ['channel', '/channels', '', 'by=channel'],
    [
      'channel',
      '/channels',
      'by=campaign&scope=visit&basis=payment',
      'by=campaign&scope=visit&basis=payment',
    ],
  ];
  test.each(some(told, [...told, ...others]))('of each %s at %s?%s', async (name, path, own, asked) => {
    const from = new Date(Date.now() - 20 * 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const to = new Date(Date.now() - 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const { page } = await open(`${path}?store=${demo}&from=${from}&to=${to}&${own}`);
    const isSeen = own.startsWith('tab=seen');
    const answer = await ask<MetricsAnswer & PagesAnswer>(
      page,
      isSeen ? '/v1/pages' : '/v1/metrics',
      `store=${demo}&from=${from}&to=${to}&${asked}${isSeen ? '' : '&rest=true'}`,
    );
    const shown = await figuresOn(page, name);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.length).toBe(answer.rows.length);
    for (const [index, [row, cells]] of shown.entries()) {
      const figures = answer.rows[index] as Figures & { key: string };
      expect(row).toBe(`${name}-${figures.key}`);
      expect((cells as unknown[]).length).toBeGreaterThan(1);
      expect(cells).toEqual(
        (cells as [string, number][]).map(([column]) => [column, figureOf(figures, column)]),
      );
    }
    // Marks under the figures are the endpoint's verdicts.
    const verdicts = await page.$$eval(`${rows(name)} [data-verdict]`, (all) =>
      all.map((mark) => [
        mark.closest('tr')?.dataset.test,
        mark.closest('td')?.dataset.column,
        (mark as HTMLElement).dataset.verdict,
      ]),
    );
    expect(verdicts.length > 0).toBe(!isSeen);
    for (const [row, column, verdict] of verdicts) {
      const found = (answer as MetricsAnswer).rows?.find(({ key }) => row === `${name}-${key}`);
      expect(found?.against_rest?.[column as 'consult_rate'].verdict).toBe(verdict);
    }
  });
});

test('a marketer goes down from a channel to its landing pages, by keyboard, and back', async () => {
  const { page } = await open(`/channels?store=${demo}&period=last30`);
  const email = () => page.getAttribute(`${hook('channel-email')} [data-column="visitors"]`, 'data-value');
  const all = await email();
  await page.focus(`${hook('channel-email')} a`);
  await page.keyboard.press('Enter');
  await page.waitForURL(/by=source/);
  await page.waitForSelector(hook('filter-channel'));
  await page.waitForSelector(hook('channel-newsletter'));
  await settled(page);
  expect(await page.getAttribute(`${hook('channel-total')} [data-column="visitors"]`, 'data-value')).toBe(
    all,
  );
  // A press anywhere in a row goes on.
  for (const [next, row] of [
    ['medium', 'newsletter'],
    ['campaign', 'email'],
    ['entry', 'first-flush'],
  ]) {
    await page.click(`${hook(`channel-${row}`)} td >> nth=1`);
    await page.waitForURL(new RegExp(`by=${next}`));
    await settled(page);
  }
  expect(await page.locator('.chip').count()).toBe(4);
  expect(new URL(page.url()).searchParams.getAll('filter[campaign]')).toEqual(['first-flush']);
  await page.goBack();
  await page.waitForSelector(hook('channel-first-flush'));
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.waitForSelector(hook('channel-direct'));
  expect(await email()).toBe(all);
});

test('sorting, columns, comparison and search are in the address, and work by keyboard', async () => {
  const { page } = await open(`/channels?store=${demo}&period=last30`);
  const direction = () => page.getAttribute(`th:has(${hook('sort-orders')})`, 'aria-sort');
  const orders = async () =>
    (await figuresOn(page, 'channel')).map(([, cells]) => new Map(cells as [string, number][]).get('orders'));
  const most = (await orders()).sort((a, b) => Number(b) - Number(a));
  expect(new Set(most).size).toBeGreaterThan(2);
  await page.focus(hook('sort-orders'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=-orders/);
  await expect.poll(direction).toBe('descending');
  await expect.poll(orders).toEqual(most);
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=orders/);
  await expect.poll(direction).toBe('ascending');
  await expect.poll(orders).toEqual([...most].reverse());

  await page.focus(hook('columns'));
  await page.keyboard.press('Enter');
  await page.focus(hook('column-deal_conversion'));
  await page.keyboard.press('Space');
  await page.focus(hook('column-consult_rate'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  expect(await page.isVisible(hook('columns-menu'))).toBe(false);
  expect(await page.isVisible(hook('sort-deal_conversion'))).toBe(true);
  expect(await page.locator(hook('sort-consult_rate')).count()).toBe(0);

  await page.locator(hook('against-before')).check();
  await page.fill(hook('search'), 'SOCIAL');
  expect(await page.locator(rows('channel')).count()).toBe(2);
  expect(await page.locator('[data-verdict]').count()).toBe(0);
  const copied = await page.context().newPage();
  await copied.goto(page.url());
  await settled(copied);
  expect(await figuresOn(copied, 'channel')).toEqual(await figuresOn(page, 'channel'));
  await page.fill(hook('search'), 'nobody is called this');
  expect(await page.textContent(hook('nothing-found'))).toContain('nobody is called this');
});

test('hundreds of campaigns are looked through fifty at a time, and by name', async () => {
  const { page } = await open(`/channels?store=${store.id}&by=campaign`);
  const count = () => page.locator(rows('channel')).count();
  expect(await count()).toBe(50);
  await page.click(hook('channel-more'));
  expect(await count()).toBe(100);
  await page.fill(hook('search'), 'campaign 11');
  expect(await count()).toBe(11);
});

test('a period in which nobody came says what will stand there', async () => {
  const { page } = await signedIn(product);
  for (const path of ['/channels', '/pages', '/pages?tab=seen']) {
    const period = 'from=2020-01-01&to=2020-01-02';
    await page.goto(`${product.url}${path}${path.includes('?') ? '&' : '?'}store=${store.id}&${period}`);
    await page.waitForSelector('.empty');
    expect(await page.textContent('h1')).toBe('Nobody came in this period.');
  }
});

// Each language in both themes and at both widths.
test.each(readersOf('channels'))(
  'in %s, %s, %d px wide: no accessibility violation, no error, nothing sticks out',
  async (locale, colorScheme, width) => {
    const first = `/channels?store=${demo}&period=last30`;
    const { page, errors } = await open(first, { locale, colorScheme, viewport: { width, height: 900 } });
    for (const path of [
      first,
      `/pages?store=${demo}&period=last30&against=before&filter[channel]=email`,
      `/pages?store=${store.id}&tab=seen`,
    ]) {
      await page.goto(product.url + path);
      await settled(page);
      if (path === first) await page.click(hook('columns'));
      await expectAccessible(page);
      expect(await page.getAttribute('html', 'lang')).toBe(locale === 'en-US' ? 'en' : 'zh-CN');
    }
    expect(errors).toEqual([]);
  },
);
