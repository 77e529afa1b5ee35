// Strings that visitors make, with markup, scripts and tricks in them, in every field that has room for one: whichever view
// shows them, they are text.
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VIEWS } from '../../dashboard/address.ts';
import { openEngine } from '../browser/chromium.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { command, createStore, openProduct, signInLink } from './product.ts';

/** Each would leave `window.hostile`, an element of that name or class, or a request to /hostile if it were more than text. */
const PAYLOADS = [
  '<script>hostile=1</script>',
  '"><script src=/hostile.js></script>',
  '<img src=/hostile onerror=hostile=1>',
  "'><img src=/hostile class=hostile>",
  '<svg onload=hostile=1>',
  '<svg><animate onbegin=hostile=1 attributeName=x>',
  '<iframe srcdoc="<script>parent.hostile=1</script>">',
  '<iframe src=javascript:parent.hostile=1>',
  '<a href="javascript:hostile=1" class=hostile>x</a>',
  'javascript:hostile=1//',
  '<body onload=hostile=1>',
  '<details open ontoggle=hostile=1 class=hostile>',
  '<input autofocus onfocus=hostile=1>',
  '<style>*{display:none}</style>',
  '<link rel=stylesheet href=/hostile.css>',
  '<meta http-equiv=refresh content="0;url=/hostile">',
  '<base href=/hostile/>',
  '<form action=/hostile><button class=hostile>x',
  '<object data=/hostile>',
  '<template><b class=hostile></template>',
  '</title><hostile-element>',
  '</textarea><hostile-element>',
  '--><hostile-element><!--',
  '{{constructor.constructor("hostile=1")()}}',
  '\x24{hostile=1}',
  '{n} {count} {visitor}',
  '&lt;b class=hostile&gt;&#60;',
  '" onmouseover="hostile=1" x="',
  '\u202Eegass\u202C\u2066<b class=hostile>',
  "__proto__'; drop table visits; --",
] as const;

const ORIGIN = 'https://shop.example';
const MINUTE = 60_000;

let browser: Browser;
let product: SharedProduct;
let store: Awaited<ReturnType<typeof createStore>>;
let page: Page;
const requests: string[] = [];

/** Addresses keep their paths as the browser writes them. */
function asPath(payload: string): string {
  const url = new URL(ORIGIN);
  url.pathname = payload;
  return url.pathname;
}

/** Campaigns that an advertiser's template left unfilled are none. */
const UNFILLED = /^\{/;

/** One event of each type, with the payload in each field that a visitor fills. */
function eventsOf(payload: string, n: number, visitor: string, at: number): object[] {
  const visit = `${visitor}-${n}`;
  const common = { visitor, visit };
  const query = new URLSearchParams({
    ...{ utm_source: payload, utm_medium: payload, utm_campaign: payload, utm_term: payload },
  });
  const items = [{ item_id: payload, item_name: payload, price: 1, quantity: 1 }];
  const sale = {
    order: `${payload} ${visitor.slice(0, 5)}`,
    value: 1,
    currency: 'USD',
    method: payload,
    items,
  };
  return [
    {
      ...{ ...common, type: 'visit', at, referrer: `https://news.example/${payload}` },
      url: `${ORIGIN}${asPath(payload)}?${query}`,
    },
    { ...common, type: 'product', at: at + 1, item: payload },
    { ...common, type: 'inquiry', at: at + 2, via: 'chat' },
    { ...common, type: 'custom', at: at + 3, name: payload, props: { [payload]: payload } },
    { ...common, type: 'cart', at: at + 4, item: payload, value: 1, currency: 'USD' },
    { ...common, type: 'order', at: at + 5, ...sale },
    { ...common, type: 'payment', at: at + 6, ...sale, order: `paid ${sale.order}` },
    { ...common, type: 'order', at: at + 7, ...sale, order: `paid ${sale.order}` },
  ];
}

/** An id may hold anything but spaces and what cannot be seen. */
const visitorOf = (payload: string, n: number) => `h${n}-${payload.replace(/[\s\p{C}]/gu, '')}`.slice(0, 60);
const EVERYTHING = 'everything';

beforeAll(async () => {
  [browser, product] = await Promise.all([openEngine(), openProduct()]);
  store = await createStore(product, ORIGIN);
  const now = Date.now();
  const lines = PAYLOADS.flatMap((payload, n) => [
    ...eventsOf(payload, n, visitorOf(payload, n), now - 20 * MINUTE - n * 1000),
    ...eventsOf(payload, n, EVERYTHING, now - 2 * MINUTE - n * 1000),
    // Asked, and did not order.
    {
      type: 'inquiry',
      visitor: `asked-${visitorOf(payload, n)}`,
      visit: `a${n}`,
      at: now - 30 * MINUTE,
      via: 'form',
    },
  ]);
  const file = `${product.data}/hostile.ndjson`;
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { stdout, stderr } = await command(product, 'import', '--store', store.id, file);
  expect([stdout.split('\n').at(-2), stderr]).toEqual([expect.stringContaining(` 0 refused`), '']);
  page = await (
    await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 1000 } })
  ).newPage();
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  page.on('dialog', (dialog) => {
    requests.push('dialog /hostile');
    void dialog.dismiss();
  });
  await page.goto(await signInLink(product));
  await page.waitForSelector('[data-test="choose-store"]');
});
afterAll(async () => {
  await browser?.close();
});

