// Delivery under faults, in a real browser: what was tracked arrives, and counts once.
import { expect, it } from 'vitest';
import { some } from '../effort.ts';
import { STUB } from './shop.ts';
import { call, calm, ORDER, stage } from './stage.ts';

const on = stage();
const THANKS = `${STUB}<script>tundish('order', ${JSON.stringify(ORDER)})</script>{tag}`;
const delivered = (type: string) => on.collector.types().filter((each) => each === type).length;
const waiting = () => on.page.evaluate('Object.keys(localStorage).filter((key) => /^tundish:/.test(key))');

it('sends the calls made before the script has come, at their time, with the view', async () => {
  on.shop.pages['/'] = THANKS;
  await on.page.goto(on.shop.url);
  const events = await on.collector.until((all) => all.length === 2);
  expect(on.collector.requests).toHaveLength(1);
  const [order, visit] = events.sort((a, b) => a.at - b.at || (a.type === 'order' ? -1 : 1));
  expect(visit?.type).toBe('visit');
  expect(order).toMatchObject({ ...ORDER, id: 'order:A-1', type: 'order', visit: visit?.visit });
});

it('delivers after a 503, keeping the pause that was asked for', async () => {
  on.collector.fault = { status: 503, headers: { 'retry-after': '6' } };
  on.shop.pages['/'] = THANKS;
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  const refusedAt = Date.now();
  expect(await waiting()).toHaveLength(2);
  on.collector.fault = undefined;
  await on.collector.until((events) => events.length === 2);
  expect((on.collector.requests[0]?.at ?? 0) - refusedAt).toBeGreaterThan(5900);
  expect(on.collector.refused).toBe(1);
  expect(await waiting()).toEqual([]);
});

it.each(some([429], [408, 429, 500]))('keeps the events over a %d', async (status) => {
  on.collector.fault = { status };
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  await calm();
  expect(await waiting()).toHaveLength(1);
  on.collector.fault = undefined;
  await on.page.reload();
  await on.collector.until((events) => events.length === 2);
});

it.each(some([400], [400, 403, 404]))('drops the events over a %d, and goes on', async (status) => {
  on.collector.fault = { status };
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  await calm();
  expect(await waiting()).toEqual([]);
  on.collector.fault = undefined;
  await call(on.page, 'cart');
  await on.collector.until((events) => events.length === 1);
  expect(on.collector.types()).toEqual(['cart']);
});

it('takes a foreign 200 for no acknowledgement', async () => {
  on.collector.fault = { status: 200, body: '<h1>Welcome to our hotel</h1>' };
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  await calm();
  expect(await waiting()).toHaveLength(1);
});

it('delivers after dropped connections, without a reload', async () => {
  on.collector.fault = 'drop';
  on.shop.pages['/'] = THANKS;
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  on.collector.fault = undefined;
  await on.collector.until((events) => events.length === 2);
});

it('counts an order once, however often its page is loaded and in however many tabs', async () => {
  on.shop.pages['/thanks'] = THANKS;
  await on.page.goto(`${on.shop.url}/thanks`);
  await on.collector.until(() => delivered('order') === 1);
  await on.page.reload();
  await call(on.page, 'order', { ...ORDER, value: 50 });
  const other = await on.context.newPage();
  await other.goto(`${on.shop.url}/thanks`);
  await on.collector.until(() => delivered('visit') === 3, 1000);
  expect(on.collector.events.filter(({ type }) => type === 'order')).toMatchObject([
    { ...ORDER, id: 'order:A-1' },
  ]);
});

it('sends each of several refunds, and an order and its payment apart', async () => {
  await on.page.goto(on.shop.url);
  for (const type of ['order', 'payment', 'refund', 'refund']) await call(on.page, type, ORDER);
  const events = await on.collector.until((all) => all.length === 5);
  const ids = events.filter(({ type }) => type !== 'visit').map(({ type, id }) => [type, id]);
  expect(ids).toContainEqual(['order', 'order:A-1']);
  expect(ids).toContainEqual(['payment', 'payment:A-1']);
  for (const [type, id] of ids)
    if (type === 'refund') expect(id).toMatch(/^[0-9a-v]{10,17}\.[0-9a-v]{10,17}$/);
});

