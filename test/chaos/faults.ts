// A client that repeats as the SDK does, over a database that fails by seed: what was sent is what is stored.
import type { D1Database } from '@cloudflare/workers-types';
import type { Answer } from '../../sdk/event.ts';
import { oneOf, type Random, randomOf } from '../../worker/cli/seeded.ts';
import type { Env } from '../../worker/env.ts';
import worker from '../../worker/index.ts';
import { type Fault, faulty, LASTING_ERRORS, PASSING_ERRORS } from './database.ts';

export const SHOP = 'https://shop.example';
const HOST = 'https://tundish.example';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';

/** Requests of one seed, and calls of the database that go wrong for one of them at most. */
const REQUESTS = 6;
const FAULTS = 4;
/** Times that the client may have to send one request until it is answered for good. */
export const ATTEMPTS = 5;
/** Milliseconds that a call of the database stalls; the client has given up by then, and sends again. */
const STALL = 40;

export interface Outcome {
  sent: number;
  /** By the answers: received = accepted + duplicate + rejected. */
  received: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  faults: number;
  /** The most that any request has taken. */
  attempts: number;
  /** Ids that must be stored, each once. */
  ids: string[];
}

function faultOf(random: Random): Fault {
  if (random() < 0.2) return { stall: STALL };
  return { commits: random() < 0.5, error: oneOf(random, [...PASSING_ERRORS, ...LASTING_ERRORS]) };
}

/** Events of one request: views, and sometimes a sale, an event that was sent before, or one that is no event. */
function eventsOf(random: Random, request: number, before: readonly object[]): object[] {
  const now = Date.now();
  const visit = `v${Math.floor(request / 2)}`;
  const page = (n: number) => ({
    id: `${visit}.${request}${n}`,
    type: 'visit',
    visit,
    at: now - 1000 + n,
    url: `${SHOP}/p/${n}`,
  });
  const events: object[] = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, n) => page(n));
  const order = { order: `A-${request}`, value: 49.99, currency: 'USD' };
  if (random() < 0.5)
    for (const type of ['order', 'payment'])
      events.push({ ...page(5), id: `${type}:${order.order}`, type, ...order });
  const again = before[0];
  if (again && random() < 0.4) events.push(again);
  if (random() < 0.3) events.splice(1, 0, { ...page(6), type: 'visit', url: 'nowhere', id: 'poison' });
  return events;
}

/**
 * One seed over a store of its own; `waitUntil` gets what the Worker does after its answers.
 * @throws where a request takes too many attempts, or is answered before it is stored.
 */
export async function runSeed(
  seed: number,
  env: Env,
  store: string,
  waitUntil: (work: Promise<unknown>) => void = () => {},
): Promise<Outcome> {
  const random = randomOf(seed);
  const total = { sent: 0, received: 0, accepted: 0, duplicate: 0, rejected: 0, faults: 0, attempts: 0 };
  const ids = new Set<string>();
  let planned: (Fault | null)[] = [];
  let giveUp = () => {};
  const database = faulty(env.DB, () => {
    const fault = planned.shift() ?? null;
    if (fault) total.faults++;
    if (fault && 'stall' in fault) giveUp();
    return fault;
  });
  const running: Promise<unknown>[] = [];
  const context = { waitUntil, passThroughOnException() {} };

  const ask = async (events: readonly object[]): Promise<Response | null> => {
    const request = new Request(`${HOST}/v1/events`, {
      method: 'POST',
      headers: { origin: SHOP, 'user-agent': CHROME, 'content-type': 'text/plain' },
      body: JSON.stringify({ v: 1, store, visitor: `p${seed}`, sent: Date.now(), events }),
    });
    const answer = Promise.resolve(worker.fetch(request, { ...env, DB: database }, context as never));
    running.push(answer);
    const givenUp = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
    });
    return Promise.race([answer, givenUp]);
  };

  let before: object[] = [];
  for (let request = 0; request < REQUESTS; request++) {
    const events = eventsOf(random, request, before);
    // Between two faults calls may go well: what should have been one transaction would be torn apart.
    planned = Array.from({ length: Math.floor(random() * (FAULTS + 1)) }, () =>
      random() < 0.4 ? [null, faultOf(random)] : [faultOf(random)],
    ).flat();
    total.sent += events.length;
    for (let attempt = 1; ; attempt++) {
      total.attempts = Math.max(total.attempts, attempt);
      if (attempt > ATTEMPTS) throw new Error(`Seed ${seed}: no answer after ${ATTEMPTS} attempts.`);
      const answer = await ask(events);
      if (!answer) continue;
      if (answer.status === 503) {
        if (!Number(answer.headers.get('retry-after'))) throw new Error(`Seed ${seed}: 503 without an end.`);
        await answer.text();
        continue;
      }
      if (answer.status !== 200) throw new Error(`Seed ${seed}: ${answer.status} ${await answer.text()}`);
      const { accepted, duplicate, rejected } = (await answer.json()) as Answer;
      const refused = new Set(rejected.map(({ id }) => id));
      const kept = events.map((event) => (event as { id: string }).id).filter((id) => !refused.has(id));
      const missing = await unstored(env.DB, store, kept);
      if (missing.length > 0) throw new Error(`Seed ${seed}: ${missing} acknowledged and not stored.`);
      for (const id of kept) ids.add(id);
      total.received += events.length;
      total.accepted += accepted;
      total.duplicate += duplicate;
      total.rejected += rejected.length;
      break;
    }
    planned = [];
    before = events;
    // What the client has given up may still be on its way, and must do no harm.
    await Promise.allSettled(running);
  }
  return { ...total, ids: [...ids].sort() };
}

async function unstored(database: D1Database, store: string, ids: readonly string[]): Promise<string[]> {
  const { results } = await database
    .prepare(
      `select value as id from json_each(?2)
       where value not in (select id from events where store = (select key from stores where id = ?1))`,
    )
    .bind(store, JSON.stringify(ids))
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}
