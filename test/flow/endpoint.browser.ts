// The endpoint as developers use it: the README's examples, a client made by a public generator, the package's own
// client, the reference in a browser, and an export that is imported.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../browser/chromium.ts';
import { some } from '../effort.ts';
import type { SharedProduct } from '../shared/ask.ts';
import { readersOf } from './owner.ts';
import { command, cookiesBy, createStore, openProduct, root, signInLink } from './product.ts';

const run = promisify(execFile);
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
/** Inside the package, so that it finds itself by its name. */
const folder = `${root}dist/examples`;

let product: SharedProduct;
let store: Awaited<ReturnType<typeof createStore>>;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  product = await openProduct();
  store = await createStore(product, 'https://shop.example');
  const at = '2026-10-10T12:00:00Z';
  const url = 'https://shop.example/?utm_source=letter&utm_medium=email';
  const events = [
    ...['ann', 'bob', 'cy'].map((visitor) => ({ type: 'visit', visitor, at, url })),
    ...['order', 'payment'].map((type) => ({
      type,
      visitor: 'ann',
      at,
      order: 'A-1',
      value: 49.99,
      currency: 'USD',
    })),
  ];
  writeFileSync(`${folder}/events.ndjson`, events.map((event) => JSON.stringify(event)).join('\n'));
  const imported = await command(product, 'import', '--store', store.id, `${folder}/events.ndjson`);
  if (!imported.ok) throw new Error(imported.stderr);
  env = { ...process.env, TOKEN: store.token, STORE: store.id };
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The README's examples of asking in a language, with this server's address in the place of the usual one. Those that
 * sign have a test of their own.
 */
const examples = (language: string) =>
  [
    ...readFileSync(`${root}README.md`, 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'),
    ),
  ]
    .map(([, text]) => text as string)
    .filter((text) => text.includes('http://localhost:8787') && !/\bSECRET\b/.test(text))
    .map((text) => text.replaceAll('http://localhost:8787', product.url));

describe('the README’s examples', () => {
  test('curl', async () => {
    const commands = examples('sh');
    expect(commands.length).toBe(2);
    const [metrics, funnel] = await Promise.all(commands.map((text) => run('bash', ['-ec', text], { env })));
    expect(JSON.parse(metrics?.stdout ?? '')).toEqual(await store.metrics(OCTOBER));
    expect(JSON.parse(funnel?.stdout ?? '')).toMatchObject({
      store: store.id,
      by: 'channel',
      steps: { length: 3 },
    });
  });

  test('JavaScript', async () => {
    const programs = examples('js');
    expect(programs.length).toBe(1);
    writeFileSync(`${folder}/example.mjs`, programs[0] as string);
    const { stdout } = await run('node', [`${folder}/example.mjs`], { env });
    expect(stdout).toBe(`silent conversion ${1 / 3}\nA-1 4999 email\n`);
  });

  test('Python', async () => {
    const programs = examples('python');
    expect(programs.length).toBe(1);
    writeFileSync(`${folder}/example.py`, programs[0] as string);
    const { stdout } = await run('python3', [`${folder}/example.py`], { env }).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error('The README has an example for Python: install python3 to have it tested.');
    });
    expect(stdout).toBe(`email 3 ${1 / 3}\n`);
  });
});

test('a client that a public generator makes of the document compiles, and gets the right answer', async () => {
  const document = await fetch(`${product.url}/v1/openapi.json`, {
    headers: { authorization: `Bearer ${store.token}` },
  });
  expect(document.status).toBe(200);
  writeFileSync(`${folder}/openapi.json`, await document.text());
  await run('oazapfts', [`${folder}/openapi.json`, `${folder}/generated.ts`]);
  writeFileSync(
    `${folder}/use.ts`,
    `import { defaults, getV1Metrics, getV1Orders } from './generated.ts';
defaults.baseUrl = process.env.HOST ?? '';
defaults.headers = { authorization: \`Bearer \${process.env.TOKEN}\` };
const period = [process.env.STORE ?? '', '${OCTOBER.from}', '${OCTOBER.to}'] as const;
const metrics = await getV1Metrics(...period, { by: 'channel' });
if (metrics.status !== 200) throw new Error(String(metrics.status));
const orders = await getV1Orders(...period, { paid: 'true' });
if (orders.status !== 200) throw new Error(String(orders.status));
const [row] = metrics.data.rows ?? [];
const value: number | null | undefined = row?.rates.silent_conversion.value;
const [order] = orders.data.orders;
console.log(JSON.stringify([row?.key, value, order?.order, order?.state]));
`,
  );
  const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
  const types = [
    '--allowImportingTsExtensions',
    '--types',
    'node',
    '--lib',
    'es2024,dom,dom.iterable',
    '--ignoreConfig',
  ];
  await run('tsc', [...strict, ...types, `${folder}/use.ts`], { cwd: root }).catch((error) => {
    throw new Error(error.stdout);
  });
  const { stdout } = await run('node', [`${folder}/use.ts`], { env: { ...env, HOST: product.url } });
  expect(JSON.parse(stdout)).toEqual(['email', 1 / 3, 'A-1', 'paid']);
});