it.each(some(['A"1'], ['A-1', 'A"1', 'A\\1', '\n  A-1\n']))(
  'lets a refused order be mended: %j',
  async (order) => {
    on.collector.reject = (event) =>
      'currency' in event && event.currency === '$' ? 'invalid_currency' : undefined;
    await on.page.goto(on.shop.url);
    await call(on.page, 'order', { ...ORDER, order, currency: '$' });
    while (on.collector.requests.length < 2) await calm(20);
    await calm();
    expect(await waiting()).toEqual([]);
    await call(on.page, 'order', { ...ORDER, order });
    await on.collector.until(() => delivered('order') === 1);
    expect(on.collector.events.map(({ id }) => id)).toContain(`order:${order}`);
  },
);

it('sends an order without a number under an id of its own, to be told the reason', async () => {
  await on.page.goto(on.shop.url);
  await call(on.page, 'order', { value: 1, currency: 'USD' });
  await call(on.page, 'order', { order: '', value: 1, currency: 'USD' });
  const events = await on.collector.until((all) => all.length === 3);
  for (const { id } of events) expect(id).toMatch(/^[0-9a-v]{10,17}\.[0-9a-v]{10,17}$/);
});

it('halves what is too much, down to one, and goes on', async () => {
  on.collector.most = 3;
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`for (let i = 0; i < 12; i++) tundish('product', { item: 'p' + i })`);
  await on.collector.until((events) => events.length === 13);
});

it('sends an event apart that is larger than a batch', async () => {
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  const items = Array.from({ length: 100 }, () => ({ item_name: '商品'.repeat(150) }));
  await call(on.page, 'order', { ...ORDER, items });
  await on.page.evaluate(`tundish('custom', { name: 'x'.repeat(70_000) }); tundish('cart')`);
  await on.collector.until((events) => events.length === 4);
  await calm();
  expect(on.collector.types().sort()).toEqual(['cart', 'custom', 'order', 'visit']);
  expect(await waiting()).toEqual([]);
});

it('drops the one event that is refused as too large, and delivers the others', async () => {
  on.collector.bytes = 50_000;
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`tundish('custom', { name: 'x'.repeat(70_000) }); tundish('cart')`);
  await on.collector.until((events) => events.length === 2);
  expect(on.collector.types().sort()).toEqual(['cart', 'visit']);
  // Too large for keepalive, it goes without at the second try, and is refused then.
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
});

it('sends a backlog in requests within the limits, sales first', async () => {
  on.collector.fault = { status: 503 };
  await on.page.goto(on.shop.url);
  while (!on.collector.refused) await calm(20);
  await on.page.evaluate(`
    tundish('order', ${JSON.stringify(ORDER)});
    for (let i = 0; i < 150; i++) tundish('product', { item: '商品'.repeat(300) });
  `);
  on.collector.fault = undefined;
  await on.page.reload();
  await on.collector.until((events) => events.length === 153);
  expect(on.collector.events[0]?.type).toBe('order');
  for (const { batch, bytes } of on.collector.requests) {
    expect(batch.events.length).toBeLessThanOrEqual(50);
    expect(bytes).toBeLessThanOrEqual(60_000);
  }
});

it('keeps at most 1,000 events, and orders before others', async () => {
  on.collector.fault = { status: 503, headers: { 'retry-after': '60' } };
  await on.page.goto(on.shop.url);
  await call(on.page, 'order', ORDER);
  while (!on.collector.refused) await calm(20);
  await on.page.evaluate(`for (let i = 0; i < 1010; i++) tundish('product', { item: 'p' + i })`);
  const keys = (await waiting()) as string[];
  expect(keys).toHaveLength(1000);
  expect(keys).toContain('tundish:st_test:order:A-1');
  const items = (await on.page.evaluate('Object.values(localStorage).join()')) as string;
  expect(items).not.toContain('"p10"');
  expect(items).toContain('"p1009"');
  // What had to be dropped is told with the next request, and again where its answer was not heard.
  on.collector.fault = undefined;
  await on.page.reload();
  await on.collector.until((events) => events.length >= 1000, 0);
  const told = on.collector.requests.map(({ batch }) => Number(batch.dropped ?? 0));
  expect(Math.max(...told)).toBe(13);
  expect(told.at(-1)).toBe(0);
});

it('goes on when the clock that set the last pause was ten years ahead', async () => {
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1);
  await on.page.evaluate("localStorage['tundish.n'] = Date.now() + 10 * 365 * 86_400_000");
  await call(on.page, 'cart');
  await on.collector.until((events) => events.length === 2);
});
