// The README's examples of signed calls, run as they stand there, and the commands for their secrets.
import { execFile, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startServer } from '../../worker/cli/server.ts';
import { PROGRAMS } from '../programs.ts';
import { command, createStore, dataFolder, freePorts, type Product, root, today } from './product.ts';

const section = readFileSync(`${root}README.md`, 'utf8')
  .split('### Confirming from a server\n')[1]
  ?.split('\n### ')[0] as string;

/** The first example of a language. */
const example = (language: string) => section.split(`\`\`\`${language}\n`)[1]?.split('```')[0] as string;

const data = dataFolder();
const TUNDISH_SECRET = 'a secret of the tests, thirty-two characters or more';
let server: Awaited<ReturnType<typeof startServer>>;
let product: Product;
let store: Awaited<ReturnType<typeof createStore>>;
let secret: string;

beforeAll(async () => {
  // A machine without one of them must not seem to have passed.
  for (const program of PROGRAMS)
    if (spawnSync(program, ['--version']).error)
      throw new Error(`The README’s examples cannot be tried without ${program}: install it.`);
  server = await startServer({ port: await freePorts(), data, secret: TUNDISH_SECRET });
  for (const [name, text] of Object.entries({ address: server.url, secret: TUNDISH_SECRET }))
    writeFileSync(`${data}/${name}`, text);
  // The commands find the server as they find one elsewhere.
  vi.stubEnv('TUNDISH_URL', server.url);
  vi.stubEnv('TUNDISH_SECRET', TUNDISH_SECRET);
  product = { url: server.url, data } as Product;
  store = await createStore(product, 'https://shop.example');
  const { stdout } = await command(product, 'admin', 'secret', 'create', '--store', store.id);
  secret = /tundish_sign_\w+/.exec(stdout)?.[0] ?? '';
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(data, { recursive: true, force: true });
});

test.each([
  ['sh', 'sh'],
  ['js', 'node'],
  ['python', 'python3'],
])('the example in %s confirms', { timeout: 30_000 }, async (language, program) => {
  const file = `${data}/example.${language === 'js' ? 'mjs' : language}`;
  writeFileSync(file, example(language).replaceAll('http://localhost:8787', server.url));
  const env = { ...process.env, STORE: store.id, SECRET: secret };
  const { stdout } = await promisify(execFile)(program, [file], { env });
  expect(stdout).toContain('{"accepted":1,"duplicate":0,"rejected":[],"confirmed":[');
});

test('and all that they say is counted', async () => {
  const { totals } = await store.metrics({ from: today(), to: today(), money: 'payment' });
  expect(totals).toMatchObject({
    visitors: 1,
    buyers: 1,
    orders: 1,
    money: [{ gross: 4999, refunded: 999 }],
  });
});

test('secrets are listed and revoked, and Stripe’s is taken', { timeout: 30_000 }, async () => {
  const run = (...args: string[]) => command(product, 'admin', 'secret', ...args);
  const listed = await run('list', '--store', store.id);
  expect(listed.stdout).toMatch(/^sc_\w+ {2}server {2}…\w{4} {2}\d{4}-\d\d-\d\d {2}Server\n$/);
  expect(listed.stdout).toContain(`…${secret.slice(-4)}`);
  const id = listed.stdout.split(' ')[0] as string;
  expect((await run('revoke', '--id', id)).stdout).toContain(id);
  expect((await run('list', '--store', store.id)).stdout).toBe('');

  const whsec = 'whsec_0123456789abcdefghijklmnop';
  const args = ['worker/cli/admin.ts', 'secret', 'create', '--store', store.id, '--stripe'];
  const asked = promisify(execFile)('node', args, { cwd: root });
  asked.child.stdin?.end(`${whsec}\n`);
  const endpoint = /http\S+/.exec((await asked).stdout)?.[0] ?? '';
  expect(endpoint).toBe(`${server.url}/v1/stripe/${store.id}`);
  const body = JSON.stringify({ type: 'ping' });
  const t = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', whsec).update(`${t}.${body}`).digest('hex');
  const headers = { 'Stripe-Signature': `t=${t},v1=${v1}` };
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  expect(await response.json()).toMatchObject({ accepted: 0, ignored: { reason: 'other_type' } });
});
