// Who gets in, by browser: a member by a link and then a password, a guest by a share link, and how that ends.
import { request } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../browser/chromium.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { expectAccessible, hook } from './owner.ts';
import { cookiesBy, createStore, openProduct, signInLink } from './product.ts';

const PASSWORD = 'four words or more will do';

let product: SharedProduct;
let browser: Browser;
let owner: Page;
let store = '';
const contexts: BrowserContext[] = [];
const complaints: string[] = [];

async function visitor(link = product.url): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US' });
  contexts.push(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(link);
  return page;
}
interface Init {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
const codeOf = (page: Page, path: string, init: Init = {}) =>
  page.evaluate(async ([path, init]) => (await fetch(path, init)).status, [path, init] as const);
const views = (page: Page) => page.$$eval('nav.sections a', (links) => links.map((link) => link.textContent));

beforeAll(async () => {
  [browser, product] = await Promise.all([openEngine(), openProduct()]);
  ({ id: store } = await createStore(product, 'https://shop.example'));
  const event = { id: 'w.1', type: 'visit', visit: 'w', at: Date.now(), url: 'https://shop.example/' };
  await fetch(`${product.url}/v1/events`, {
    method: 'POST',
    headers: {
      ...{ origin: 'https://shop.example', 'content-type': 'text/plain' },
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
    },
    body: JSON.stringify({ v: 1, store, visitor: 'ann', sent: Date.now(), events: [event] }),
  });
  owner = await visitor(await signInLink(product));
  await owner.waitForSelector(hook('go-settings'));
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
});

/** Fills in the form; the link that is shown once. */
async function invite(email: string, role: string): Promise<string> {
  await owner.goto(`${product.url}/settings?store=${store}`);
  await owner.fill(hook('member-email'), email);
  await owner.check(hook(`member-role-${role}`));
  await owner.click(hook('member-add'));
  await owner.waitForSelector(hook('member-made'));
  return (await owner.textContent(hook('member-made'))) ?? '';
}

describe('a viewer', () => {
  let viewer: Page;

  test('comes by the link that an owner hands over, and sees what a viewer may', async () => {
    viewer = await visitor(await invite('lin@shop.example', 'viewer'));
    await viewer.waitForSelector(hook('go-people'));
    expect(await views(viewer)).toEqual([
      'Overview',
      'Channels',
      'Pages',
      'People',
      'Live',
      'Funnels',
      'Settings',
    ]);
    await viewer.click(hook('go-settings'));
    await viewer.waitForSelector(hook('section-account'));
    expect(
      await viewer.$$(`${hook('section-members')}, ${hook('section-shares')}, ${hook('section-tokens')}`),
    ).toEqual([]);
    expect(await viewer.$$(`#store option[value="+"]`)).toEqual([]);
    const rename = {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Mine"}',
    };
    expect(await codeOf(viewer, `/v1/stores/${store}`, rename)).toBe(403);
    expect(await codeOf(viewer, `/v1/tokens?store=${store}`)).toBe(403);
    await viewer.goto(`${product.url}/set-up`);
    await viewer.waitForSelector(hook('trouble'));
    expect(await viewer.textContent(hook('trouble'))).toContain('Your role');
  });

  test('sets a password, ends the other sessions, and comes back by it', async () => {
    await viewer.goto(`${product.url}/settings`);
    await viewer.fill(hook('password-new'), PASSWORD);
    await viewer.click(hook('password-save'));
    await viewer.waitForFunction(() => document.body.textContent?.includes('The password holds'));
    const again = await visitor();
    await again.fill(hook('sign-in-email'), 'Lin@shop.example');
    await again.fill(hook('sign-in-password'), 'a wrong password');
    await again.click(hook('sign-in-enter'));
    await again.waitForSelector(hook('trouble'));
    expect(await again.textContent(hook('trouble'))).toContain('password is wrong');
    await expectAccessible(again);
    await again.fill(hook('sign-in-password'), PASSWORD);
    await again.click(hook('sign-in-enter'));
    await again.waitForSelector(hook('go-people'));
    await viewer.reload();
    await viewer.waitForSelector(hook('session-end'));
    await viewer.click(hook('session-end'));
    await viewer.waitForFunction(() => document.querySelectorAll('[data-test="session"]').length === 1);
    expect(await codeOf(again, '/v1/session')).toBe(401);
    expect(await codeOf(viewer, '/v1/session')).toBe(200);
  });

  test('becomes an editor, and then nobody, from one request to the next', async () => {
    await owner.goto(`${product.url}/settings?store=${store}`);
    const row = owner.locator(hook('member'), { hasText: 'lin@shop.example' });
    await row.locator(hook('member-role')).selectOption('editor');
    await owner.waitForFunction(() => document.body.textContent?.includes('lin@shop.example: Editor'));
    await viewer.goto(product.url);
    await viewer.waitForSelector(hook('go-set-up'));
    await expectAccessible(owner);
    await row.locator(hook('member-remove')).click();
    await owner.click(hook('member-remove-sure'));
    await owner.waitForFunction(() =>
      document.body.textContent?.includes('does not see this store any more'),
    );
    expect(await codeOf(viewer, '/v1/session')).toBe(401);
  });
});

test('a guest looks at the figures by a share link until it is revoked, and is told so', async () => {
  await owner.goto(`${product.url}/settings?store=${store}`);
  await owner.fill(hook('share-name'), 'Agency');
  await owner.click(hook('share-make'));
  await owner.waitForSelector(hook('share-made'));
  const link = (await owner.textContent(hook('share-made'))) ?? '';
  const guest = await visitor(link);
  await guest.waitForSelector(hook('shared-view'));
  expect(new URL(guest.url()).pathname).toBe('/');
  expect(await views(guest)).toEqual(['Overview', 'Channels', 'Pages', 'Funnels']);
  expect(await guest.evaluate(() => document.cookie)).toBe('');
  expect(await codeOf(guest, `/v1/orders?store=${store}&from=2026-01-01&to=2026-01-02`)).toBe(403);
  await guest.goto(`${product.url}/people`);
  await guest.waitForSelector(hook('trouble'));
  expect(await guest.textContent(hook('trouble'))).toContain('figures only');
  await guest.goto(link);
  await guest.waitForSelector(hook('refresh'));
  await owner.click(hook('share-revoke'));
  await owner.click(hook('share-revoke-sure'));
  await owner.waitForFunction(() => document.body.textContent?.includes('Agency opens nothing any more'));
  await guest.click(hook('refresh'));
  await guest.waitForSelector(hook('sign-in-error'));
  expect(await guest.textContent(hook('sign-in-error'))).toContain(
    'This share link has ended or was revoked',
  );
  const late = await visitor(link);
  await late.waitForSelector(hook('sign-in-error'));
  expect(await late.textContent(hook('sign-in-error'))).toContain('This share link has ended or was revoked');
});

test('how long a refusal takes does not tell whether there is such a person', async () => {
  const { url } = product;
  const took = async (email: string) => {
    const began = performance.now();
    const response = await fetch(`${url}/auth/sign-in`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'a wrong password' }),
    });
    expect(response.status).toBe(401);
    return performance.now() - began;
  };
  const cookie = await cookiesBy(await signInLink(product, 'kim@shop.example'));
  const headers = { origin: url, 'content-type': 'application/json', cookie };
  const body = JSON.stringify({ password: PASSWORD });
  expect((await fetch(`${url}/v1/password`, { method: 'POST', headers, body })).status).toBe(204);
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let n = 0; n < 4; n++) {
    known.push(await took('kim@shop.example'));
    unknown.push(await took('nobody@shop.example'));
  }
  // The quickest of each is the least disturbed. Nearly all of it is the hash, which takes tens of milliseconds: without
  // it one would be several times as quick as the other.
  const [least, most] = [Math.min(...known), Math.min(...unknown)].sort((a, b) => a - b) as [number, number];
  expect(least).toBeGreaterThan(15);
  expect(most / least).toBeLessThan(4);
});

test('a path that climbs out of the files finds nothing of the machine', async () => {
  const get = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      // Not fetch, which would tidy the path up.
      request({ host: 'localhost', port: new URL(product.url).port, path }, (response) => {
        let body = '';
        response.on('data', (text) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  for (const path of [
    '/assets/../../../wrangler.toml',
    '/assets/..%2f..%2f..%2fwrangler.toml',
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/%2e%2e%5c%2e%2e%5cpackage.json',
    '//etc/passwd',
    '/assets/....//....//package.json',
    '/_headers',
  ]) {
    const { body } = await get(path);
    expect([path, /compatibility_date|"devDependencies"|root:x:|frame-ancestors/.test(body)]).toEqual([
      path,
      false,
    ]);
  }
});

test('the page itself can be framed by nobody, and nothing was complained about', async () => {
  const { headers } = await fetch(product.url);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('permissions-policy')).toContain('camera=()');
  expect(complaints).toEqual([]);
});
