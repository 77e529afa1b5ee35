// The settings as an owner uses them: saved and said, kept while others change them, tried before they count.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../worker/api/schemas.ts';
import type { RulesTried } from '../../worker/metrics/channel-rules.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { demoOf, expectAccessible, fromPage, hook, readersOf, signedIn } from './owner.ts';
import { bring, createStore, openProduct, operate } from './product.ts';

const HOUR = 3_600_000;

let product: SharedProduct;
let demo: string;

beforeAll(async () => {
  product = await openProduct();
  demo = await demoOf(product);
});

const open = async (page: Page, store: string, section = 'general') => {
  await page.goto(`${product.url}/settings?store=${store}#${section}`);
  await page.waitForSelector(hook(`section-${section}`));
};
const stored = (page: Page, store: string) => fromPage<Store>(page, `/v1/stores/${store}`);
const said = (page: Page, form: string, text: string) =>
  page.waitForSelector(`${hook(`settings-${form}-said`)}:has-text("${text}")`);

describe('a form', () => {
  test('keeps what is typed while the store changes under it, and saves it', async () => {
    const { id } = await createStore(product, 'https://one.example');
    const { page } = await signedIn(product);
    await open(page, id);
    await page.fill(hook('settings-name'), 'Typed <b>here</b>');
    // Nothing has arrived in this store, so that the page asks for it every 2 s.
    await operate(product, 'PATCH', `/v1/stores/${id}`, { origins: ['https://two.example'] });
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#settings-origins')?.value === 'https://two.example',
    );
    expect(await page.inputValue(hook('settings-name'))).toBe('Typed <b>here</b>');
    await page.click(hook('settings-store-save'));
    await said(page, 'store', 'Saved.');
    expect(await stored(page, id)).toMatchObject({
      name: 'Typed <b>here</b>',
      origins: ['https://two.example'],
      recounting: false,
    });
    expect(await page.textContent('h1')).toBe('Settings of Typed <b>here</b>');
  });

  test('names what is wrong at its field, and saves nothing of it', async () => {
    const { id } = await createStore(product, 'https://one.example');
    const { page } = await signedIn(product);
    await open(page, id);
    const before = await stored(page, id);
    await page.fill(hook('settings-origins'), 'https://shop.example\nnonsense');
    await page.click(hook('settings-store-save'));
    expect(await page.textContent('#settings-origins-bad')).toBe('“nonsense” is not a web address.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('settings-origins');
    // What only the server finds: it refuses 21 addresses.
    const many = Array.from({ length: 21 }, (_, n) => `https://shop${n}.example`);
    await page.fill(hook('settings-origins'), many.join('\n'));
    await page.click(hook('settings-store-save'));
    await page.waitForSelector('#settings-origins-bad:has-text("At most 20 origins.")');
    expect(await stored(page, id)).toEqual(before);
    await page.click(hook('settings-store-forget'));
    expect(await page.inputValue(hook('settings-origins'))).toBe('https://one.example');
  });

  test('says that everything is counted anew where it is, and not where it is not', async () => {
    const { id } = await createStore(product, 'https://one.example');
    const { page } = await signedIn(product);
    await open(page, id, 'counting');
    await page.click(hook('settings-rate-add'));
    await page.selectOption(hook('settings-rate-currency'), 'EUR');
    await page.fill(hook('settings-rate-value'), '1.08');
    await page.click(hook('settings-counting-save'));
    await said(page, 'counting', 'Saved.');
    expect(await stored(page, id)).toMatchObject({ exchange_rates: { EUR: 1.08 }, recounting: false });
    expect(await page.textContent(hook('recounting'))).toBe('');
    await page.fill(hook('settings-pages'), '3');
    await page.fill(hook('settings-seconds'), '12.5');
    await page.check(hook('settings-confirm-payments'));
    await page.click(hook('settings-counting-save'));
    await said(page, 'counting', 'Saved. Everything is being counted anew');
    await page.waitForSelector(`${hook('recounting')}:has-text("counted anew")`);
    expect(await stored(page, id)).toMatchObject({
      ...{ min_pages: 3, min_engaged: 12_500, confirm: 'payments', recounting: true },
      exchange_rates: { EUR: 1.08 },
    });
  });
});

