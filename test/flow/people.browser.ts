// People and Live as their readers use them: digits as at the endpoint, lists that empty themselves, nothing lost while
// figures come and go.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LiveAnswer } from '../../worker/metrics/live-answer.ts';
import type { OrdersAnswer } from '../../worker/metrics/orders.ts';
import type { VisitorsAnswer } from '../../worker/metrics/visitors.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { expectAccessible, hook, type Look, readersOf, signedIn } from './owner.ts';
import { bring as bringTo, createStore, openProduct } from './product.ts';

const ORIGIN = 'https://shop.example';
const MINUTE = 60_000;

let product: SharedProduct;
let store: Awaited<ReturnType<typeof createStore>>;
let began: number;

/** What happened some minutes before the test began. */
const act = (visitor: string, type: string, minutes: number, fields: object = {}) => ({
  ...{ type, visitor, visit: `${visitor}-w`, at: began - minutes * MINUTE },
  ...(type === 'visit' ? { url: `${ORIGIN}/tea` } : {}),
  ...fields,
});
const sale = (visitor: string, type: string, minutes: number) =>
  act(visitor, type, minutes, { order: `of-${visitor}`, value: 49.9, currency: 'USD' });

const bring = (...events: object[]) => bringTo(product, store.id, events);

async function ask<T>(path: string, question: Record<string, string> = {}): Promise<T> {
  const query = new URLSearchParams({ store: store.id, ...question });
  const headers = { authorization: `Bearer ${store.token}` };
  return (await (await fetch(`${product.url}${path}?${query}`, { headers })).json()) as T;
}

beforeAll(async () => {
  product = await openProduct();
  store = await createStore(product, ORIGIN, 'Asia/Shanghai', 'USD');
  began = Date.now();
  await bring(
    act('ann-asked-and-left', 'visit', 20, { url: `${ORIGIN}/a?utm_source=letter&utm_medium=email` }),
    act('ann-asked-and-left', 'inquiry', 19),
    act('bob-never-paid-it', 'visit', 18, { country: 'DE' }),
    sale('bob-never-paid-it', 'order', 17),
    act('cy', 'visit', 16),
    act('cy', 'inquiry', 15),
    act('cy', 'cart', 14, { value: 12.5, currency: 'EUR' }),
    act('dee', 'inquiry', 13),
    sale('dee', 'order', 12),
    sale('dee', 'payment', 11),
    ...Array.from({ length: 60 }, (_, n) => act(`looked${n}`, 'visit', 40 + n, { url: `${ORIGIN}/p/${n}` })),
  );
});

async function open(path: string, look: Look = {}) {
  // What happens every half minute shall not take as long here.
  const { page, errors } = await signedIn(product, look, 'set');
  await page.goto(`${product.url}${path}${path.includes('?') ? '&' : '?'}store=${store.id}&period=last7`);
  return { page, errors };
}

const period = () => {
  const days = (back: number) => new Date(Date.now() + 8 * 3_600_000 - back * 86_400_000).toISOString();
  return { from: days(6).slice(0, 10), to: days(0).slice(0, 10) };
};
const value = (page: Page, name: string) => page.getAttribute(hook(name), 'data-value');

