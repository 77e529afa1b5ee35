// The overview against the endpoint: the same digits, the bottleneck in words, annotations by keys, files to take along.
import type { APIRequestContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BottleneckAnswer } from '../../worker/metrics/bottleneck-question.ts';
import { type MetricsAnswer, RATE_NAMES } from '../../worker/metrics/question.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { bytesOf, hook, type Look, signedIn } from './owner.ts';
import { bring, createStore, openProduct } from './product.ts';

const DAY = 86_400_000;
const ORIGIN = 'https://shop.example';
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);
const LAST7 = { from: daysAgo(6), to: daysAgo(0) };
const HOSTILE = '<img src=x onerror="document.title=1">';

/** Two weeks of e-mail and ads; in the second nobody who came by ads and asked buys any more. */
function* shoppers() {
  for (const ago of [9, 2])
    for (let n = 0; n < 160; n++) {
      const [ads, asks] = [n % 2 === 0, n % 4 < 2];
      const buys = n % 8 < 4 && !(ads && asks && ago === 2);
      const start = Date.parse(`${daysAgo(ago)}T09:00:00Z`) + n * 60_000;
      const common = { visitor: `v${ago}x${n}`, visit: `v${ago}x${n}w`, country: n % 3 ? 'DE' : 'FR' };
      let made = 0;
      const act = (type: string, minutes: number, fields: object = {}) => ({
        ...common,
        ...{ id: `${common.visit}.${made++}`, type, at: start + minutes * 60_000 },
        ...fields,
      });
      yield act('visit', 0, {
        url: `${ORIGIN}/${ads ? '?utm_source=facebook&utm_medium=cpc' : '?utm_medium=email'}`,
      });
      if (n % 5 > 0 || asks || buys) yield act('visit', 1, { url: `${ORIGIN}/tea` });
      if (asks) yield act('inquiry', 2);
      if (!buys) continue;
      const sale = { order: `A-${ago}-${n}`, value: 20 + n / 4, currency: 'USD' };
      yield act('order', 22, sale);
      if (n % 3 > 0) yield act('payment', 24, sale);
    }
}

let product: SharedProduct;
/** Its public id. */
let store: string;
/** Asks with the owner's session. */
let request: APIRequestContext;
const errors: string[][] = [];

beforeAll(async () => {
  product = await openProduct();
  ({ id: store } = await createStore(product, ORIGIN));
  request = (await signedIn(product)).page.context().request;
  await bring(product, store, [...shoppers()]);
});

/** The overview at an address, once its figures are there. */
async function open(query = '', look: Look = {}): Promise<Page> {
  const { page, errors: wrong } = await signedIn(product, look);
  errors.push(wrong);
  await page.goto(`${product.url}/?store=${store}${query && `&${query}`}`);
  await page.waitForSelector(hook('period'));
  return page;
}

const endpoint = async (path: string, question: Record<string, string>) => {
  const answer = await request.get(product.url + path, { params: { store, ...question } });
  expect(answer.status()).toBe(200);
  return answer;
};
const metrics = async (question: Record<string, string>): Promise<MetricsAnswer> =>
  (await endpoint('/v1/metrics', question)).json();
const shown = async (page: Page, name: string) =>
  Number(await page.locator(hook(name)).first().getAttribute('data-value'));

/** The sentence has the endpoint's step and digits; where nothing is compared there is none. */
async function expectBottleneck(page: Page, { compare, ...question }: Record<string, string>): Promise<void> {
  const sentence = page.locator(hook('bottleneck'));
  if (compare === undefined) return expect(await sentence.count()).toBe(0);
  const answer = (await (
    await endpoint('/v1/bottleneck', { ...question, compare })
  ).json()) as BottleneckAnswer;
  await sentence.waitFor();
  expect(await sentence.getAttribute('data-verdict')).toBe(answer.verdict);
  expect(await sentence.getAttribute('data-step')).toBe(answer.bottleneck?.step ?? '');
  if (!answer.bottleneck) return;
  const found = answer.steps.find(({ step }) => step === answer.bottleneck?.step);
  expect(await shown(page, 'bottleneck-rate')).toBe(found?.rate.value);
  expect(await shown(page, 'bottleneck-lost')).toBe(answer.bottleneck.lost);
}

/** What the address says, the same question of the endpoint, and what its chart is by. */
type Asked = [query: string, question: Record<string, string>, by: string];

