// From a click in the demo shop to the number in the dashboard, through the real Worker and the real database.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RATE_NAMES } from '../../worker/metrics/question.ts';
import { openEngine } from '../browser/chromium.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { serveStorefront } from '../storefront/serve.ts';
import { hook, signedIn } from './owner.ts';
import { createStore, eventually, freePorts, openProduct, today } from './product.ts';

/** Headless Chromium says so in its user agent, and headless browsers are robots. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

let browser: Browser;
let product: SharedProduct;
let shop: Awaited<ReturnType<typeof serveStorefront>>;
let store: Awaited<ReturnType<typeof createStore>>;

/** A new person in the shop, with a browser profile of their own. */
async function enter(url = shop.url): Promise<Page> {
  const context = await browser.newContext({ userAgent, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function buy(page: Page, how: 'pay-card' | 'pay-later'): Promise<void> {
  await page.click(hook('shop-all'));
  await page.click(hook('product-night-ferry'));
  await page.click(hook('add-to-cart'));
  await page.click(hook('go-cart'));
  await page.click(hook('go-checkout'));
  await page.check(hook(how));
  await page.click(hook('place-order'));
  await page.waitForSelector(hook('order-number'));
}

/** Leaves only when the collector has answered, so that the counts after it are whole. */
async function leave(page: Page): Promise<void> {
  const waiting = () =>
    page.evaluate(
      () => Object.entries(localStorage).filter(([key, text]) => /^tundish:/.test(key) && text > '1').length,
    );
  await eventually(waiting, (count) => count === 0);
  expect(await waiting()).toBe(0);
  await page.context().close();
}

const totals = async () => (await store.metrics({ from: today(), to: today() })).totals;

beforeAll(async () => {
  [browser, product] = await Promise.all([openEngine(), openProduct()]);
  const port = await freePorts();
  store = await createStore(product, `http://localhost:${port}`);
  shop = await serveStorefront({ port, tundishHost: product.url, store: store.id });
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

describe('a shop’s first day', () => {
  test('the waiting page turns by itself into the first event’s details', async () => {
    const { page } = await signedIn(product);
    await page.goto(`${product.url}/?store=${store.id}`);
    await page.waitForSelector(hook('first-event-waiting'));
    const visitor = await enter(`${shop.url}/?utm_source=letter&utm_medium=email`);
    await page.waitForSelector(hook('first-event'), { timeout: 10_000 });
    expect(await page.textContent(hook('first-event-channel'))).toBe('E-mail');
    expect(await page.textContent(hook('first-event-path'))).toBe('/');
    await leave(visitor);
    expect(await totals()).toMatchObject({ visitors: 1, visits: 1, pages: 1, effective_visitors: 0 });
  });

  test('a silent buyer', async () => {
    const page = await enter();
    await buy(page, 'pay-card');
    await leave(page);
    expect(await totals()).toMatchObject({
      visitors: 2,
      effective_visitors: 1,
      consulting_visitors: 0,
      buyers: 1,
      silent_buyers: 1,
      orders: 1,
      paid_orders: 1,
      paying_visitors: 1,
    });
  });

  test('a consulting buyer who pays later', async () => {
    const page = await enter();
    await page.click(hook('chat-open'));
    await page.fill(hook('chat-text'), 'Is this tea from this spring?');
    await page.click(hook('chat-send'));
    await page.fill(hook('chat-text'), 'And does it keep?');
    await page.click(hook('chat-send'));
    await page.click(hook('chat-close'));
    await buy(page, 'pay-later');
    await leave(page);
    expect(await totals()).toMatchObject({
      visitors: 3,
      consulting_visitors: 1,
      inquiries: 1,
      buyers: 2,
      consulting_buyers: 1,
      silent_buyers: 1,
      orders: 2,
      paid_orders: 1,
    });
  });

  test('a leaver with a full cart', async () => {
    const page = await enter();
    await page.click(hook('shop-all'));
    await page.click(hook('product-clay-teapot'));
    await page.click(hook('add-to-cart'));
    await page.waitForSelector(hook('go-cart'));
    await leave(page);
    expect(await totals()).toMatchObject({ visitors: 4, effective_visitors: 3, buyers: 2, orders: 2 });
  });

  test('a thank-you page loaded five times is one order and one payment', async () => {
    const page = await enter();
    await buy(page, 'pay-card');
    const before = (await eventually(totals, ({ orders }) => orders === 3)).money;
    for (let n = 0; n < 4; n++) await page.reload();
    await leave(page);
    expect(await totals()).toMatchObject({ orders: 3, paid_orders: 2, buyers: 3, money: before });
  });
});

describe('the dashboard', () => {
  const open = async (query: string) => {
    const { page, errors } = await signedIn(product);
    await page.goto(`${product.url}/?store=${store.id}&from=${today()}&to=${today()}${query}`);
    await page.waitForSelector(hook('rate-deal_conversion'));
    return { page, errors };
  };
  const value = (page: Page, name: string) => page.getAttribute(hook(name), 'data-value');

  test.each(['visitor', 'visit'])('shows the digits of the endpoint, scope %s', async (scope) => {
    const question = { from: today(), to: today(), scope, by: 'channel' };
    const answer = await store.metrics(question);
    const { page, errors } = await open(`&scope=${scope}`);
    for (const name of RATE_NAMES.filter((each) => each !== 'silent_share'))
      expect([name, await value(page, `rate-${name}`)]).toEqual([
        name,
        String(answer.rates[name].value ?? ''),
      ]);
    expect(await value(page, 'total-visitors')).toBe(String(answer.totals.visitors));
    expect(answer.rows?.length).toBe(2);
    for (const { key, totals: counts, rates } of answer.rows ?? []) {
      const cell = (column: string) =>
        page.getAttribute(`${hook(`channel-${key}`)} [data-column="${column}"]`, 'data-value');
      expect([key, await cell('visitors')]).toEqual([key, String(counts.visitors)]);
      expect([key, await cell('deal_conversion')]).toEqual([key, String(rates.deal_conversion.value ?? '')]);
    }
    const [money] = answer.totals.money;
    expect(await value(page, `money-gross-${money?.currency}`)).toBe(String(money?.gross));
    expect(errors).toEqual([]);
  });

  test('counts a new visitor while it is open', async () => {
    const { page } = await open('');
    const before = Number(await value(page, 'total-visitors'));
    await leave(await enter());
    await page.click(hook('refresh'));
    const after = await eventually(
      () => value(page, 'total-visitors'),
      (count) => Number(count) > before,
    );
    expect(Number(after)).toBe(before + 1);
  });
});