test('channel rules are made, ordered, tried and saved by keyboard alone, and the trial tells the endpoint’s digits', async () => {
  const { id } = await createStore(product, 'https://one.example');
  const visits = Array.from({ length: 150 }, (_, n) => ({
    ...{ type: 'visit', visitor: `v${n}`, at: Date.now() - n * HOUR },
    url: `https://one.example/?utm_source=${['baidu', 'bing', 'letter'][n % 3]}&utm_medium=email`,
  }));
  await bring(product, id, visits);
  const { page, errors } = await signedIn(product);
  await open(page, id, 'channel-rules');
  const sources = () =>
    page.locator(hook('rule-source')).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  await page.focus(hook('rule-add'));
  await page.keyboard.press('Enter');
  await page.keyboard.type('bai*');
  await page.focus(hook('rule-add'));
  await page.keyboard.press('Enter');
  // A rule for everything is none.
  await page.focus(hook('rules-try'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('#rule-1-bad:has-text("Fill in a source")');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-test'))).toBe('rule-source');
  await page.keyboard.type('*');
  await page.keyboard.press('Alt+ArrowUp');
  expect(await sources()).toEqual(['*', 'bai*']);
  await page.locator(hook('rule-down')).first().focus();
  await page.keyboard.press('Enter');
  expect(await sources()).toEqual(['bai*', '*']);
  // At the end there is no way down: the focus stays in the rule.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-test'))).toBe('rule-up');

  await page.focus(hook('rules-try'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(hook('rules-moves'));
  const rules = ['bai*', '*'].map((source) => ({ channel: 'affiliate', source }));
  const answer = await fromPage<RulesTried>(page, `/v1/stores/${id}/channel-rules/dry-run`, {
    channel_rules: rules,
  });
  expect(answer.moved).toBeGreaterThan(100);
  const moves = await page
    .locator(hook('rules-move'))
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.getAttribute('data-way'),
        Number(row.querySelector('[data-value]')?.getAttribute('data-value')),
      ]),
    );
  expect(moves).toEqual(answer.moves.map(({ from, to, visits }) => [`${from} ${to}`, visits]));
  const count = new Intl.NumberFormat('en-US');
  expect(await page.textContent(hook('rules-tried'))).toContain(`${count.format(answer.moved)} would have`);
  expect(await page.locator(hook('rule-tried')).allTextContents()).toEqual(
    answer.rules.map(({ takes, moved }) =>
      expect.stringContaining(
        `Takes ${count.format(takes)} visits of the last 30 days; ${count.format(moved)}`,
      ),
    ),
  );
  expect((await stored(page, id)).channel_rules).toEqual([]);

  await page.locator(hook('rule-remove')).nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.rules-tried.is-stale');
  await page.focus(hook('settings-rules-save'));
  await page.keyboard.press('Enter');
  await said(page, 'rules', 'counted anew');
  expect(await stored(page, id)).toMatchObject({ channel_rules: rules.slice(0, 1), recounting: true });
  expect(errors).toEqual([]);
});

test('a secret is shown once, Stripe’s is taken, and one is revoked after a question', async () => {
  const { id } = await createStore(product, 'https://one.example');
  const { page } = await signedIn(product);
  await open(page, id, 'secrets');
  await page.fill(hook('secret-name'), 'Shop');
  await page.click(hook('secret-create'));
  const secret = (await page.textContent(hook('secret-secret'))) ?? '';
  expect(secret).toMatch(/^tundish_sign_/);
  await page.click(hook('secret-done'));
  expect(await page.textContent(hook('section-secrets'))).not.toContain(secret);
  await page.selectOption(hook('secret-kind'), 'stripe');
  await page.fill(hook('secret-name'), 'Stripe');
  await page.fill(hook('secret-stripe'), 'whsec_0123456789abcdef');
  await page.click(hook('secret-create'));
  await page.waitForSelector(`${hook('secret')}:has-text("ends in cdef")`);
  await page.locator(hook('secret-revoke')).first().click();
  // The focus is on the answer that changes nothing.
  await page.keyboard.press('Enter');
  expect(await page.locator(hook('secret')).count()).toBe(2);
  await page.locator(hook('secret-revoke')).first().click();
  await page.click(hook('secret-revoke-sure'));
  await page.waitForFunction(() => document.querySelectorAll('[data-test="secret"]').length === 1);
  const { secrets } = await fromPage<{ secrets: { name: string }[] }>(page, `/v1/secrets?store=${id}`);
  expect(secrets.map(({ name }) => name)).toEqual(['Stripe']);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('secrets-title');
});

describe('every reader', () => {
  test.each(readersOf('settings'))(
    'in %s, %s, %d px wide: no violation, no error, nothing sticks out',
    async (locale, colorScheme, width) => {
      const { page, errors } = await signedIn(product, {
        locale,
        colorScheme,
        viewport: { width, height: 900 },
      });
      await open(page, demo, 'channel-rules');
      await page.click(hook('rule-add'));
      await page.click(hook('settings-rules-save'));
      await page.locator(hook('rule-source')).last().fill('a*');
      await page.click(hook('rules-try'));
      await page.waitForSelector(hook('rules-tried'));
      await page.click(hook('settings-rate-add'));
      // Each section is reached from the list, also where it stands above them all.
      await page.click(hook('to-secrets'));
      expect(page.url()).toContain('#secrets');
      // What the header covers while the page is scrolled is not to be measured.
      await page.evaluate(() => scrollTo(0, 0));
      await expectAccessible(page);
      expect(errors).toEqual([]);
    },
  );
});