async function show(path: string): Promise<void> {
  requests.length = 0;
  await page.goto(`${product.url}${path}${path.includes('?') ? '&' : '?'}store=${store.id}`);
  await page.waitForSelector('main h1, main .panel');
  await page.waitForFunction(() => !document.querySelector('.skeleton, .opening, .is-loading, main > .bone'));
}

/** What is there that only markup could have made. */
const made = () =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const told = (one: Element) => one.outerHTML.slice(0, 200);
    return [
      ...('hostile' in window ? ['a script ran'] : []),
      ...all
        .filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc'))
        .map(told),
      ...[
        ...document.querySelectorAll(
          '.hostile, hostile-element, iframe, object, embed, base, template, animate',
        ),
      ].map(told),
      ...[...document.querySelectorAll('body style, body link, body meta, body script')].map(told),
      ...[...document.querySelectorAll('a[href], form[action]')]
        .filter(
          (one) => !/^(https?:|\/|#)/.test(one.getAttribute('href') ?? one.getAttribute('action') ?? ''),
        )
        .map(told),
    ];
  });

async function expectTextOnly(): Promise<void> {
  expect(await made()).toEqual([]);
  expect(requests.filter((path) => path.includes('hostile') && !path.startsWith('/v1/'))).toEqual([]);
  expect(await page.locator('[data-test="trouble"]').count()).toBe(0);
}

/** The text of the whole page, with what is cut off by an ellipsis. */
const text = () => page.evaluate(() => document.body.textContent ?? '');

describe.each(Object.entries(VIEWS))('%s', (_, path) => {
  test('shows what visitors wrote as text, whatever the address says', async () => {
    const own = new URLSearchParams({
      erase: PAYLOADS[2],
      visitor: EVERYTHING,
      list: PAYLOADS[0],
      show: '200',
    });
    for (const payload of [PAYLOADS[0], PAYLOADS[3]]) own.append('filter[campaign]', payload);
    for (const [name, value] of [
      ['by', 'campaign'],
      ['q', PAYLOADS[2]],
      ['step', PAYLOADS[4]],
      ['sort', PAYLOADS[0]],
    ] as const)
      own.set(name, value);
    for (const query of some([`?${own}`], ['', `?${own}`])) {
      await show(path + query);
      await expectTextOnly();
    }
  });

  test('comes with a policy that lets no script and no style in that is not the product’s own', async () => {
    const { headers } = await fetch(product.url + path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-|\*|data:(?!;| *;)|strict-dynamic/);
  });
});

