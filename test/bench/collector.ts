// The collector's speed beside an empty Worker, asked by the same client in turns, both on this machine.
import { rmSync } from 'node:fs';
import { freePorts } from '../flow/product.ts';
import { type Post, requestsPerSecond } from './client.ts';
import { startEmptyWorker } from './engine.ts';
import { BROWSER_HEADERS, bodyOf, livePieces } from './live.ts';
import { makeStore, serve, temporaryFolder } from './loaded.ts';

/** Seconds before anything is counted: code has to be compiled, pages have to be read. */
const WARM_UP = 1.5;

export const BATCHES = [1, 10, 50] as const;

export interface CollectorSpeed {
  /** Requests a second of an empty Worker. */
  empty: number;
  /** One event a request beside it: the ratio of two measurements that followed each other. */
  share: number;
  /** By events a request: requests a second. */
  requests: Record<(typeof BATCHES)[number], number>;
}

/** Networks from which the requests come, since each is let in only so often. */
const NETWORKS = 250;

/** The requests of browsers, `size` events each. */
function* postsOf(store: string, size: number, seed: number): Generator<Post, never> {
  let sent = 0;
  for (const events of livePieces(size, seed)) {
    const headers = { ...BROWSER_HEADERS, 'cf-connecting-ip': `198.51.100.${sent++ % NETWORKS}` };
    yield { path: '/v1/events', headers, body: JSON.stringify(bodyOf(store, events)) };
  }
  throw new Error('Shoppers never end.');
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

/** @throws when the collector does not accept every event of every answered request. */
export async function measureCollector(rounds: number, seconds: number): Promise<CollectorSpeed> {
  const data = temporaryFolder();
  const server = await serve(data);
  const empty = await startEmptyWorker(await freePorts());
  let seed = 0;
  try {
    const store = await makeStore(server);
    const speedOf = (url: string, size: number, length: number) => {
      const posts = postsOf(store, size, ++seed);
      const accepted = `"accepted":${size},`;
      return requestsPerSecond(
        url,
        length,
        () => posts.next().value,
        (answer) => {
          if (url === server.url && !answer.includes(accepted))
            throw new Error(`Not all of ${size} events were accepted: ${answer}`);
        },
      );
    };
    const targets = [{ url: empty.url, size: 1 }, ...BATCHES.map((size) => ({ url: server.url, size }))];
    for (const { url, size } of targets) await speedOf(url, size, WARM_UP);
    const speeds: number[][] = targets.map(() => []);
    for (let round = 0; round < rounds; round++)
      for (const [index, { url, size }] of targets.entries())
        speeds[index]?.push(await speedOf(url, size, seconds));
    const [nothing, one, ten, fifty] = speeds.map(median) as [number, number, number, number];
    const shares = speeds[1]?.map((speed, round) => speed / (speeds[0]?.[round] as number)) ?? [];
    return { empty: nothing, share: median(shares), requests: { 1: one, 10: ten, 50: fifty } };
  } finally {
    await Promise.allSettled([server.close(), empty.close()]);
    rmSync(data, { recursive: true, force: true });
  }
}
