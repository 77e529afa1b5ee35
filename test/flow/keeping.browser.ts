// What is kept of people: nothing that says who they are, whatever shops send; and its settings, as an owner uses them.
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../sdk/event.ts';
import { PIECES, type Piece } from '../collect/personal/pieces.ts';
import { scattered, writtenAs } from '../collect/personal/scattered.ts';
import { runs } from '../effort.ts';
import { bytesOf, expectAccessible, hook, type Look, readersOf, signedIn } from './owner.ts';
import { command, createStore, discard, eventually, operate, type Product, startProduct } from './product.ts';

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
const ORIGIN = 'https://shop.example';
/** By default each event comes by one of three doors in turn (pages, files, servers), at length by all. */
const SHARE = runs(3, 1);

let product: Product;
let secret: string;
beforeAll(async () => {
  product = await startProduct();
  secret = readFileSync(`${product.data}/secret`, 'utf8').trim();
});
afterAll(async () => {
  if (product) await discard(product);
});

/** Asks as the operator does. */
const ask = <T>(method: string, path: string, body?: object) => operate<T>(product, method, path, body);

interface Answer {
  accepted: number;
  duplicate: number;
  rejected: { reason: string }[];
}

/** As a page of the shop. */
async function send(store: string, events: object[], visitor = 'v1', headers: Record<string, string> = {}) {
  const response = await fetch(`${product.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: ORIGIN, 'user-agent': PERSON, ...headers },
    body: JSON.stringify({ v: 1, store, visitor, sent: Date.now(), events }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

/** Every file of the database as it lies on the disk, the write-ahead log included. */
function bytes(): string {
  const files = readdirSync(product.data, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.sqlite(-wal|-shm)?$/.test(name),
  );
  expect(files.some((name) => name.endsWith('-wal'))).toBe(true);
  return files.map((name) => readFileSync(`${product.data}/${name}`, 'utf8')).join('\n');
}

test('no piece of personal data reaches the database, by whichever door', { timeout: 240_000 }, async () => {
  expect(PIECES.length).toBeGreaterThanOrEqual(200);
  const { id } = await createStore(product, ORIGIN);
  const answers: Answer[] = [];
  const at = Date.now();
  // A visit a batch: one with all of them would be derived anew with each.
  const visitOf = (n: number) => `w${Math.floor(n / LIMITS.events)}`;
  const all = PIECES.flatMap((piece) => scattered(piece, ORIGIN)).map((fields, n) => ({
    ...{ id: `${visitOf(n)}.${n}`, visit: visitOf(n), at },
    ...fields,
  }));
  const by = (door: 0 | 1 | 2) => all.filter((_, n) => n % SHARE === door % SHARE);
  const batched = (events: typeof all, size: number) =>
    Array.from({ length: Math.ceil(events.length / size) }, (_, n) => events.slice(n * size, (n + 1) * size));
  for (const events of batched(by(0), LIMITS.events)) answers.push(await send(id, events));
  const alone = async (piece: Piece, n: number) => {
    const view = { id: `x.${n}`, type: 'visit', visit: 'x', at, url: `${ORIGIN}/account` };
    const mayBeId = piece.named !== undefined || /session|token/.test(piece.kind);
    if (!mayBeId) answers.push(await send(id, [view], piece.text));
    // No store is called so.
    expect((await send(piece.text, [view])).status).toBe(404);
    // The headers of a request say who somebody is, too.
    if (piece.kind !== 'ip' && piece.kind !== 'agent') return;
    const headers = {
      'cf-connecting-ip': piece.kind === 'ip' ? piece.text : '192.0.2.200',
      'x-forwarded-for': piece.text,
      ...(piece.kind === 'agent' ? { 'user-agent': piece.text } : {}),
    };
    answers.push(await send(id, [{ ...view, id: `y.${n}`, visit: '-' }], '-', headers));
  };
  await Promise.all(PIECES.map(alone));
  const { id: other } = await createStore(product, ORIGIN);
  for (const lines of batched(by(1), 2_000)) {
    const events = lines.map((event) => ({ visitor: 'v2', ...event }));
    answers.push(await ask<Answer>('POST', '/v1/operator/import', { store: other, events }));
  }
  const { secret: token } = await ask<{ secret: string }>('POST', '/v1/tokens', {
    store: id,
    scopes: ['write'],
  });
  for (const events of batched(by(2), LIMITS.events)) {
    const response = await fetch(`${product.url}/v1/server/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        v: 1,
        store: id,
        events: events.map((event) => ({ ...event, visit: undefined })),
      }),
    });
    answers.push((await response.json()) as Answer);
  }
  await ask('POST', '/v1/operator/jobs');
  const sum = (of: (answer: Answer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  expect(sum(({ accepted }) => accepted)).toBeGreaterThan((all.length * 1.5) / SHARE);
  const reasons = new Set(answers.flatMap(({ rejected }) => rejected.map(({ reason }) => reason)));
  // Most are cleaned and kept; what cannot be is refused for one of these, and at length each is met.
  const known = ['personal_data', 'invalid_id', 'invalid_order', 'invalid_visit', 'invalid_visitor'];
  expect(known).toEqual(expect.arrayContaining([...reasons]));
  expect([...reasons]).toEqual(expect.arrayContaining(known.slice(0, runs(1, known.length))));
  const stored = bytes();
  // What is stored can be found there.
  expect(stored).toContain('/account');
  expect(PIECES.filter((piece) => writtenAs(piece).some((text) => stored.includes(text)))).toEqual([]);
});

