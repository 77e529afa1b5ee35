// What the console of a real browser says: each event's fate, and why none arrives.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { CAUSES } from '../../../sdk/debug/causes.ts';
import { causeLine, type Language } from '../../../sdk/debug/fates.ts';
import { EVENT_REASONS, REQUEST_REASONS } from '../../../sdk/event.ts';
import { call, calm, ORDER, stage } from '../stage.ts';

const on = stage();

/** Before the tag, as the tag itself loads it before it measures. */
const TAGS = '{t.debug.js}{tag}';

/** What the debugger logs, line by line as it comes. */
function listen(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => {
    const [line] = /^Tundish: .*?(?= \{|$)/.exec(message.text()) ?? [];
    if (line) lines.push(line);
  });
  return lines;
}

/** The lines of the shop's first page, once there are so many. */
async function linesOf(html: string, count: number, options?: BrowserContextOptions): Promise<string[]> {
  on.shop.pages['/'] = html;
  const page = options ? await (await on.browser.newContext(options)).newPage() : on.page;
  const lines = listen(page);
  await page.goto(on.shop.url);
  await expect.poll(() => lines.length, { timeout: 5000 }).toBeGreaterThanOrEqual(count);
  if (options) await page.context().close();
  return lines;
}

const cause = (name: keyof typeof CAUSES, values: object = {}, language: Language = 'en') =>
  causeLine(language, name, {
    store: 'st_test',
    host: on.collector.url,
    origin: on.shop.url,
    ...values,
  });

const visit = (fate: string) => `Tundish: visit ${on.shop.url}/: ${fate}`;

it('says what became of each event', async () => {
  on.collector.reject = ({ type }) => (type === 'custom' ? 'missing_name' : undefined);
  on.shop.pages['/'] = TAGS;
  const lines = listen(on.page);
  await on.page.goto(on.shop.url);
  await call(on.page, 'order', ORDER);
  await call(on.page, 'custom', {});
  await expect.poll(() => lines.length).toBe(3);
  expect(lines.splice(0).sort()).toEqual([
    'Tundish: custom: refused, missing_name: A custom step needs a name.',
    'Tundish: order A-1: kept.',
    visit('kept.'),
  ]);
  expect(on.collector.types().sort()).toEqual(['order', 'visit']);
});

it('says when a busy collector is asked again', async () => {
  on.collector.fault = { status: 503, headers: { 'retry-after': '40' } };
  expect(await linesOf(TAGS, 1)).toEqual([
    visit('waiting; the answer was 503. It is sent again in 40 s at the earliest.'),
  ]);
});

it('names the cause of a refusal', async () => {
  on.shop.pages['/'] = TAGS;
  const lines = listen(on.page);
  for (const code of ['unknown_store', 'foreign_origin'] as const) {
    const { status, says } = REQUEST_REASONS[code];
    const headers = { 'access-control-allow-origin': '*' };
    const body = JSON.stringify({ code, detail: says });
    await on.context.route('**/v1/events', (route) => route.fulfill({ status, headers, body }));
    await on.page.goto(on.shop.url);
    await expect.poll(() => lines.length).toBe(2);
    expect(lines.splice(0)).toEqual([visit(`refused, ${code}: ${says}`), cause(code)]);
    await on.context.unroute('**/v1/events');
  }
  on.collector.reject = () => 'bot';
  await on.page.goto(on.shop.url);
  await expect.poll(() => lines.length).toBe(2);
  expect(lines).toEqual([visit(`refused, bot: ${EVENT_REASONS.bot}`), cause('bot')]);
});

it.each([
  ['of its own', "connect-src 'self'"],
  ['for everything', "default-src 'self'; script-src *"],
])('names the page’s policy and the directive for requests: one %s', async (_, policy) => {
  on.shop.headers['content-security-policy'] = policy;
  const lines = await linesOf(TAGS, 2);
  await calm(200);
  expect(lines.sort()).toEqual([
    cause('blocked_by_policy', { directive: 'connect-src', url: `${on.collector.url}/v1/events` }),
    visit('waiting; no connection. It is sent again after a pause.'),
  ]);
});

