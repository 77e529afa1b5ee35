// The line between a shop's pages and the Worker: real connections, and the faults that lines have.
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of a request with events: `drop` breaks it off before the Worker has it, `lose` breaks it off after the
 * Worker has answered, `hold` leaves it where it is for ever, a status answers in the Worker's place.
 */
export type Fault = 'drop' | 'lose' | 'hold' | { status: number; headers?: Record<string, string> };

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
const agent = new Agent({ keepAlive: true });

async function textOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Link {
  url = '';
  /** Milliseconds that each request takes to the Worker. */
  delay = 0;
  /** Asked for each request with events. */
  fault: (body: string) => Fault | undefined = () => undefined;
  /** What files of ours wait for before they are on their way. */
  files: Promise<unknown> | undefined;
  /** When each request with events came. */
  posts: number[] = [];
  /** How many of them met a fault. */
  faults = 0;
  readonly #to: URL;
  #server: Server | undefined;

  constructor(to: string) {
    this.#to = new URL(to);
  }

  /** Listens, on the port of last time. */
  async up(): Promise<this> {
    const port = this.url ? Number(new URL(this.url).port) : 0;
    const server = createServer((from, to) => {
      // Who breaks a request off has lost it.
      this.#pass(from, to).catch(() => from.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  /** Refuses connections and breaks off the present ones. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async #pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = await textOf(from);
    const isPost = from.method === 'POST';
    const fault = isPost ? this.fault(body.toString()) : undefined;
    if (isPost) this.posts.push(Date.now());
    else await this.files;
    if (fault) this.faults++;
    if (fault === 'hold') return;
    if (this.delay) await pause(this.delay);
    // Stricter than most lines, where what was sent arrives: who hangs up within the delay has not sent it.
    if (from.socket.destroyed) return;
    if (fault === 'drop') from.socket.destroy();
    else if (typeof fault === 'object')
      to.writeHead(fault.status, { ...CORS, ...fault.headers }).end('{"detail":"A fault."}');
    else await this.#forward(from, body, to, fault === 'lose');
  }

  async #forward(from: IncomingMessage, body: Buffer, to: ServerResponse, lose: boolean): Promise<void> {
    const { method, url: path } = from;
    const headers = { ...from.headers, host: this.#to.host };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { hostname: host, port } = this.#to;
      request({ agent, host, port, method, path, headers }, resolve).once('error', reject).end(body);
    });
    const text = await textOf(answer);
    if (lose) from.socket.destroy();
    else to.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
  }
}
