// A shop that speaks GA4, in a real browser with the real tag: what it pushes arrives as Tundish's events.
import { expect, it } from 'vitest';
import { ORDER, stage } from '../stage.ts';
import { told } from './shop.ts';

const on = stage();
const TAGS = '{tag}{t.ga4.js}';

const LAYER = '<script>window.dataLayer = window.dataLayer || [];</script>';
/** gtag as Google's snippet defines it. */
const GTAG = `${LAYER}<script>function gtag() { dataLayer.push(arguments) }</script>`;

const ITEMS = "[{ item_id: 'P-1', item_name: 'Mug', price: 12.5, quantity: 2, item_brand: 'Mia' }]";
const SALE = `transaction_id: 'A-1', value: 49.99, currency: 'USD', tax: 3, coupon: 'MIA', items: ${ITEMS}`;
const BOUGHT = {
  type: 'order',
  ...ORDER,
  items: [{ item_id: 'P-1', item_name: 'Mug', price: 12.5, quantity: 2 }],
};

/** Loads the page with the pushes made before the script came, then makes those that come after it. */
async function visit(before: string, after = '', tags = TAGS): Promise<void> {
  on.shop.pages['/'] = `${GTAG}<script>${before}</script>${tags}`;
  await on.page.goto(on.shop.url);
  await on.page.evaluate(`${after}; undefined`);
}

/** Exactly these, in whatever sequence: what happens in one moment may travel in any. */
async function expectTold(expected: object[]): Promise<void> {
  await on.collector.until(() => told(on).length >= expected.length);
  expect(told(on)).toHaveLength(expected.length);
  for (const each of expected) expect(told(on)).toContainEqual(each);
}

it('hears the way to an order by gtag, from before the script came', async () => {
  await visit(
    `gtag('js', new Date()); gtag('config', 'G-1');
     gtag('event', 'view_item', { value: 25, currency: 'USD', items: ${ITEMS} });
     gtag('event', 'add_to_cart', { value: '25', items: ${ITEMS} });
     gtag('event', 'begin_checkout', { value: 25, currency: 'USD', items: ${ITEMS} });
     gtag('event', 'purchase', { ${SALE} });`,
  );
  await expectTold([
    ...['product', 'cart', 'checkout'].map((type) => ({ type, item: 'P-1', value: 25, currency: 'USD' })),
    BOUGHT,
  ]);
});

it('hears Tag Manager’s shape, a refund and a lead, from after it', async () => {
  await visit(
    `dataLayer.push({ 'gtm.start': 1, event: 'gtm.js' }, { ecommerce: null });`,
    `dataLayer.push({ event: 'add_to_cart', ecommerce: { value: 25, currency: 'USD', items: ${ITEMS} } });
     dataLayer.push({ event: 'purchase', ecommerce: { ${SALE} } });
     dataLayer.push({ event: 'refund', ecommerce: { transaction_id: 'A-1', value: 5, currency: 'USD' } });
     dataLayer.push({ event: 'generate_lead' });`,
  );
  await expectTold([
    { type: 'cart', item: 'P-1', value: 25, currency: 'USD' },
    BOUGHT,
    { type: 'refund', order: 'A-1', value: 5, currency: 'USD' },
    { type: 'inquiry', via: 'form' },
  ]);
});

it('tells an order, and a payment where the tag says that a purchase is paid', async () => {
  await visit(
    `gtag('event', 'purchase', { ${SALE} })`,
    '',
    TAGS.replace('{tag}', '{tag}<script data-ga4-paid></script>'),
  );
  await expectTold([BOUGHT, { type: 'payment', ...ORDER }]);
});

it('has one order of a purchase that the shop reports itself, before or after', async () => {
  const own = (order: string) => `tundish('order', ${JSON.stringify({ ...ORDER, order })});`;
  const pushed = (order: string) => `gtag('event', 'purchase', { ${SALE.replace('A-1', order)} });`;
  await visit('', own('A-1') + pushed('A-1') + pushed('A-2') + own('A-2'));
  await on.collector.until(() => told(on).length > 1);
  const orders = on.collector.events.filter(({ type }) => type === 'order');
  expect(orders.map(({ id }) => id).sort()).toEqual(['order:A-1', 'order:A-2']);
});