test('the package’s client is typed where it is installed', async () => {
  writeFileSync(
    `${folder}/typed.ts`,
    `import { client, type Client } from 'tundish/client';
const api: Client = client({ host: 'https://h.example', token: 't', store: 's' });
const answer = await api.metrics({ from: '2026-10-01', to: '2026-10-31' });
const value: number | null = answer.rates.silent_conversion.value;
// @ts-expect-error not a grouping
void api.metrics({ from: '2026-10-01', to: '2026-10-31', by: 'moon' });
// @ts-expect-error a rate is no text
const text: string = value;
void text;
`,
  );
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--skipLibCheck',
    '--ignoreConfig',
  ];
  await run('tsc', [...options, '--types', 'node', '--lib', 'es2024,dom', `${folder}/typed.ts`], {
    cwd: root,
  }).catch((error) => {
    throw new Error(error.stdout);
  });
});

test('what curl exports the import command reads back', async () => {
  const exported = await run('curl', [
    '-s',
    '-H',
    `Authorization: Bearer ${store.token}`,
    `${product.url}/v1/export?store=${store.id}`,
  ]);
  expect(exported.stdout.trim().split('\n').length).toBe(5);
  writeFileSync(`${folder}/exported.ndjson`, exported.stdout);
  const again = await command(product, 'import', '--store', store.id, `${folder}/exported.ndjson`);
  expect(again.stdout).toContain('0 accepted, 5 already there, 0 refused');
  const other = await createStore(product, 'https://shop.example');
  const copied = await command(product, 'import', '--store', other.id, `${folder}/exported.ndjson`);
  expect(copied.stdout).toContain('5 accepted');
  const { store: _, ...copy } = await other.metrics({ ...OCTOBER, by: 'channel' });
  expect(await store.metrics({ ...OCTOBER, by: 'channel' })).toMatchObject(copy);
});

describe('the reference at /docs', () => {
  test('is not for everybody', async () => {
    const response = await fetch(`${product.url}/docs`);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="tundish"',
    ]);
  });

  test('comes with all of its files, each of our own', async () => {
    const headers = { cookie: await cookiesBy(await signInLink(product)) };
    const page = await (await fetch(`${product.url}/docs`, { headers })).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file).toMatch(/^\/\w/);
      const { status, headers: told } = await fetch(product.url + file);
      const type = file.endsWith('.js') ? 'javascript' : file.endsWith('.css') ? 'css' : 'svg';
      expect([file, status, told.get('content-type')?.includes(type)]).toEqual([file, 200, true]);
    }
  });

  test.each(some([], readersOf('docs')))(
    'can be read and tried in the browser, %s, %s, %d px wide, with nothing from elsewhere',
    async (locale, colorScheme, width) => {
      const browser = await openEngine();
      try {
        const page = await browser.newPage({ locale, colorScheme, viewport: { width, height: 900 } });
        const complaints: string[] = [];
        const foreign: string[] = [];
        page.on('console', (message) => message.type() !== 'log' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('request', (request) => {
          if (!request.url().startsWith(product.url) && !request.url().startsWith('data:'))
            foreign.push(request.url());
        });
        await page.goto(await signInLink(product));
        const opened = await page.goto(`${product.url}/docs`);
        const policy = opened?.headers()['content-security-policy'];
        // The dashboard's own, which a file says and not the Worker.
        expect(policy).toBe((await fetch(product.url)).headers.get('content-security-policy'));
        expect(policy).toContain("script-src 'self'; style-src 'self';");
        await page.waitForSelector('.opblock');
        expect(await page.locator('.opblock').count()).toBeGreaterThan(17);
        const background = await page.evaluate(
          () => getComputedStyle(document.documentElement).backgroundColor,
        );
        const light =
          background
            .match(/\d+/g)
            ?.slice(0, 3)
            .map(Number)
            .every((part) => part > 128) || background === 'rgba(0, 0, 0, 0)';
        expect(light).toBe(colorScheme === 'light');
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        await page.locator('.opblock-summary-path[data-path="/v1/stores"]').first().click();
        await page.locator('button', { hasText: 'Try it out' }).first().click();
        await page.locator('button', { hasText: 'Execute' }).first().click();
        await page.waitForSelector('.live-responses-table tbody .response-col_status');
        expect(await page.textContent('.live-responses-table tbody .response-col_status')).toContain('200');
        if (process.env.SCREENSHOTS)
          await page.screenshot({ path: `${process.env.SCREENSHOTS}/docs-${colorScheme}-${width}.png` });
        expect([complaints, foreign]).toEqual([[], []]);
      } finally {
        await browser.close();
      }
    },
  );
});