describe('the same digits as the endpoint', () => {
  const told: Asked[] = [
    ['', { ...LAST7, compare: 'previous' }, 'day'],
    ['basis=payment&compare=weekdays', { ...LAST7, compare: 'weekdays', basis: 'payment' }, 'day'],
    [
      'filter[channel]=paid_social&scope=visit&compare=year',
      { ...LAST7, 'filter[channel]': 'paid_social', scope: 'visit', compare: 'year' },
      'day',
    ],
    [
      `from=${daysAgo(2)}&to=${daysAgo(2)}`,
      { from: daysAgo(2), to: daysAgo(2), compare: 'previous' },
      'hour',
    ],
  ];
  const others: Asked[] = [
    ['scope=visit', { ...LAST7, compare: 'previous', scope: 'visit' }, 'day'],
    ['compare=none&filter[country]=DE', { ...LAST7, 'filter[country]': 'DE' }, 'day'],
    [
      `from=${daysAgo(120)}&to=${daysAgo(0)}`,
      { from: daysAgo(120), to: daysAgo(0), compare: 'previous' },
      'week',
    ],
  ];
  test.each(some(told, [...told, ...others]))('at ?%s', async (query, question, by) => {
    const page = await open(`${query}${query && '&'}show=visitors`);
    const { totals, rates, rows = [], comparison } = await metrics({ ...question, by: 'channel' });
    for (const name of ['visitors', 'effective_visitors', 'consulting_visitors', 'silent_visitors'] as const)
      expect([name, await shown(page, `total-${name}`)]).toEqual([name, totals[name]]);
    const cards = RATE_NAMES.filter((name) => name !== 'silent_share');
    for (const name of cards) {
      const card = page.locator(hook(`rate-${name}`));
      expect([name, await card.getAttribute('data-value')]).toEqual([name, String(rates[name].value ?? '')]);
      const before = comparison?.rates[name].value ?? null;
      const now = rates[name].value;
      if (before !== null && now !== null)
        expect(Number(await card.locator('.delta').getAttribute('data-value'))).toBe(now - before);
    }
    expect(await page.locator('tbody [data-test^="channel-"]').count()).toBe(rows.length);
    for (const row of rows)
      for (const [column, value] of [
        ['visitors', row.totals.visitors],
        ['silent_conversion', row.rates.silent_conversion.value],
        ['orders', row.totals.orders],
      ] as const)
        expect(
          await page
            .locator(`${hook(`channel-${row.key}`)} [data-column="${column}"]`)
            .getAttribute('data-value'),
        ).toBe(String(value));
    const [money] = totals.money;
    if (money) expect(await shown(page, 'money-gross-USD')).toBe(money.gross);
    const series = await metrics({ ...question, by });
    const cells = page.locator(`${hook('chart-table')} td[data-value]`);
    const told = await cells.evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset.value));
    expect(told.map(Number)).toEqual(series.rows?.map((row) => row.totals.visitors));
    await expectBottleneck(page, question);
  });
});

describe('the bottleneck', () => {
  test('is one sentence with the step, its price, its channel and the time it takes', async () => {
    const page = await open();
    await page.waitForSelector(hook('bottleneck'));
    expect(await page.textContent(hook('bottleneck'))).toMatch(
      /^Bottleneck: 25\.00% of those who asked ordered, 50\.00% before, which costs about \$\d+, most of all through Paid social; half of those who order do so within 20 minutes of asking\.$/,
    );
    await page.click(hook('bottleneck-channel'));
    await page.waitForURL(/filter%5Bchannel%5D=paid_social/);
    await page.waitForSelector(`${hook('filter-channel')}:has-text("Paid social")`);
  });

  test('is said in Chinese, and where nothing is compared it says what to do', async () => {
    const page = await open('', { locale: 'zh-CN' });
    await page.waitForSelector(hook('bottleneck'));
    expect(await page.textContent(hook('bottleneck'))).toMatch(
      /^瓶颈： 咨询访客中 25\.00% 下单，此前为 50\.00%，约少收入 \$\d+，主要来自付费社交；下单者中，一半在咨询后 20\s?分钟内下单。$/,
    );
    await page.goto(`${product.url}/?store=${store}&compare=none`);
    await page.waitForSelector('p.bottleneck:has-text("选择对比周期")');
  });
});

test('a channel’s row narrows everything to it, and a filter that leaves nothing says how to go on', async () => {
  const page = await open();
  await page.click(hook('filter-by-paid_social'));
  await page.waitForURL(/filter%5Bchannel%5D=paid_social/);
  const { totals } = await metrics({ ...LAST7, 'filter[channel]': 'paid_social' });
  await page.waitForSelector(`${hook('total-visitors')}[data-value="${totals.visitors}"]`);
  expect(await page.locator('tbody [data-test^="channel-"]').count()).toBe(1);
  expect(await shown(page, 'money-gross-USD')).toBe(totals.money[0]?.gross);
  await page.goto(`${product.url}/?store=${store}&filter[country]=ZZ`);
  await page.waitForSelector('h1:has-text("Nobody passes these filters")');
  await page.click('.headline-more a');
  await page.waitForSelector(hook('headline'));
  expect(page.url()).not.toContain('filter');
});

