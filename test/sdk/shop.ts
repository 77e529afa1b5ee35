// A shop and a collector on two origins: real servers, the collector's faults on request.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Batch, Rejection, WireEvent } from '../../sdk/event.ts';
import { FILES, type FileName } from '../../sdk/files.ts';
import { STUB as STUB_TEXT } from '../../sdk/stub.ts';
import { buildFile } from './built.ts';

/** What the collector does with the next requests: an answer, silence, or nothing at all. */
export type Fault = { status: number; headers?: Record<string, string>; body?: string } | 'drop' | undefined;

export interface Received {
  batch: Batch;
  headers: IncomingMessage['headers'];
  bytes: number;
  at: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function listen(listener: RequestListener): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(listener);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

/** A body that was cut short, because its page was left, counts as lost. */
function whole(body: string): Batch | undefined {
  try {
    return JSON.parse(body) as Batch;
  } catch {
    return undefined;
  }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The collector by its contract: it deduplicates by id and answers with what became of each event. */
export class Collector {
  /** Every request that arrived whole, refused ones included. */
  requests: Received[] = [];
  /** Acknowledged events, each once. */
  events: WireEvent[] = [];
  /** Requests that arrived and were answered by the fault. */
  refused = 0;
  methods: string[] = [];
  fault: Fault;
  delay = 0;
  /** The most events that it takes at once. */
  most = 50;
  /** The most bytes of one event. */
  bytes = 500_000;
  reject: (event: WireEvent) => Rejection['reason'] | undefined = () => undefined;
  url = '';
  #server: Server | undefined;

  async start(): Promise<this> {
    await buildFile('t.js');
    await this.up();
    return this;
  }

  /** Listens, on the port of last time. */
  async up(): Promise<void> {
    const port = this.url ? Number(new URL(this.url).port) : 0;
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${portOf(server)}`;
  }

  async down(): Promise<void> {
    if (this.#server) await close(this.#server);
    this.#server = undefined;
  }

  types(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** Waits until the acknowledged events say so, and then a little for what should not come. */
  async until(holds: (events: WireEvent[]) => boolean, quiet = 300): Promise<WireEvent[]> {
    const end = Date.now() + 20_000;
    while (!holds(this.events)) {
      if (Date.now() > end) throw new Error(`Never came to hold: ${this.types().join()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, quiet));
    return this.events;
  }

  async #answer(request: IncomingMessage, response: Parameters<RequestListener>[1]): Promise<void> {
    const body = await bodyOf(request).catch(() => undefined);
    if (body === undefined) return;
    const name = request.url?.slice(1) ?? '';
    if (name in FILES || name === 'npm.js') {
      const file = await buildFile(name === 'npm.js' ? 'npm' : (name as FileName));
      response.writeHead(200, { ...CORS, 'content-type': 'text/javascript' }).end(file);
      return;
    }
    this.methods.push(`${request.method} ${request.url}`);
    if (this.delay) await new Promise((resolve) => setTimeout(resolve, this.delay));
    // Who hung up has no answer, and a Worker may end with the connection: it counts as lost.
    if (request.socket.destroyed) return;
    const { fault } = this;
    if (fault === 'drop') {
      this.refused++;
      request.socket.destroy();
      return;
    }
    if (fault) {
      this.refused++;
      response
        .writeHead(fault.status, { ...CORS, ...fault.headers })
        .end(fault.body ?? '{"detail":"A fault."}');
      return;
    }
    const batch = whole(body);
    if (!batch) return;
    this.requests.push({ batch, headers: request.headers, bytes: Buffer.byteLength(body), at: Date.now() });
    // One event may be larger than a batch.
    const limit = batch.events.length > 1 ? 60_000 : this.bytes;
    if (batch.events.length > this.most || Buffer.byteLength(body) > limit) {
      response.writeHead(413, CORS).end('{"detail":"Too much."}');
      return;
    }
    const answer: Answer = { accepted: 0, duplicate: 0, rejected: [] };
    for (const event of batch.events) {
      const reason = this.reject(event);
      if (reason) answer.rejected.push({ id: event.id, reason });
      else if (this.events.some(({ id }) => id === event.id)) answer.duplicate++;
      else {
        answer.accepted++;
        this.events.push(event);
      }
    }
    response.writeHead(200, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
}

/** The stub of the README: calls made before the script has come are kept. */
export const STUB = `<script>${STUB_TEXT}</script>`;

/** The shop's pages by path. `{tag}` stands for the script tag, `{t.NAME.js}` for a tag of a file beside it. */
export class Shop {
  url = '';
  pages: Record<string, string> = {};
  headers: Record<string, string> = {};
  /** Further attributes of the tag. */
  attributes = '';
  #server: Server | undefined;

  async start(collector: Collector): Promise<this> {
    this.#server = await listen((request, response) => {
      const path = new URL(request.url ?? '/', 'http://shop.test').pathname;
      const tag = `<script defer src="${collector.url}/t.js" data-store="st_test" ${this.attributes}></script>`;
      const page = this.pages[path] ?? '{tag}<h1>Shop</h1>';
      const filled = page
        .replaceAll('{tag}', tag)
        .replace(/\{(t\.\w+\.js)\}/g, `<script defer src="${collector.url}/$1"></script>`)
        .replaceAll('{collector}', collector.url);
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...this.headers })
        .end(`<!doctype html><title>Shop</title>${filled}`);
    });
    this.url = `http://127.0.0.1:${portOf(this.#server)}`;
    return this;
  }

  /** The shop under a name that browsers do not trust without https. */
  get insecure(): string {
    return this.url.replace('127.0.0.1', 'shop.test');
  }

  async stop(): Promise<void> {
    if (this.#server) await close(this.#server);
  }
}