describe('People', () => {
  test('shows the endpoint’s digits in every list, and whose last page it was', async () => {
    const { counts } = await ask<VisitorsAnswer>('/v1/visitors', period());
    const { orders } = await ask<OrdersAnswer>('/v1/orders', { ...period(), paid: 'false' });
    const { page } = await open('/people');
    await page.waitForSelector(hook('person'));
    expect(await value(page, 'people-headline')).toBe(String(counts.open.inquiry));
    expect(await page.textContent(hook('count-asked'))).toBe('2');
    expect(await page.textContent(hook('count-cart'))).toBe(String(counts.open.cart));
    expect(await page.textContent(hook('count-unpaid'))).toBe(String(orders.length));
    const [cy, ann] = await page.locator(hook('person')).allTextContents();
    expect(cy).toMatch(/cy.*15 minutes ago.*\/tea.*Direct.*€12\.50/);
    expect(ann).toMatch(/ann-a…left.*19 minutes ago.*\/a.*E-mail/);
    await page.click(hook('list-unpaid'));
    await page.waitForSelector(hook('unpaid-order'));
    expect(await page.textContent(hook('unpaid-order'))).toMatch(/of-bob.*bob-n….*17 minutes ago.*\$49\.90/);
    await page.click(hook('list-left'));
    for (const [step, count] of Object.entries(counts.furthest))
      expect([step, await page.textContent(`${hook(`step-${step}`)} b`)]).toEqual([step, String(count)]);
    await page.click(hook('step-visit'));
    await page.waitForFunction(() => document.querySelectorAll('[data-test="person"]').length === 50);
    await page.click(hook('people-more'));
    await page.waitForFunction(() => document.querySelectorAll('[data-test="person"]').length === 60);
    expect(await page.locator(hook('people-more')).count()).toBe(0);
  });

  test('whoever orders or pays is gone without a reload, and the focus stays where it was', async () => {
    const { page } = await open('/people?list=unpaid');
    await page.waitForSelector(hook('unpaid-order'));
    await page.evaluate(() => Object.assign(window, { same: true }));
    await bring(sale('bob-never-paid-it', 'payment', 1));
    await page.clock.fastForward(31_000);
    await page.waitForSelector(hook('unpaid-order'), { state: 'detached' });
    expect(await page.textContent(hook('count-unpaid'))).toBe('0');
    expect(await value(page, 'people-headline')).toBe('0');
    await page.click(hook('list-asked'));
    await page.waitForFunction(() => document.querySelectorAll('[data-test="person"]').length === 2);
    await page.locator(hook('visitor-link'), { hasText: 'ann' }).focus();
    await bring(sale('cy', 'order', 1));
    await page.clock.fastForward(31_000);
    await page.waitForFunction(() => document.querySelectorAll('[data-test="person"]').length === 1);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('ann-a…left');
    expect(await page.evaluate(() => 'same' in window)).toBe(true);
  });

  test('a visitor’s timeline is in the address, in the store’s time, leads back, to a filter and to erasing', async () => {
    const { page } = await open('/people?list=left&step=payment');
    await page.locator(hook('visitor-link'), { hasText: 'dee' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(hook('visit'));
    expect(new URL(page.url()).searchParams.get('visitor')).toBe('dee');
    const told = await page
      .locator(hook('happening'))
      .evaluateAll((all) =>
        all.map((one) => [(one as HTMLElement).dataset.type, one.querySelector('time')?.textContent]),
      );
    const inShanghai = (minutes: number) =>
      new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' }).format(
        began - minutes * MINUTE,
      );
    expect(told).toEqual([
      ['inquiry', inShanghai(13)],
      ['order', inShanghai(12)],
      ['payment', inShanghai(11)],
    ]);
    expect(await page.locator(hook('happening')).nth(1).textContent()).toMatch(/of-dee.*\$49\.90/);
    await page.goBack();
    await page.waitForSelector(hook('person'));
    expect(page.url()).toMatch(/list=left&step=payment(?!.*visitor=)/);
    await page.goForward();
    await page.click(hook('visit-channel'));
    await page.waitForSelector(hook('filter-channel'));
    expect(new URL(page.url()).searchParams.get('visitor')).toBeNull();
    await page.goBack();
    await page.click(hook('timeline-erase'));
    await page.waitForURL(/\/settings\?.*erase=dee/);
    expect(new URL(page.url()).searchParams.get('store')).toBe(store.id);
  });

  test('a visitor who does not exist is a sentence', async () => {
    const { page } = await open('/people?visitor=a/b%3Fc');
    await page.waitForSelector(hook('timeline-headline'));
    expect(await page.textContent(hook('timeline-headline'))).toBe('This store knows no such visitor.');
    expect(await page.locator(hook('trouble')).count()).toBe(0);
  });
});

describe('Live', () => {
  /** The view's own reading of the clock goes with the page's. */
  const settle = (page: Page, count: string) =>
    page.waitForSelector(`${hook('live-headline')}[data-value="${count}"]`);

  test('shows the endpoint’s digits, minute by minute too', async () => {
    const { page } = await open('/live');
    await page.waitForSelector(hook('minutes'));
    const { visitors, events, open_carts, by_minute } = await ask<LiveAnswer>('/v1/live');
    expect(await value(page, 'live-visitors')).toBe(String(visitors));
    expect(await value(page, 'live-inquiries')).toBe(String(events.inquiry));
    expect(await value(page, 'live-orders')).toBe(String(events.order));
    expect(await value(page, 'live-carts')).toBe(String(open_carts));
    await page.click(`${hook('minutes-twin')} summary`);
    const rows = await page.locator(`${hook('minute')} td:nth-of-type(1)`).allTextContents();
    expect(rows.map(Number)).toEqual(by_minute.map(({ visitors }) => visitors).reverse());
    expect(visitors).toBeGreaterThan(3);
  });

  test('what happens comes by itself, and takes neither focus nor place from its reader; paused it stands still', async () => {
    const { page } = await open('/live', { viewport: { width: 1440, height: 500 } });
    await settle(page, String((await ask<LiveAnswer>('/v1/live')).visitors_now));
    const before = Number(await value(page, 'live-headline'));
    const spoken = await page.evaluate(() => {
      const news = document.querySelector('[data-test="live-news"]') as Element;
      const told: string[] = [];
      new MutationObserver(() => told.push(news.textContent ?? '')).observe(news, {
        ...{ characterData: true, childList: true, subtree: true },
      });
      Object.assign(window, { told });
      const speaking = document.querySelectorAll('#app :is([aria-live], [role="status"], [role="alert"])');
      return [...speaking].map((one) => one.outerHTML);
    });
    expect(spoken).toEqual([expect.stringContaining('live-news')]);
    const link = page.locator(`${hook('live-events')} a`).last();
    await link.focus();
    const place = () => page.evaluate(() => [scrollY, document.activeElement?.getBoundingClientRect().top]);
    const [held, where] = [await link.textContent(), await place()];
    await bring(act('eve', 'visit', 0), act('eve', 'visit', 0, { url: `${ORIGIN}/new`, at: Date.now() }));
    await page.clock.fastForward(6_000);
    await settle(page, String(before + 1));
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(held);
    expect(await place()).toEqual(where);
    expect(await page.textContent(hook('live-event'))).not.toContain('/new');
    await page.focus(hook('live-pause'));
    await page.waitForSelector(`${hook('live-event')}:first-child:has-text("/new")`);
    await page.keyboard.press('Space');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await bring(act('fay', 'inquiry', 0));
    await page.clock.fastForward(60_000);
    expect(asked.filter((url) => url.includes('/v1/live'))).toEqual([]);
    await page.keyboard.press('Space');
    await settle(page, String(before + 2));
    expect(await page.evaluate(() => (window as unknown as { told: string[] }).told.filter(Boolean))).toEqual(
      ['New: inquiries 1, orders 0, payments 0.'],
    );
  });

  test('says what to do where nobody is, and where nothing has ever come', async () => {
    const made = await createStore(product, 'https://quiet.example');
    const first = store;
    try {
      store = made;
      const { page } = await open('/live');
      await page.waitForSelector('h1:has-text("No event has arrived yet.")');
      await bring(act('gone', 'visit', 2_000));
      await page.reload();
      await page.waitForSelector(hook('live-empty'));
      expect(await page.getAttribute(hook('open-shop'), 'href')).toBe('https://quiet.example');
      await page.click(hook('live-set-up'));
      await page.waitForURL(/\/set-up/);
    } finally {
      store = first;
    }
  });
});

// Both themes, both languages, both widths.
test.each(readersOf('people'))(
  'in %s, %s, %d px wide: no accessibility violation, nothing sticks out',
  async (locale, colorScheme, width) => {
    const { page, errors } = await open('/people', {
      locale,
      colorScheme,
      viewport: { width, height: 900 },
    });
    const told = [
      ['/people?list=cart&filter[channel]=email&', 'people-list'],
      ['/people?visitor=dee&', 'visit'],
      ['/live?', 'minutes'],
    ] as const;
    const others = [
      ['/people?', 'person'],
      ['/people?list=left&step=visit&', 'person'],
    ] as const;
    for (const [path, ready] of some(told, [...told, ...others])) {
      await page.goto(`${product.url}${path}store=${store.id}`);
      await page.waitForSelector(hook(ready));
      await expectAccessible(page);
    }
    expect(errors).toEqual([]);
  },
);
