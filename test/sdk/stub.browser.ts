// The stub: what a page says before the script has come is counted, also when the visitor leaves before it comes.
import { expect, it } from 'vitest';
import { STUB_IN_MEMORY } from '../../sdk/stub.ts';
import { STUB } from './shop.ts';
import { calm, ORDER, stage } from './stage.ts';

const on = stage();
const say = (...calls: unknown[][]) =>
  `${STUB}<script>${calls.map((args) => `tundish(...${JSON.stringify(args)})`).join(';')}</script>`;
const stored = () =>
  on.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tundish+'))");
const order = () => on.collector.events.find(({ type }) => type === 'order');

it('counts the order of who leaves before the script loads, on return, once and with its time', async () => {
  on.shop.pages['/thanks'] = say(['order', ORDER], ['inquiry', { via: 'chat' }]);
  const before = Date.now();
  await on.page.goto(`${on.shop.url}/thanks`);
  const after = Date.now();
  expect(await stored()).toHaveLength(2);
  await calm(1000);
  await on.page.goto(`${on.shop.url}/b`);
  await on.collector.until((events) => events.length === 3);
  expect(await stored()).toEqual([]);
  expect(order()).toMatchObject({ ...ORDER, id: 'order:A-1' });
  expect(order()?.at).toBeGreaterThanOrEqual(before);
  expect(order()?.at).toBeLessThanOrEqual(after);
  expect(new Set(on.collector.events.map(({ visit }) => visit)).size).toBe(1);
  await on.page.reload();
  await on.collector.until((events) => events.length === 4, 600);
  expect(on.collector.types().filter((type) => type === 'order')).toHaveLength(1);
});

it('gives the order of a later return to the visit that it was made in', async () => {
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
  on.shop.pages['/thanks'] = say(['order', ORDER]);
  await on.page.goto(`${on.shop.url}/thanks`);
  // Everything so far was two hours ago.
  await on.page.evaluate(`
    const ago = 2 * 3600_000;
    for (const key of Object.keys(localStorage)) if (key.startsWith('tundish+')) {
      localStorage['tundish+' + (key.slice(8) - ago)] = localStorage[key];
      delete localStorage[key];
    }
    localStorage.tundish = localStorage.tundish.replace(/ (\\d{13})$/, (_, at) => ' ' + (at - ago));
  `);
  await on.page.goto(`${on.shop.url}/b`, { referer: 'https://news.example/' });
  await on.collector.until((events) => events.length === 3);
  const [first, second] = on.collector.events.filter(({ type }) => type === 'visit');
  expect(order()?.visit).toBe(first?.visit);
  expect(second?.visit).not.toBe(first?.visit);
  expect(second).toMatchObject({ referrer: 'https://news.example/' });
});

it('keeps the sequence of calls of one moment', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `step ${index}`);
  on.shop.pages['/'] = `${say(...names.map((name) => ['custom', { name }]))}{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 13);
  const steps = on.collector.events
    .filter(({ type }) => type === 'custom')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  expect(steps.map((event) => ('name' in event ? event.name : ''))).toEqual(names);
});

it('keeps the calls of two tabs apart, and of pages in a row', async () => {
  on.shop.pages['/bare'] = say(['custom', { name: 'x' }]);
  // Not in the same millisecond: the README says what happens then.
  const later = (n: number) => new Promise((resolve) => setTimeout(resolve, n * 100));
  const open = async (n: number) => {
    const page = await on.context.newPage();
    await later(n);
    await page.goto(`${on.shop.url}/bare`);
  };
  await Promise.all([0, 1, 2].map(open));
  await on.page.goto(`${on.shop.url}/bare`);
  expect(await stored()).toHaveLength(4);
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 5);
});

it('hands over what is denied storage from memory', async () => {
  on.shop.pages['/'] =
    `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })</script>
    ${say(['order', ORDER])}{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 2);
});

it.each([
  ['globalPrivacyControl', true],
  ['doNotTrack', '1'],
] as const)('stores nothing of who says %s', async (property, value) => {
  await on.says(property, value);
  on.shop.pages['/bare'] = say(['order', ORDER]);
  await on.page.goto(`${on.shop.url}/bare`);
  expect(await on.page.evaluate('localStorage.length')).toBe(0);
  on.shop.pages['/'] = `${say(['order', ORDER])}{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 2);
  expect(await on.page.evaluate('localStorage.length')).toBe(0);
});

it('hears calls of a page that kept the stub for itself', async () => {
  on.shop.pages['/'] = `${STUB}<script>const mine = tundish</script>{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
  await on.page.evaluate("mine('cart')");
  await on.collector.until((events) => events.length === 2);
});

it('stores nothing in its kind for consent', async () => {
  on.shop.attributes = 'data-consent="required"';
  on.shop.pages['/bare'] = `<script>${STUB_IN_MEMORY};tundish('order', ${JSON.stringify(ORDER)})</script>`;
  on.shop.pages['/'] = `${on.shop.pages['/bare']}{tag}`;
  await on.page.goto(`${on.shop.url}/bare`);
  expect(await on.page.evaluate('localStorage.length')).toBe(0);
  await on.page.goto(on.shop.url);
  await calm(700);
  expect(await on.page.evaluate('localStorage.length')).toBe(0);
  await on.page.evaluate("tundish('consent', 'granted')");
  await on.collector.until((events) => events.length === 2);
});

it('forgets what it kept when the visitor has opted out', async () => {
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate("tundish('optout')");
  on.shop.pages['/'] = `${say(['order', ORDER])}{tag}`;
  await on.page.reload();
  await calm(700);
  expect(await on.page.evaluate('Object.keys(localStorage)')).toEqual(['tundish.c']);
  expect(order()).toBeUndefined();
});