describe('every word of a visitor can be read', () => {
  test('order numbers, in the list of unpaid orders', async () => {
    await show('/people?list=unpaid&show=200');
    const shown = await page.locator('[data-test="unpaid-order"] .order-number').allTextContents();
    for (const payload of PAYLOADS) expect(shown).toContain(`${payload} every`);
    await expectTextOnly();
  });

  test('paths, campaigns, sources, media, custom names and order numbers, in a timeline', async () => {
    await show(`/people?visitor=${EVERYTHING}`);
    expect(await page.locator('[data-test="visit"]').count()).toBe(PAYLOADS.length);
    const words = await text();
    for (const payload of PAYLOADS) expect(words).toContain(asPath(payload));
    for (const name of ['campaign', 'source', 'medium']) {
      const spelled = await page.locator(`[data-test="visit-${name}"]`).allTextContents();
      for (const payload of PAYLOADS.filter((one) => !UNFILLED.test(one)))
        expect(spelled.map((one) => one.toLowerCase())).toContain(payload.trim().toLowerCase());
    }
    const details = await page.locator('[data-type="custom"] .happening-detail').allTextContents();
    expect(details.toSorted()).toEqual([...PAYLOADS].toSorted());
    await expectTextOnly();
  });

  test('visitors’ ids, whose links lead to their timelines', async () => {
    await show('/people?list=asked&show=200');
    const links = await page
      .locator('[data-test="visitor-link"]')
      .evaluateAll((all) =>
        all.map((one) => new URL((one as HTMLAnchorElement).href).searchParams.get('visitor')),
      );
    expect(links.toSorted()).toEqual(
      PAYLOADS.map((payload, n) => `asked-${visitorOf(payload, n)}`).toSorted(),
    );
    await page.locator('[data-test="visitor-link"]').nth(3).click();
    await page.waitForSelector('[data-test="visit"]');
    await expectTextOnly();
  });

  test('campaigns and paths, in the tables of channels and pages', async () => {
    await show('/channels?by=campaign');
    const names = () => page.locator('.figure-table tbody th').allTextContents();
    const campaigns = (await names()).map((name) => name.toLowerCase());
    for (const payload of PAYLOADS.filter((one) => !UNFILLED.test(one)))
      expect(campaigns).toContain(payload.trim().toLowerCase());
    await expectTextOnly();
    await page.locator('.figure-table tbody th a').nth(3).click();
    await page.waitForSelector('[data-test="filter-campaign"]');
    await expectTextOnly();
    for (const tab of ['entry', 'seen', 'exit']) {
      await show(`/pages?tab=${tab}`);
      const paths = await names();
      for (const payload of PAYLOADS) expect(paths).toContain(asPath(payload));
      await expectTextOnly();
    }
  });

  test('paths, custom names and order numbers, live', async () => {
    await show('/live');
    await page.waitForSelector('[data-test="live-event"]');
    const words = await text();
    // The latest thirty events are those of the first payloads.
    for (const payload of PAYLOADS.slice(0, 3)) {
      expect(words).toContain(`paid ${payload} every`);
      expect(words).toContain(asPath(payload));
    }
    await expectTextOnly();
  });

  // The last, because it adds to what others show.
  test('the same in the log of what arrives', async () => {
    const [payload] = PAYLOADS;
    const now = Date.now();
    const events = eventsOf(payload, 0, 'sent', now).map((event, n) => ({ ...event, id: `sent-0.${n}` }));
    const sent = await fetch(`${product.url}/v1/events`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'user-agent': 'Mozilla/5.0 Chrome/156.0.0.0', 'content-type': 'text/plain' },
      body: JSON.stringify({ v: 1, store: store.id, visitor: 'sent', sent: now, events }),
    });
    expect(await sent.json()).toMatchObject({ accepted: events.length, rejected: [] });
    await show('/set-up');
    await page.waitForSelector('[data-test="arrival"]');
    const words = await page.locator('[data-test="arrival"]').allTextContents();
    expect(words.join('\n')).toContain(`paid ${payload} sent`);
    expect(words.join('\n')).toContain(asPath(payload));
    await expectTextOnly();
  });
});
