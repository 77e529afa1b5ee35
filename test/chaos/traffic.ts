// Requests at a pace that does not wait for answers, as shoppers do not; timed from when each was due.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSER_HEADERS, bodyOf, livePieces } from '../bench/live.ts';

/**
 * Events of one request, each as likely: a page's view with what is done on it. Mean 4; an outbox that has waited sends
 * up to 50.
 */
const SIZES = [1, 2, 3, 4, 5, 6, 7];
export const EVENTS_A_REQUEST = SIZES.reduce((sum, size) => sum + size, 0) / SIZES.length;

/** Connections at most; who comes when all are in use waits, and that counts. */
const CONNECTIONS = 400;

/** Milliseconds after which nobody waits for an answer any more. */
const PATIENCE = 60_000;

export interface Tally {
  requests: number;
  events: number;
  /** Answers by status; 0 stands for none. */
  statuses: Map<number, number>;
  /** Milliseconds from when a request was due to its answer, those of status 200. */
  latencies: number[];
  /** What answers of status 200 say of their events. */
  accepted: number;
}

/** Shoppers come from many networks, each of which is allowed so much; this one machine stands for a thousand. */
const networkOf = (n: number): string => `198.18.${Math.floor(n / 250) % 4}.${n % 250}`;

const send = (
  agent: Agent,
  url: string,
  body: string,
  ip: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve) => {
    const failed = () => resolve({ status: 0, text: '' });
    const headers = {
      ...BROWSER_HEADERS,
      'content-length': Buffer.byteLength(body),
      'cf-connecting-ip': ip,
    };
    const sent = request(
      `${url}/v1/events`,
      { method: 'POST', agent, headers, timeout: PATIENCE },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', failed);
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', failed);
    sent.end(body);
  });

/** Bodies of requests, each of some shopper of the store's. */
function* bodiesOf(store: string, seed: number): Generator<string, never> {
  const pieces = SIZES.map((size) => livePieces(size, seed * 100 + size));
  for (let n = 0; ; n++) {
    const next = pieces[(n * 5 + seed) % pieces.length] as (typeof pieces)[number];
    yield JSON.stringify(bodyOf(store, next.next().value));
  }
}

let seeds = 0;

/** Sends `pace` events a second for some seconds, and waits for the last answer. */
export async function traffic(url: string, store: string, pace: number, seconds: number): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const bodies = bodiesOf(store, ++seeds);
  const tally: Tally = { requests: 0, events: 0, statuses: new Map(), latencies: [], accepted: 0 };
  const running = new Set<Promise<void>>();
  const began = performance.now();
  try {
    const gap = (1000 * EVENTS_A_REQUEST) / pace;
    for (let n = 0; n * gap < seconds * 1000; n++) {
      const due = began + n * gap;
      const wait = due - performance.now();
      if (wait > 1) await pause(wait);
      const body = bodies.next().value;
      tally.requests++;
      const one = send(agent, url, body, networkOf(n)).then(({ status, text }) => {
        tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
        running.delete(one);
        if (status !== 200) return;
        tally.latencies.push(performance.now() - due);
        tally.accepted += Number(/"accepted":(\d+)/.exec(text)?.[1]);
      });
      running.add(one);
      tally.events += JSON.parse(body).events.length;
    }
    await Promise.all(running);
  } finally {
    agent.destroy();
  }
  return tally;
}

/** The latency that so much of all stays under; NaN where nothing was answered. */
export const quantile = (latencies: readonly number[], share: number): number =>
  latencies.toSorted((a, b) => a - b)[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ??
  Number.NaN;
