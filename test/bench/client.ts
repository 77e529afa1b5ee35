// A small HTTP client that keeps its connections: one request on each at a time, and little work between two.
import { connect, type Socket } from 'node:net';

/** Connections at once, as many shoppers with a request on its way. */
const CONNECTIONS = 24;
const SECOND = 1000;

export interface Post {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Ends the body of an answer that does not say its length. */
const LAST_CHUNK = '\r\n0\r\n\r\n';

/** Where the answer that begins `text` ends, or -1 while it is incomplete. */
function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head));
  if (!length) {
    const last = text.indexOf(LAST_CHUNK, head);
    return last < 0 ? -1 : last + LAST_CHUNK.length;
  }
  const end = head + 4 + Number(length[1]);
  return text.length >= end ? end : -1;
}

class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #received = '';
  #answered: (answer: string) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  constructor(url: URL) {
    this.#host = url.host;
    this.#socket = connect({ host: '127.0.0.1', port: Number(url.port), noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => {
      this.#received += text;
      const end = endOf(this.#received);
      if (end < 0) return;
      const answer = this.#received.slice(0, end);
      this.#received = this.#received.slice(end);
      this.#answered(answer);
    });
    this.#socket.on('error', (error) => this.#failed(error));
    this.#socket.on('close', () => this.#failed(new Error('The server closed the connection.')));
  }

  send({ path, headers, body }: Post): Promise<string> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

/**
 * Sends one request after the other on every connection for some seconds.
 * @returns requests answered a second; `heard` gets each answer, head and body.
 * @throws when an answer is not 200.
 */
export async function requestsPerSecond(
  url: string,
  seconds: number,
  next: () => Post,
  heard: (answer: string) => void = () => undefined,
): Promise<number> {
  const connections = Array.from({ length: CONNECTIONS }, () => new Connection(new URL(url)));
  let answers = 0;
  const began = performance.now();
  const until = began + seconds * SECOND;
  try {
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < until) {
          const answer = await connection.send(next());
          if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`The server answered: ${answer}`);
          answers++;
          heard(answer);
        }
      }),
    );
  } finally {
    for (const connection of connections) connection.close();
  }
  return answers / ((performance.now() - began) / SECOND);
}