it('has one order of a thank-you page that is loaded again', async () => {
  await visit(`gtag('event', 'purchase', { ${SALE} })`);
  await on.collector.until(() => told(on).length === 1);
  await on.page.reload();
  await on.collector.until((all) => all.filter(({ type }) => type === 'visit').length === 2);
  expect(told(on)).toEqual([BOUGHT]);
});

it('hears a layer that comes late, and whose push is replaced and wrapped', async () => {
  on.shop.pages['/'] = TAGS;
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`
    window.dataLayer = [{ event: 'add_to_cart', ecommerce: { value: 1, currency: 'USD' } }]; undefined`);
  await on.page.waitForFunction('Object.hasOwn(dataLayer, "push")');
  // As Tag Manager does it: the array's own push, then what it makes of the entry, and an answer of its own.
  const answers = await on.page.evaluate(`{
    const { push } = dataLayer;
    dataLayer.push = function (...entries) { push.apply(this, entries); return 'true'; };
    const answers = [dataLayer.push({ event: 'add_to_cart', ecommerce: { value: 2 } })];
    dataLayer.push = (entry) => Array.prototype.push.call(dataLayer, entry);
    answers.push(dataLayer.push({ event: 'add_to_cart', ecommerce: { value: 3 } }));
    answers;
  }`);
  expect(answers).toEqual(['true', 3]);
  await expectTold([1, 2, 3].map((value) => ({ type: 'cart', value, currency: 'USD' })));
});

it('tells what is pushed right before the page is left', async () => {
  on.shop.pages['/next'] = '{tag}';
  await visit('', `gtag('event', 'add_to_cart', { value: 1, currency: 'USD' }); location.href = '/next'`);
  await on.page.waitForURL('**/next');
  await expectTold([{ type: 'cart', value: 1, currency: 'USD' }]);
});

it('lets nothing personal out', async () => {
  const person = `{
    email: 'mia@secret.example', email_address: ['mia@secret.example'], phone_number: '+49 SECRET 1',
    address: { first_name: 'Secret', last_name: 'Secret', street: 'Secret 1' }, name: 'Mia Secret' }`;
  const mixed = `${SALE}, ...${person}, user_data: ${person}, customer: ${person}, affiliation: 'Secret',
    payment_type: 'Secret', shipping_address: ${person}, user_id: 'secret-1'`;
  const item = `{ item_id: ${person}, item_name: ${person}, price: ${person}, quantity: 'secret', ...${person} }`;
  await visit(
    `gtag('set', 'user_data', ${person}); gtag('config', 'G-1', { user_id: 'secret-1', ...${person} });
     gtag('event', 'purchase', { ${mixed} });`,
    `dataLayer.push({ event: 'purchase', ecommerce: { ${mixed}, transaction_id: 'A-2' }, user_data: ${person} });
     dataLayer.push({ event: 'refund', transaction_id: ${person}, value: 'secret', currency: 'secret' });
     dataLayer.push({ event: 'add_to_cart', ecommerce: { value: ${person}, items: [${item}] } });
     gtag('event', 'generate_lead', ${person}); gtag('event', 'sign_up', ${person});
     gtag('event', 'share', { ...${person}, item_id: ${person} });`,
  );
  await on.collector.until(() => told(on).length === 6);
  const wire = JSON.stringify(on.collector.requests.map(({ batch }) => batch));
  expect(wire).toContain('A-2');
  expect(wire).not.toMatch(/secret|mia|@/i);
});

it('works under a strict policy, with no script but from files', async () => {
  on.shop.headers = {
    'content-security-policy': `default-src 'none'; script-src 'self' ${on.collector.url}; connect-src ${on.collector.url}`,
  };
  await on.context.route('**/shop.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `window.dataLayer = [{ event: 'purchase', ecommerce: { ${SALE} } }];`,
    }),
  );
  on.shop.pages['/'] = `<script src="/shop.js"></script>${TAGS}`;
  await on.page.goto(on.shop.url);
  await expectTold([BOUGHT]);
});
