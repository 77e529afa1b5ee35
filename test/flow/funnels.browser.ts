// The funnel builder: digits are the endpoint's, all of it is in the address, by keyboard alone, kept for everybody.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FunnelAnswer, FunnelVisitorsAnswer } from '../../worker/metrics/funnel-question.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { demoOf, expectAccessible, fromPage, hook, readersOf, signedIn } from './owner.ts';
import { openProduct } from './product.ts';

let product: SharedProduct;
let demo: string;

beforeAll(async () => {
  product = await openProduct();
  demo = await demoOf(product);
});

const address = (query = '') => `${product.url}/funnels?store=${demo}&period=last30${query}`;
/** The figures of what the address says, none that are dimmed because others are on their way. */
const settled = (page: Page) => page.waitForSelector(`.figures:not(.is-loading) ${hook('funnel-bar-1')}`);
const open = async (page: Page, query = '') => {
  await page.goto(address(query));
  await settled(page);
};

const counts = (page: Page) =>
  page
    .locator('[data-test^="funnel-bar-"]')
    .evaluateAll((bars) => bars.map((bar) => Number((bar as HTMLElement).dataset.value)));

/** The same question of the endpoint, on the days that the page shows. */
async function asked(page: Page, question: Record<string, string | string[]>, path = '/v1/funnel') {
  const csv = new URL((await page.getAttribute(hook('export-funnel-csv'), 'href')) ?? '', product.url)
    .searchParams;
  const query = new URLSearchParams({
    store: demo,
    from: csv.get('from') ?? '',
    to: csv.get('to') ?? '',
  });
  for (const [name, values] of Object.entries(question))
    for (const value of [values].flat()) query.append(name, value);
  return `${path}?${query}`;
}

const seconds = async <T>(ask: () => T | Promise<T>, wanted: Awaited<T>) => {
  await expect.poll(ask, { timeout: 10_000 }).toEqual(wanted);
};

describe('the digits', () => {
  test('are the endpoint’s: counts, rates, lost, times, and the rows', async () => {
    const { page, errors } = await signedIn(product);
    await open(page, '&steps=visit,/product.html,cart,order&window=3d&by=device&filter[channel]=direct');
    const answer = await fromPage<FunnelAnswer>(
      page,
      await asked(page, {
        steps: ['visit', '/product.html', 'cart', 'order'],
        ...{ window: '3d', by: 'device', 'filter[channel]': 'direct' },
      }),
    );
    expect(answer.steps[0]?.count).toBeGreaterThan(10);
    expect(await counts(page)).toEqual(answer.steps.map(({ count }) => count));
    const percent = new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: 2 });
    for (const [n, step] of answer.steps.entries()) {
      const bar = (await page.textContent(hook(`funnel-bar-${n + 1}`))) ?? '';
      expect(bar).toContain(percent.format(step.from_first.value ?? 0));
      if (step.from_previous) expect(bar).toContain(percent.format(step.from_previous.value ?? 0));
      if (n > 0 && step.lost > 0)
        expect(bar).toContain(`${new Intl.NumberFormat('en-US').format(step.lost)} left here`);
    }
    const cells = await page
      .locator(`${hook('funnel-breakdown')} tbody tr`)
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.getAttribute('data-test'),
          ...[...row.querySelectorAll('td[data-value]')].map((cell) =>
            Number(cell.getAttribute('data-value')),
          ),
        ]),
      );
    expect(cells).toEqual(
      answer.rows?.map(({ key, steps }) => [`funnel-row-${key}`, ...steps.map(({ count }) => count)]),
    );
    expect(errors).toEqual([]);
  });

  test('of who left are the endpoint’s people, page by page, each with the way to what they did', async () => {
    const { page } = await signedIn(product);
    await open(page);
    await page.click(hook('funnel-lost-2'));
    await page.waitForSelector(hook('funnel-leavers'));
    expect(page.url()).toContain('left=2');
    const question = {
      steps: ['visit', 'product', 'cart', 'order', 'payment'],
      ...{ step: '2', dropped: 'true', limit: '100' },
    };
    const list = await fromPage<FunnelVisitorsAnswer>(
      page,
      await asked(page, question, '/v1/funnel/visitors'),
    );
    await page.click(hook('funnel-left-more'));
    await page.waitForFunction(
      () => document.querySelectorAll('[data-test="funnel-left"] [data-test="visitor-link"]').length > 50,
    );
    const links = await page
      .locator(`${hook('funnel-left')} ${hook('visitor-link')}`)
      .evaluateAll((all) =>
        all.map((one) => new URL((one as HTMLAnchorElement).href).searchParams.get('visitor')),
      );
    expect(links).toEqual(list.visitors.map(({ visitor }) => visitor));
    await page
      .locator(`${hook('funnel-left')} ${hook('visitor-link')}`)
      .first()
      .press('Enter');
    expect(new URL(page.url())).toMatchObject({ pathname: '/people' });
    expect(new URL(page.url()).searchParams.get('visitor')).toBe(list.visitors[0]?.visitor);
  });
});

