// A server that can be killed like a machine that loses its power, and started again on the same data.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call } from '../../worker/cli/operator.ts';
import { dataFolder, freePorts } from '../flow/product.ts';

const HOST = fileURLToPath(new URL('host.ts', import.meta.url));
const SECRET = 'a secret of the fault tests, thirty-two characters or more';

import { SHOP as TRAFFIC } from '../bench/traffic.ts';

export const SHOP = 'https://shop.example';
/** Where the reference traffic comes from. */
export const SHOP_OF_TRAFFIC = TRAFFIC.origin;

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Ended in between.
    return '';
  }
};

export class Victim {
  readonly data = dataFolder();
  readonly secret = SECRET;
  url = '';
  #port = 0;
  #child: ChildProcess | undefined;

  /** @throws with what the server printed, when it ends instead. */
  async start(): Promise<this> {
    this.#port ||= await freePorts();
    this.url = `http://127.0.0.1:${this.#port}`;
    const child = spawn('node', [HOST, String(this.#port), this.data, SECRET], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        printed = (printed + text).slice(-4000);
      });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', () => printed.includes('ready') && resolve());
      child.once('exit', () => reject(new Error(`The server ended: ${printed}`)));
    });
    return this;
  }

  /** Ends the server and its engine at once; nothing is closed, nothing written back. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    this.#child = undefined;
  }

  async discard(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }

  async store(origin = SHOP): Promise<string> {
    const wanted = { name: 'Chaos', origins: [origin], timezone: 'UTC', currency: 'USD' };
    return (await call<{ id: string }>(this, 'POST', '/v1/stores', wanted)).id;
  }

  async rebuild(store: string): Promise<void> {
    for (let after: string | null = ''; after !== null; )
      after = (await call<{ after: string | null }>(this, 'POST', '/v1/operator/rebuild', { store, after }))
        .after;
  }

  /** Megabytes of memory that the engine holds: what workerd has resident, Node around it left out. */
  memory(): number {
    const group = this.#child?.pid;
    const own = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => ({ pid, stat: textOf(`/proc/${pid}/stat`) }))
      // pid (name) state parent group …
      .filter(({ stat }) => /\(workerd/.test(stat) && Number(stat.split(') ')[1]?.split(' ')[2]) === group);
    const kilobytes = own.map(
      ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1]) || 0,
    );
    return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
  }
}

/** Runs with a server of its own, and leaves nothing behind. */
export async function withVictim<T>(run: (victim: Victim) => Promise<T>): Promise<T> {
  const victim = new Victim();
  try {
    return await run(await victim.start());
  } finally {
    await victim.discard();
  }
}