test('an annotation is written, found and deleted by the keyboard alone, and is text whatever it says', async () => {
  const page = await open('&show=visitors');
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  await page.focus(hook('chart'));
  await keys('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await page.focus(hook('annotation-add'));
  await keys('Enter');
  await page.waitForSelector(hook('annotation-form'));
  // The day is the one that the chart's cursor is on.
  expect(await page.inputValue(hook('annotation-day'))).toBe(daysAgo(2));
  expect(await page.evaluate('document.activeElement.name')).toBe('text');
  await page.keyboard.type(HOSTILE);
  await keys('Enter');
  await page.waitForSelector(hook('annotation-said'));
  expect(await page.textContent(hook('annotation-said'))).toBe(HOSTILE);
  expect(await page.locator('main img').count()).toBe(0);

  await page.reload();
  await page.waitForSelector(hook('annotation-said'));
  await page.focus('.annotation-flag');
  await keys('Enter');
  await expect.poll(() => page.getAttribute(hook('chart'), 'aria-valuetext')).toMatch(/160.* · <img src=x/);
  expect(await page.textContent(hook('chart-readout'))).toContain(HOSTILE);
  const row = page.locator(`${hook('chart-table')} tr`, { hasText: HOSTILE });
  expect(await row.locator('td[data-value]').getAttribute('data-value')).toBe('160');
  const listed = await (await endpoint('/v1/annotations', {})).json();
  expect(listed.annotations).toMatchObject([{ day: daysAgo(2), text: HOSTILE }]);

  await page.focus(hook('annotation-delete'));
  await keys('Enter');
  expect(await page.getAttribute(hook('annotation-delete'), 'aria-label')).toContain('Press again');
  await keys('Enter');
  await page.waitForSelector(hook('annotation'), { state: 'detached' });
  expect((await (await endpoint('/v1/annotations', {})).json()).annotations).toEqual([]);
});

describe('taken along', () => {
  const taken = async (page: Page, part: string, kind: 'csv' | 'png') => {
    await page.click(hook(`export-${part}`));
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click(hook(`export-${part}-${kind}`)),
    ]);
    return { name: file.suggestedFilename(), bytes: await bytesOf(file) };
  };

  test('the CSV of each part is the endpoint’s, byte for byte', async () => {
    const page = await open('scope=visit&basis=payment&filter[country]=DE&compare=weekdays');
    const asked = {
      ...LAST7,
      scope: 'visit',
      basis: 'payment',
      'filter[country]': 'DE',
      compare: 'weekdays',
    };
    for (const [part, grouping] of [
      ['funnel', {}],
      ['chart', { by: 'day' }],
      ['channels', { by: 'channel' }],
    ] as const) {
      const { name, bytes } = await taken(page, part, 'csv');
      const answer = await endpoint('/v1/metrics', { ...asked, ...grouping, format: 'csv' });
      expect(bytes.equals(await answer.body())).toBe(true);
      expect(bytes.toString()).toContain(LAST7.from);
      expect(name).toBe(`tundish-${part}-${LAST7.from}-${LAST7.to}.csv`);
    }
  });

  test.each(['funnel', 'chart'])('the picture of the %s is a PNG with something on it', async (part) => {
    const page = await open();
    await page.locator(hook('chart')).scrollIntoViewIfNeeded();
    await page.waitForSelector(`${hook('chart')} canvas`);
    const { name, bytes } = await taken(page, part, 'png');
    expect(name).toBe(`tundish-${part}-${LAST7.from}-${LAST7.to}.png`);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    // Read back by the browser: more than its background, in the colours of the page.
    const colours = await page.evaluate(
      async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        const sheet = new OffscreenCanvas(image.width, image.height);
        const pen = sheet.getContext('2d') as OffscreenCanvasRenderingContext2D;
        pen.drawImage(image, 0, 0);
        const { data } = pen.getImageData(0, 0, image.width, image.height);
        const seen = new Set<string>();
        for (let n = 0; n < data.length; n += 4) seen.add(`${data[n]},${data[n + 1]},${data[n + 2]}`);
        return { width: image.width, seen: [...seen] };
      },
      `data:image/png;base64,${bytes.toString('base64')}`,
    );
    expect(colours.width).toBeGreaterThan(1_000);
    // --ink is in both, --silent and --consulting in the funnel.
    expect(colours.seen).toEqual(
      expect.arrayContaining(part === 'funnel' ? ['15,118,110', '196,85,13', '255,255,255'] : ['21,33,31']),
    );
  });

  test('the menu opens, is left and is used by keys', async () => {
    const page = await open();
    await page.focus(hook('export-funnel'));
    await page.keyboard.press('Enter');
    await page.waitForSelector(hook('export-funnel-csv'), { state: 'visible' });
    await page.keyboard.press('Escape');
    await page.waitForSelector(hook('export-funnel-csv'), { state: 'hidden' });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.dataset.test')).toBe('export-funnel-csv');
  });
});

test('a rate’s card shows its interval to the eye that looks closer, and turns the chart', async () => {
  const page = await open();
  const card = page.locator(hook('rate-silent_conversion'));
  const seen = () => card.locator('.rate-interval').evaluate((element) => getComputedStyle(element).opacity);
  expect(await seen()).toBe('0');
  await page.keyboard.press('Tab');
  await card.focus();
  await expect.poll(seen).toBe('1');
  await page.keyboard.press('Enter');
  await page.waitForURL(/show=silent_conversion/);
  expect(await page.locator(`${hook('chart-table')} caption`).textContent()).toBe('Silent conversion');
});

test('nothing of all this was an error to the browser', () => {
  expect(errors.length).toBeGreaterThan(10);
  expect(errors.flat()).toEqual([]);
});