describe('the address', () => {
  test('holds the whole funnel, and back undoes a change', async () => {
    const { page } = await signedIn(product);
    await open(page);
    const before = await counts(page);
    await page.selectOption(hook('funnel-count'), 'visit');
    await page.selectOption(hook('funnel-window'), '1d');
    await page.selectOption(hook('funnel-order'), 'any');
    await page.waitForURL(/order=any/);
    await settled(page);
    const there = await counts(page);
    expect(there).not.toEqual(before);
    const copy = await page.context().newPage();
    await copy.goto(page.url());
    await settled(copy);
    expect(await counts(copy)).toEqual(there);
    for (let n = 0; n < 3; n++) await page.goBack();
    await seconds(() => counts(page), before);
  });

  test('of any nonsense shows something sensible', async () => {
    const { page, errors } = await signedIn(product);
    const told = [
      'steps=visit&window=0x&order=up&count=moons&by=moon&left=x',
      'steps=visit,/%25zz,custom:%3Cimg%20src=x%20onerror=alert(1)%3E&filter[channel]=%3Cb%3E',
    ];
    const others = [
      'steps=nonsense',
      'steps=visit,order&left=99&kept=fn_gone',
      'count=order&steps=visit,cart',
      `steps=${Array.from({ length: 12 }, () => 'visit').join(',')}`,
      'steps=%,,%%%&window=999999d',
    ];
    for (const query of some(told, [...told, ...others])) {
      await page.goto(address(`&${query}`));
      await page.waitForSelector('.figures:not(.is-loading) .panel');
      const steps = await page.locator(hook('funnel-step')).count();
      expect([query, steps >= 2 && steps <= 8]).toEqual([query, true]);
      expect(await page.locator(`${hook('trouble')}, img, .headline b`).count()).toBe(0);
    }
    expect(errors).toEqual([]);
  });
});

test('by keyboard alone a funnel is built, reordered and read', async () => {
  const { page } = await signedIn(product);
  await open(page, '&steps=visit,order');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-test'));
  const steps = () => new URL(page.url()).searchParams.get('steps');
  await page.focus(hook('funnel-step-add'));
  await page.keyboard.press('Enter');
  await seconds(focused, 'funnel-step-kind');
  await page.keyboard.type('A certain');
  await seconds(steps, 'visit,order,/*');
  await page.keyboard.press('Tab');
  await seconds(focused, 'funnel-step-detail');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('/checkout.html');
  await page.keyboard.press('Enter');
  await seconds(steps, 'visit,order,/checkout.html');
  await page.locator(hook('funnel-step-up')).nth(2).focus();
  await page.keyboard.press('Enter');
  await seconds(steps, 'visit,/checkout.html,order');
  expect(await focused()).toBe('funnel-step-up');
  await page.keyboard.press('Alt+ArrowUp');
  await seconds(steps, '/checkout.html,visit,order');
  // At the top there is no way up: the focus stays in the step.
  expect(await focused()).toBe('funnel-step-down');
  await page.keyboard.press('Alt+ArrowDown');
  await seconds(steps, 'visit,/checkout.html,order');
  await settled(page);
  await page.focus(hook('funnel-lost-1'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(hook('funnel-left'));
  await seconds(() => page.evaluate(() => document.activeElement?.id), 'leavers-title');
});

test('a funnel is kept for everybody, opened, changed and deleted', async () => {
  const { page } = await signedIn(product);
  await open(page, '&steps=visit,cart&filter[device]=mobile');
  await page.fill(hook('funnel-name'), 'Phones <b>to</b> the cart');
  await page.click(hook('funnel-keep'));
  await page.waitForSelector(hook('kept-funnel'));
  expect(page.url()).toContain('kept=fn_');
  const other = await page.context().newPage();
  await open(other);
  expect(await other.textContent(hook('kept-funnel'))).toBe('Phones <b>to</b> the cart');
  await other.click(hook('kept-funnel'));
  await settled(other);
  await seconds(async () => counts(other), await counts(page));
  expect(new URL(other.url()).searchParams.get('filter[device]')).toBe('mobile');
  await other.selectOption(hook('funnel-window'), '30d');
  await other.waitForSelector(`${hook('funnel-said')}:has-text("Not as it is kept")`);
  await other.fill(hook('funnel-name'), 'Phones');
  await other.click(hook('funnel-keep'));
  await other.waitForSelector(`${hook('kept-funnel')}:text-is("Phones")`);
  await other.click(hook('funnel-delete'));
  await other.click(hook('funnel-delete-sure'));
  await other.waitForSelector(hook('kept-funnel'), { state: 'detached' });
  expect(await fromPage(other, `/v1/funnels?store=${demo}`)).toEqual({ funnels: [], next: null });
});

describe('every reader', () => {
  test.each(readersOf('funnels'))(
    'in %s, %s, %d px wide: no violation, no error, nothing sticks out',
    async (locale, colorScheme, width) => {
      const { page, errors } = await signedIn(product, {
        locale,
        colorScheme,
        viewport: { width, height: 900 },
      });
      await open(page, '&steps=visit,/product.html,custom:x,order&by=channel&left=1');
      await page.waitForSelector(hook('funnel-leavers'));
      await page.click(`${hook('funnel-twin')} summary`);
      await expectAccessible(page);
      expect(errors).toEqual([]);
    },
  );
});
