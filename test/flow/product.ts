// The product as its users start it: npm start's own program on free ports, with data of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Store } from '../../worker/api/schemas.ts';
import { sendAll } from '../../worker/cli/batches.ts';
import { complete, LineIds, readLine, VisitPlan } from '../../worker/cli/lines.ts';
import { call, type Target } from '../../worker/cli/operator.ts';
import { askShared, type SharedProduct } from '../shared/ask.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** The first of two neighbouring ports that nobody uses. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

export const dataFolder = () => mkdtempSync(`${tmpdir()}/tundish-test-`);

export interface Product {
  url: string;
  shop: string;
  signIn: string;
  data: string;
  output(): string;
  /** Stops it as Ctrl-C does and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });

/**
 * Starts it with its demo store filled and waits for its banner: in `data` where that is named, a first start if that is
 * empty. @throws with what it printed, when it ends instead.
 */
export async function startProduct(options: { port?: number; data?: string } = {}): Promise<Product> {
  const data = options.data ?? dataFolder();
  if (!options.data) {
    const prepared = await askShared('prepared');
    if (prepared) cpSync(prepared.data, data, { recursive: true });
  }
  const port = options.port ?? (await freePorts());
  const child = spawn('node', ['worker/cli/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), TUNDISH_DATA: data },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => output.includes('Ctrl-C') && resolve());
    child.once('exit', () => reject(new Error(output)));
  });
  return {
    url: `http://localhost:${port}`,
    shop: `http://localhost:${port + 1}`,
    signIn: /http:\S+magic-link\S+/.exec(output)?.[0] ?? '',
    data,
    output: () => output,
    stop: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended(child);
    },
  };
}

/** The product of a test run, for files that change none of what its demo store, its owner and its settings are. */
export async function openProduct(): Promise<SharedProduct> {
  const shared = await askShared('product');
  if (!shared) throw new Error('The product is shared by the files of a test run, and this is none.');
  return shared;
}

function operatorOf({ data }: Pick<Product, 'data'>): Target {
  const kept = (name: string) => readFileSync(`${data}/${name}`, 'utf8').trim();
  return { url: kept('address'), secret: kept('secret') };
}

/** Asks a product as its operator does. The commands ask the same, each in half a second of its own. */
export const operate = <T>(product: Pick<Product, 'data'>, method: string, path: string, body?: object) =>
  call<T>(operatorOf(product), method, path, body);

/** Stores what could be the lines of an import file, as that command does. @throws when any is refused. */
export async function bring(product: Pick<Product, 'data'>, store: string, events: readonly object[]) {
  const lines = events.map((event) => readLine(JSON.stringify(event)) ?? {});
  const [plan, ids] = [new VisitPlan(), new LineIds()];
  for (const line of lines) plan.learn(line);
  const completed = lines.map((line) => complete(line, plan, ids));
  const { rejected } = await sendAll(operatorOf(product), store, completed);
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
}

/** A link that signs an owner of all stores in, once: each somebody else, because a person may ask only so often. */
export async function signInLink(
  product: Pick<Product, 'data'>,
  email = `${randomUUID()}@owners.example`,
): Promise<string> {
  const { url } = await operate<{ url: string }>(product, 'POST', '/v1/operator/sign-in-links', { email });
  return url;
}

/** Follows a sign-in link as a browser would; the cookies that it is given. */
export async function cookiesBy(link: string): Promise<string> {
  const { headers } = await fetch(link, { redirect: 'manual' });
  return headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

/** Stops it and forgets what it kept. */
export async function discard(product: Product): Promise<void> {
  await product.stop();
  rmSync(product.data, { recursive: true, force: true });
}

/** Runs one of the commands beside a running product; what it prints, or what it says when it fails. */
export async function command(product: Pick<Product, 'data'>, script: 'admin' | 'import', ...args: string[]) {
  const env = { ...process.env, TUNDISH_DATA: product.data };
  const run = promisify(execFile)('node', [`worker/cli/${script}.ts`, ...args], { cwd: root, env });
  return run.then(
    ({ stdout, stderr }) => ({ ok: true, stdout, stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ ok: false, stdout, stderr }),
  );
}

/** Makes a store and a token for it; what the endpoint says of it. */
export async function createStore(
  product: SharedProduct,
  origin: string,
  timezone = 'UTC',
  currency = 'USD',
) {
  const made = { name: 'Test shop', origins: [origin], timezone, currency };
  const { id, tag } = await operate<Store>(product, 'POST', '/v1/stores', made);
  const { secret: token } = await operate<{ secret: string }>(product, 'POST', '/v1/tokens', { store: id });
  return {
    id,
    token,
    tag,
    metrics: async (question: Record<string, string>) => {
      const response = await fetch(
        `${product.url}/v1/metrics?${new URLSearchParams({ store: id, ...question })}`,
        {
          headers: { authorization: `Bearer ${token}` },
        },
      );
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as import('../../worker/metrics/question.ts').MetricsAnswer;
    },
  };
}

export const today = () => new Date().toISOString().slice(0, 10);

/** Asks again until the answer is as wanted, or gives the last one after a while. */
export async function eventually<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  ms = 15_000,
): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
