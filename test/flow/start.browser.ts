// npm start and the commands beside it: what they print, what they keep, and what they say when something is wrong.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES } from '../../sdk/files.ts';
import { askShared } from '../shared/ask.ts';
import {
  command,
  createStore,
  dataFolder,
  discard,
  freePorts,
  type Product,
  startProduct,
  today,
} from './product.ts';

let product: Product;
let port: number;

beforeAll(async () => {
  port = await freePorts();
  product = await startProduct({ port });
});
afterAll(() => discard(product));

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

describe('a first start', () => {
  test('prints addresses and a sign-in link, and nothing alarming', async () => {
    // The product is a second one, on the data of a first.
    const first = (await askShared('prepared'))?.output ?? '';
    expect(product.output()).toContain(`http://localhost:${port}`);
    for (const output of [first, product.output()]) {
      expect(output.match(/http:\/\/localhost:\d+/g)).toHaveLength(3);
      expect(output).not.toMatch(/warn|error|fail|deprecat|experimental/i);
    }
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
    expect((await fetch(product.shop)).status).toBe(200);
  });

  test('makes a demo store with 90 believable days', async () => {
    const { stdout } = await command(product, 'admin', 'store', 'list');
    expect(stdout).toMatch(/^st_\w+ .*\(demo\)\n$/);
    const id = /st_\w+/.exec(stdout)?.[0] ?? '';
    const token = /tundish_\w+/.exec(
      (await command(product, 'admin', 'token', 'create', '--store', id)).stdout,
    )?.[0];
    const question = new URLSearchParams({ store: id, from: day(90), to: today(), by: 'channel' });
    const response = await fetch(`${product.url}/v1/metrics?${question}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { totals, rows } = await response.json();
    expect(rows.length).toBeGreaterThanOrEqual(8);
    for (const name of ['consulting_buyers', 'silent_buyers', 'inquiries'])
      expect([name, totals[name] > 50]).toEqual([name, true]);
    expect(totals.paid_orders).toBeLessThan(totals.orders);
    expect(totals.money[0].refunded).toBeGreaterThan(0);
    expect(totals.visitors).toBeGreaterThan(5_000);
  });
});

test('a file of another version is missing, not the dashboard', async () => {
  const old = await fetch(`${product.url}/assets/index-00000000.js`);
  expect([old.status, old.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  const page = await (await fetch(product.url)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  const now = await fetch(product.url + script);
  expect([now.status, now.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ]);
  expect(now.headers.get('content-type')).toContain('javascript');
  expect((await fetch(`${product.url}/set-up`)).headers.get('content-security-policy')).toContain(
    "script-src 'self'",
  );
});

test('text is sent compressed to who takes it so', async () => {
  const page = await (await fetch(product.url)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  const load = async (encoding: string, path = '/t.js') => {
    const { headers } = await fetch(product.url + path, { headers: { 'accept-encoding': encoding } });
    return [headers.get('content-encoding'), headers.get('cache-control')];
  };
  expect(await load('gzip, br')).toEqual(['gzip', 'public, max-age=3600']);
  expect(await load('identity')).toEqual([null, 'public, max-age=3600']);
  expect(await load('gzip', script)).toEqual(['gzip', 'public, max-age=31536000, immutable']);
});

test.each(Object.keys(FILES))('a shop on another origin may load %s', async (file) => {
  const { status, headers } = await fetch(`${product.url}/${file}`);
  const names = [
    'content-type',
    'cache-control',
    'access-control-allow-origin',
    'cross-origin-resource-policy',
  ];
  expect([status, ...names.map((name) => headers.get(name))]).toEqual([
    200,
    expect.stringMatching(/^(text|application)\/javascript/),
    'public, max-age=3600',
    '*',
    'cross-origin',
  ]);
});

test('a rebuild beside the running server leaves the answers as they were', async () => {
  const { id, token } = await createStore(product, 'https://rebuilt.example');
  const file = `${product.data}/rebuilt.ndjson`;
  const acts = Array.from({ length: 400 }, (_, n) => {
    const by = { visitor: `v${n % 150}`, at: Date.now() - (n % 9) * 86_400_000 - n * 60_000 };
    return n % 5 === 4
      ? { ...by, type: 'order', order: `o${n}`, value: n, currency: 'USD' }
      : {
          ...by,
          type: 'visit',
          url: `https://rebuilt.example/${n % 7}?utm_source=s${n % 3}&utm_medium=email`,
        };
  });
  writeFileSync(file, acts.map((act) => JSON.stringify(act)).join('\n'));
  expect(await command(product, 'import', '--store', id, file)).toMatchObject({ ok: true });
  const ask = async () => {
    const response = await fetch(
      `${product.url}/v1/metrics?store=${id}&from=${day(60)}&to=${today()}&by=source`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    return response.text();
  };
  const before = await ask();
  expect(JSON.parse(before).totals).toMatchObject({ visitors: 150, orders: 80 });
  expect((await command(product, 'admin', 'rebuild', '--store', id)).stdout).toBe(
    'Visits and orders are derived anew; days that are over are being added up.\n',
  );
  expect(await ask()).toBe(before);
});

test('a store takes another origin when told to', async () => {
  const made = [
    '--name',
    'Test shop',
    '--origin',
    'https://old.example',
    '--timezone',
    'UTC',
    '--currency',
    'USD',
  ];
  const told = (await command(product, 'admin', 'store', 'create', ...made)).stdout;
  const [, id = ''] = /^Store: (st_\w+)$/m.exec(told) ?? [];
  expect(told).toContain(`<script defer src="${product.url}/t.js" data-store="${id}"`);
  const options = ['--store', id, '--origin', 'https://new.example', '--origin', 'https://www.new.example'];
  const { stdout } = await command(product, 'admin', 'store', 'update', ...options);
  expect(stdout).toContain('https://new.example, https://www.new.example');
  const send = async (origin: string) => {
    const event = { id: 'w.1', type: 'visit', visit: 'w', at: Date.now(), url: `${origin}/` };
    const body = JSON.stringify({ v: 1, store: id, visitor: 'ann', sent: Date.now(), events: [event] });
    const headers = { origin, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0' };
    return (await fetch(`${product.url}/v1/events`, { method: 'POST', headers, body })).status;
  };
  expect([await send('https://new.example'), await send('https://old.example')]).toEqual([200, 403]);
});

describe('what is wrong is said in a sentence', () => {
  const wrong = async (options: Parameters<typeof startProduct>[0]) => {
    const started = await startProduct(options).catch((error: Error) => error);
    if (!(started instanceof Error)) await discard(started);
    return started instanceof Error ? started.message : 'It started.';
  };

  test('a taken port', async () => {
    const other = createServer();
    const taken = await freePorts();
    await new Promise<void>((resolve) => other.listen(taken + 1, '127.0.0.1', () => resolve()));
    const message = await wrong({ port: taken });
    other.close();
    expect(message).toMatch(new RegExp(`^Port ${taken + 1} is taken\\. .*PORT=9000 npm start\n$`));
  });

  test('a broken data folder', async () => {
    const data = dataFolder();
    const database = `${data}/d1`;
    writeFileSync(database, 'not a folder');
    const message = await wrong({ data });
    rmSync(data, { recursive: true });
    expect(message).toContain(`with its data in ${database}`);
    expect(message).toContain('move that folder away');
    expect(message).not.toContain('    at ');
  });

  test('commands where no server runs', async () => {
    const data = dataFolder();
    mkdirSync(data, { recursive: true });
    for (const run of [
      command({ data }, 'admin', 'store', 'list'),
      command({ data }, 'import', '--store', 'st_0000000000', 'package.json'),
    ]) {
      const { ok, stderr } = await run;
      expect(ok).toBe(false);
      expect(stderr).toMatch(/^No server runs with the data in .* Start it with: npm start .*\n$/);
    }
    rmSync(data, { recursive: true });
  });

  test.each([
    [['admin', 'store', 'create', '--name', 'A'], 'The option --origin is missing.'],
    [['admin', 'nonsense'], 'Commands:'],
    [['admin', 'token', 'create', '--store', 'st_0000000000'], 'No store has this id.'],
    [['admin', 'token', 'create', '--store', 'st_0000000000', '--expires', 'soon'], 'as 90d or as a day'],
    [['admin', 'token', 'revoke', '--token', 'tk_0000000000'], 'There is no such token'],
    [['admin', 'store', 'list', '--loud'], "Unknown option '--loud'"],
    [['import', 'package.json'], 'Say which store and which file'],
    [['import', '--store', 'st_0000000000', 'nowhere.ndjson'], 'There is no file nowhere.ndjson.'],
    [
      [
        'admin',
        'store',
        'create',
        '--name',
        'A',
        '--origin',
        'shop.example',
        '--timezone',
        'UTC',
        '--currency',
        'USD',
      ],
      'An origin is a scheme and a host',
    ],
  ])('%j', async ([script, ...args], sentence) => {
    const { ok, stderr } = await command(product, script as 'admin', ...args);
    expect(ok).toBe(false);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });
});

test('Ctrl-C ends it at once and cleanly, and a second start has everything', async () => {
  const store = await createStore(product, 'https://shop.example');
  const event = { id: 'w.1', type: 'visit', visit: 'w', at: Date.now(), url: 'https://shop.example/' };
  const sent = await fetch(`${product.url}/v1/events`, {
    method: 'POST',
    headers: {
      origin: 'https://shop.example',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
    },
    body: JSON.stringify({ v: 1, store: store.id, visitor: 'ann', sent: Date.now(), events: [event] }),
  });
  expect(await sent.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  const began = Date.now();
  expect(await product.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(5_000);
  product = await startProduct({ port, data: product.data });
  expect((await store.metrics({ from: today(), to: today() })).totals).toMatchObject({
    visitors: 1,
    pages: 1,
  });
});