it('names the page’s policy and the directive for a file that the tag loads', async () => {
  on.shop.headers['content-security-policy'] = `script-src ${on.collector.url}/t.debug.js`;
  on.shop.pages['/'] = '<script data-store=st_test></script>{t.debug.js}';
  const lines = listen(on.page);
  await on.page.goto(on.shop.url);
  const url = `${on.collector.url}/t.chat.js`;
  await on.page.evaluate(
    `document.head.append(Object.assign(document.createElement('script'), { src: '${url}' }))`,
  );
  await calm(300);
  expect(lines).toEqual([cause('blocked_by_policy', { directive: 'script-src', url })]);
});

it('says nothing of a policy that only reports', async () => {
  on.shop.headers['content-security-policy-report-only'] = "connect-src 'none'; script-src 'none'";
  expect(await linesOf(TAGS, 1)).toEqual([visit('kept.')]);
});

it('tells an extension or the network from the page’s policy', async () => {
  await on.context.route('**/v1/events', (route) => route.abort('blockedbyclient'));
  expect(await linesOf(TAGS, 2)).toEqual([
    visit('waiting; no connection. It is sent again after a pause.'),
    cause('unreachable'),
  ]);
});

it('says that a browser without a connection waits, and blames nobody', async () => {
  on.shop.pages['/'] = `${TAGS}<script>addEventListener('offline', () => tundish('cart'))</script>`;
  const lines = listen(on.page);
  await on.page.goto(on.shop.url);
  await expect.poll(() => lines.length).toBe(1);
  await on.context.setOffline(true);
  await expect.poll(() => lines.length).toBe(2);
  await calm(200);
  expect(lines.slice(1)).toEqual(['Tundish: cart: waiting; no connection. It is sent again after a pause.']);
});

it('names an adapter that is not there', async () => {
  // What the Worker says to a path that it does not know.
  const headers = { 'access-control-allow-origin': '*' };
  await on.context.route('**/t.nope.js', (route) =>
    route.fulfill({ headers, contentType: 'text/html', body: '<!doctype html>' }),
  );
  const lines = await linesOf(
    '{t.debug.js}<script defer src="{collector}/t.js" data-store="st_test" data-adapters=" chat  nope"></script>',
    2,
  );
  expect(lines.sort()).toEqual([
    cause('file_missing', { url: `${on.collector.url}/t.nope.js` }),
    visit('kept.'),
  ]);
});

it('knows the collector also where it is loaded as a module', async () => {
  const lines = await linesOf(
    '{tag}<script type=module>import "{collector}/t.debug.js"; tundish("cart")</script>',
    1,
  );
  await expect.poll(() => lines, { timeout: 5000 }).toContain('Tundish: cart: kept.');
});

/** A tag that does not measure, with the tracker's interface: what is set on it and in the browser is what counts. */
const tag = (attributes: string, script = '') =>
  `<script ${attributes}>window.calls = []; window.tundish = (...call) => { calls.push(call) }; ${script}</script>{t.debug.js}`;

const GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });";
const NEEDED = 'data-store=st_test data-consent=required';

const JUDGED: [name: string, html: string, causes: (keyof typeof CAUSES)[]][] = [
  ['a tag without a store', tag(''), ['no_store']],
  ['a signal not to be tracked', tag('data-store=st_test', GPC), ['signal_cookieless']],
  ['a shop that recognises nobody', tag('data-store=st_test data-privacy=all'), ['cookieless']],
  ['a signal that the shop ignores', tag('data-store=st_test data-privacy=ignore', GPC), []],
  ['a signal, and consent not given', tag(NEEDED, GPC), ['signal_cookieless', 'consent_pending']],
  ['consent that is needed and not given', tag(NEEDED), ['consent_pending']],
  ['consent that was given before', tag(NEEDED, "localStorage['tundish.c'] = 'granted';"), []],
  ['a browser that has opted out', tag(NEEDED, "localStorage['tundish.c'] = 'denied';"), ['opted_out']],
];

