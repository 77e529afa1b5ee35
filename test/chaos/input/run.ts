// Bad bodies at every endpoint that takes one: no error of the server's, nothing stored, one reason each.
import { Agent, request } from 'node:http';
import { EVENT_REASONS } from '../../../sdk/event.ts';
import { PROBLEM_CODES } from '../../../worker/api/problems.ts';
import { type Random, randomOf } from '../../../worker/cli/seeded.ts';
import { Ledger } from '../ledger.ts';
import { withVictim } from '../victim.ts';
import { BODIES } from './bodies.ts';
import { type Endpoint, endpoints, type Keys } from './endpoints.ts';
import { mutated } from './mutate.ts';
import { furnish } from './stand.ts';

/** Requests with mutated bodies on their way at once. */
const TOGETHER = 24;
/** Requests a minute that a person's own session may make, and some to spare. */
const PERSONAL = 400;

export interface Input {
  endpoints: number;
  /** Different named bodies, and how often one was sent. */
  bodies: number;
  named: number;
  mutations: number;
  refused: number;
  /** What is wrong with an answer, or with what an endpoint has stored. */
  faults: string[];
}

interface Answer {
  status: number;
  text: string;
}

const text = (body: Buffer) => body.subarray(0, 120).toString('latin1');

function send(agent: Agent, url: string, { method, path, headers }: Endpoint, body: Buffer, keys: Keys) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(
      url + path,
      { method, agent, headers: { ...headers(body, keys), 'content-length': body.length } },
      (answer) => {
        let read = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => {
          read += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: read }));
        answer.on('error', reject);
      },
    );
    // An answer may come before all is sent, and then the line is cut.
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What is wrong with an answer, if anything; and how many events it says are accepted. */
function judge({ status, text: answer }: Answer): { fault?: string; accepted: number; refused: boolean } {
  if (status >= 500) return { fault: `${status} ${answer}`, accepted: 0, refused: false };
  if (status === 204) return { accepted: 0, refused: false };
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(answer);
  } catch {
    return { fault: `${status}, and no JSON: ${answer.slice(0, 200)}`, accepted: 0, refused: false };
  }
  if (status >= 400) {
    const known = (PROBLEM_CODES as readonly unknown[]).includes(read.code);
    const told = known && typeof read.detail === 'string' && read.detail.length > 8 && read.status === status;
    return told
      ? { accepted: 0, refused: true }
      : { fault: `${status} without its reason: ${answer.slice(0, 200)}`, accepted: 0, refused: true };
  }
  const rejected = (Array.isArray(read?.rejected) ? read.rejected : []) as { reason: string }[];
  const unknown = rejected.find(({ reason }) => !(reason in EVENT_REASONS));
  return {
    ...(unknown ? { fault: `An unknown reason: ${unknown.reason}` } : {}),
    accepted: Number(read?.accepted) || 0,
    // Of a batch nothing may be good, each event with its own reason.
    refused: read?.accepted === 0 && (rejected.length > 0 || Boolean(read.ignored)),
  };
}

/** Rows that the database has more, beside what `accepted` explains; refused requests leave none. */
const differences = (before: Record<string, number>, after: Record<string, number>): string =>
  Object.entries(after)
    .filter(([table, rows]) => rows !== before[table])
    .map(([table, rows]) => `${table}: ${before[table]} → ${rows}`)
    .join(', ');

class Trial {
  readonly input: Input = { endpoints: 0, bodies: 0, named: 0, mutations: 0, refused: 0, faults: [] };
  readonly #ledger: Ledger;
  readonly #ask: (endpoint: Endpoint, body: Buffer) => Promise<Answer>;
  #version = Number.NaN;
  #counts: Record<string, number> = {};

  constructor(ledger: Ledger, ask: (endpoint: Endpoint, body: Buffer) => Promise<Answer>) {
    this.#ledger = ledger;
    this.#ask = ask;
    this.#look();
  }

  #look(): string {
    const version = this.#ledger.version();
    if (version === this.#version) return '';
    const before = this.#counts;
    this.#version = version;
    this.#counts = this.#ledger.counts();
    return differences(before, this.#counts);
  }

  /** Sends some bodies at once, and looks what they have left. */
  async send(
    endpoint: Endpoint,
    bodies: readonly [name: string, body: Buffer][],
    must: boolean,
  ): Promise<void> {
    const eventsBefore = this.#counts.events ?? 0;
    const verdicts = await Promise.all(
      bodies.map(async ([name, body]) => {
        const verdict = judge(
          await this.#ask(endpoint, body).catch((error) => ({ status: 599, text: String(error) })),
        );
        const fault = verdict.fault ?? (must && !verdict.refused ? 'It was taken.' : '');
        if (fault) this.input.faults.push(`${endpoint.name}, ${name} (${text(body)}): ${fault}`);
        if (verdict.refused) this.input.refused++;
        return verdict;
      }),
    );
    const left = this.#look();
    const accepted = verdicts.reduce((sum, verdict) => sum + verdict.accepted, 0);
    const names = bodies.length === 1 ? bodies[0]?.[0] : `${bodies.length} bodies`;
    if (left && verdicts.every(({ refused }) => refused))
      this.input.faults.push(`${endpoint.name}, ${names}: all refused, yet ${left}`);
    const more = (this.#counts.events ?? 0) - eventsBefore;
    if (more !== accepted)
      this.input.faults.push(`${endpoint.name}, ${names}: ${more} events more, and ${accepted} accepted`);
  }
}

function* mutations(random: Random, valid: string, count: number): Generator<[string, Buffer][]> {
  for (let made = 0; made < count; made += TOGETHER)
    yield Array.from({ length: Math.min(TOGETHER, count - made) }, (_, n) => [
      `mutation ${made + n}`,
      mutated(random, valid),
    ]);
}

export interface Plan {
  /** Of the named bodies one in so many at each endpoint, others at the next; all where they are events. */
  every: number;
  /** Mutations at each endpoint. */
  mutations: number;
}

/** Named bodies and mutations at each endpoint; `only` takes those with it in their name. */
export const runInput = (
  { every, mutations: count }: Plan,
  say: (step: string) => void,
  only = '',
): Promise<Input> =>
  withVictim(async (victim) => {
    const keys = await furnish(victim);
    const ledger = new Ledger(victim.data);
    const agent = new Agent({ keepAlive: true });
    try {
      const trial = new Trial(ledger, (endpoint, body) => send(agent, victim.url, endpoint, body, keys));
      const { input } = trial;
      const seen = new Set<string>();
      for (const [place, endpoint] of endpoints().entries()) {
        if (!endpoint.name.includes(only)) continue;
        input.endpoints++;
        for (const [index, [name, make]] of BODIES.entries()) {
          if (!endpoint.events && (index + place) % every !== 0) continue;
          await trial.send(endpoint, [[name, Buffer.from(make(endpoint.valid))]], true);
          input.named++;
          input.bodies = seen.add(name).size;
        }
        const personal = 'cookie' in endpoint.headers(Buffer.alloc(0), keys);
        const most = personal ? Math.min(count, PERSONAL) : count;
        for (const bodies of mutations(randomOf(place + 1), endpoint.valid, most)) {
          await trial.send(endpoint, bodies, false);
          input.mutations += bodies.length;
        }
        say(`${endpoint.name}: ${input.named + input.mutations} sent, ${input.refused} refused`);
      }
      return input;
    } finally {
      agent.destroy();
      ledger.close();
    }
  });