describe('the settings about keeping', () => {
  let page: Page;
  let store: string;
  beforeAll(async () => {
    ({ id: store } = await createStore(product, ORIGIN));
    for (const visitor of ['ann', 'bob'])
      await send(
        store,
        Array.from({ length: 3 }, (_, n) => ({
          ...{
            id: `${visitor}w.${n}`,
            type: 'visit',
            visit: `${visitor}w`,
            at: Date.now(),
            url: `${ORIGIN}/${n}`,
          },
        })),
        visitor,
      );
  });
  const open = async (query = '', look: Look = {}) => {
    ({ page } = await signedIn(product, look));
    await page.goto(`${product.url}/settings?store=${store}${query}`);
    await page.waitForSelector(hook('section-delete'));
  };

  test.each(readersOf('keeping'))(
    'have nothing that axe finds wrong: %s, %s, %d px wide',
    async (...reader) => {
      const [locale, colorScheme, width] = reader;
      await open('&erase=ann', { locale, colorScheme, viewport: { width, height: 900 } });
      await page.click(hook('erase-start'));
      await page.click(hook('retention-days'));
      await expectAccessible(page);
    },
  );

  test('keep what is asked, and ask before anything is deleted', async () => {
    await open();
    await page.click(hook('retention-days'));
    await page.fill(hook('retention-number'), '400');
    await page.click(hook('settings-retention-save'));
    // The browser points at the box that is not ticked.
    const { retention_days } = await ask<{ retention_days: number | null }>('GET', `/v1/stores/${store}`);
    expect(retention_days).toBeNull();
    await page.check(hook('retention-sure'));
    await page.click(hook('settings-retention-save'));
    await eventually(
      () => page.textContent(hook('settings-retention-said')),
      (text) => Boolean(text),
    );
    expect(await ask('GET', `/v1/stores/${store}`)).toMatchObject({ retention_days: 400 });
  });

  test('warn before the day’s events are used up, and when they are', async () => {
    await ask('PATCH', `/v1/stores/${store}`, { daily_events: 1000 });
    const used = async (events: number) => {
      const current = await ask<{ usage: { events: number } }>('GET', `/v1/stores/${store}`);
      for (let left = events - current.usage.events; left > 0; left -= 50)
        await send(
          store,
          Array.from({ length: Math.min(50, left) }, (_, n) => ({
            ...{
              id: `carol.${events}-${left}-${n}`,
              type: 'engaged',
              visit: 'carol',
              at: Date.now(),
              engaged: 1,
            },
          })),
          'carol',
        );
    };
    await used(850);
    await eventually(
      () => ask<{ usage: { events: number } }>('GET', `/v1/stores/${store}`),
      ({ usage }) => usage.events >= 800,
    );
    await open();
    await page.waitForSelector(hook('budget-banner'));
    expect(await page.textContent(hook('budget-banner'))).toContain('of 1,000 events');
    await used(1_100);
    await eventually(
      () => ask<{ usage: { events: number } }>('GET', `/v1/stores/${store}`),
      ({ usage }) => usage.events >= 1_000,
    );
    await open();
    expect(await page.getAttribute(hook('budget-banner'), 'class')).toContain('is-full');
    await page.fill(hook('budget-events'), '200000');
    await page.fill(hook('budget-claim'), '2500.5');
    await page.click(hook('settings-budget-save'));
    await page.waitForSelector(hook('budget-banner'), { state: 'detached' });
    expect(await ask('GET', `/v1/stores/${store}`)).toMatchObject({
      daily_events: 200_000,
      claim_limit: 250_050,
    });
  });

  test('erase a visitor whom an address names, after a question, with their file beside it', async () => {
    await open('&erase=ann');
    expect(await page.inputValue(hook('erase-id'))).toBe('ann');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(hook('erase-export'))]);
    const lines = String(await bytesOf(file))
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).visitor)).toEqual(['ann', 'ann', 'ann']);
    await page.click(hook('erase-start'));
    // The answer that takes nothing away is the one at hand.
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-test') === 'erase-keep');
    await page.click(hook('erase-do'));
    await eventually(
      () => page.textContent(hook('erase-said')),
      (text) => text?.includes('3 events') ?? false,
    );
    const gone = await fetch(`${product.url}/v1/visitors/ann?store=${store}`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(gone.status).toBe(404);
    const erased = await command(product, 'admin', 'erase', '--store', store, '--visitor', 'bob');
    expect(erased.stdout).toBe('3 events are erased.\n');
  });

  test('give all events as a file', async () => {
    await open();
    await page.click(hook('export-start'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(hook('export-save'))]);
    expect(file.suggestedFilename()).toBe(`${store}.ndjson`);
    const lines = String(await bytesOf(file))
      .trim()
      .split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).visitor))).toEqual(new Set(['carol']));
  });

  test('delete the store when its name is typed, and not before', async () => {
    await open();
    await page.fill(hook('delete-name'), 'Some shop');
    await page.click(hook('delete-do'));
    expect(await page.getAttribute(hook('delete-name'), 'aria-invalid')).toBe('true');
    await page.fill(hook('delete-name'), 'Test shop');
    await page.click(hook('delete-do'));
    await page.waitForURL((url) => url.searchParams.get('store') !== store);
    expect(await page.locator(`${hook('choose-store')} option[value="${store}"]`).count()).toBe(0);
    expect(
      (await send(store, [{ id: 'a', type: 'visit', visit: 'w', at: Date.now(), url: ORIGIN }])).status,
    ).toBe(404);
  });
});