it('judges by itself what the tag and the browser say', async () => {
  const lines = listen(on.page);
  const seen: [name: string, lines: string[]][] = [];
  for (const [n, [name, html]] of JUDGED.entries()) {
    on.shop.pages[`/${n}`] = html;
    await on.page.goto(`${on.shop.url}/${n}`);
    seen.push([name, lines.splice(0)]);
  }
  expect(seen).toEqual(JUDGED.map(([name, , causes]) => [name, causes.map((each) => cause(each))]));
});

it('says what a choice makes of the calls, and passes every call on', async () => {
  const lines = await linesOf(tag(NEEDED), 1);
  await on.page.evaluate(`
    const choose = (choice, ...call) => { if (choice) localStorage['tundish.c'] = choice; tundish(...call) };
    tundish('order', ${JSON.stringify(ORDER)}, 7);
    choose('granted', 'consent', 'granted');
    tundish('cart');
    choose('', 'consent', 'denied');
    tundish('inquiry', { via: 'chat' });
    choose('denied', 'optout');
    tundish('product', { item: 'P-1' });
  `);
  await expect.poll(() => lines.length).toBe(5);
  expect(lines).toEqual([
    cause('consent_pending'),
    'Tundish: order A-1: held until there is consent.',
    'Tundish: inquiry chat: not measured.',
    cause('opted_out'),
    'Tundish: product P-1: not measured.',
  ]);
  expect(await on.page.evaluate('calls')).toEqual([
    ['order', ORDER, 7],
    ['consent', 'granted'],
    ['cart'],
    ['consent', 'denied'],
    ['inquiry', { via: 'chat' }],
    ['optout'],
    ['product', { item: 'P-1' }],
  ]);
});

it('is loaded by the tag, and recalls what left before it came', async () => {
  on.shop.attributes = 'data-debug';
  on.shop.pages['/'] = '{tag}';
  const lines = listen(on.page);
  await on.page.goto(on.shop.url);
  await expect.poll(() => lines.length, { timeout: 5000 }).toBeGreaterThan(0);
  await call(on.page, 'cart');
  await expect.poll(() => lines.at(-1), { timeout: 5000 }).toBe('Tundish: cart: kept.');
  expect([[cause('early', { status: 200 })], [visit('kept.')]]).toContainEqual(lines.slice(0, -1));
});

it('names the cause also where every request left before it came', async () => {
  on.collector.fault = { status: 404 };
  on.shop.pages['/'] = '{tag}';
  const lines = listen(on.page);
  await on.page.goto(`${on.shop.url}/?tundish_debug`);
  await expect.poll(() => lines, { timeout: 5000 }).toContain(cause('unknown_store'));
});

it('speaks Chinese where the browser does', async () => {
  expect(await linesOf(tag(NEEDED), 1, { locale: 'zh-CN' })).toEqual([cause('consent_pending', {}, 'zh-CN')]);
});

it('leaves the page its own requests, their failures included, and its globals', async () => {
  on.shop.pages['/bare'] = '{tag}';
  const globals = async () => (await on.page.evaluate('Object.keys(window)')) as string[];
  await on.page.goto(`${on.shop.url}/bare`);
  const names = await globals();
  await linesOf(TAGS, 1);
  expect(await globals()).toEqual(names);
  const headers = { 'access-control-allow-origin': '*' };
  await on.context.route('**/v1/events', (route) => route.fulfill({ status: 400, headers }));
  const seen = await on.page.evaluate(`(async () => {
    const own = await (await fetch(new Request('/own'))).text();
    const failures = [];
    for (const given of [['http://'], [], [Symbol()], ['${on.collector.url}/v1/events', { method: 'POST', body: 'x' }]])
      await fetch(...given).then(({ status }) => failures.push(status), ({ name }) => failures.push(name));
    return [own.includes('<h1>Shop</h1>'), failures];
  })()`);
  expect(seen).toEqual([true, ['TypeError', 'TypeError', 'TypeError', 400]]);
});
