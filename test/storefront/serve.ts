// Serves the demo shop from this folder and puts the collector's address and the store's id into its pages.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StorefrontOptions {
  /** TCP port on the loopback interface; 0 takes any free one. */
  port: number;
  /** Where Tundish answers, such as http://127.0.0.1:8787; only its origin is used. */
  tundishHost: string;
  /** The store's public id. */
  store: string;
}

export interface Storefront {
  /** The shop's origin, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

const CONTENT_TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
} as const;

/** The only paths that exist. A dot stands nowhere but before the ending, so no path leaves the folder. */
const SERVED = /^\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.(html|css|js|svg)$/;

const HTML_ESCAPES: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const escapeAttribute = (text: string): string =>
  text.replace(/[&"<>]/g, (sign) => HTML_ESCAPES[sign] ?? sign);

/** What a careful shop sends: scripts from itself and from Tundish, nothing inline. */
const contentSecurityPolicy = (tundish: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' ${tundish}`,
    `connect-src ${tundish}`,
    "img-src 'self' data:",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

/** Rejects with the server's own error when the port is taken, and with a TypeError when the host is no URL. */
export async function serveStorefront(options: StorefrontOptions): Promise<Storefront> {
  const tundish = new URL(options.tundishHost).origin;
  const fillIn = (page: string): string =>
    page
      .replaceAll('{{TUNDISH_HOST}}', () => escapeAttribute(tundish))
      .replaceAll('{{TUNDISH_STORE}}', () => escapeAttribute(options.store));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(tundish));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const asked = (request.url ?? '/').split('?', 1)[0];
    const path = asked === '/' || asked === undefined ? '/index.html' : asked;
    const ending = SERVED.exec(path)?.[1] as keyof typeof CONTENT_TYPES | undefined;
    const file =
      ending && (await readFile(new URL(`.${path}`, import.meta.url), 'utf8').catch(() => undefined));
    if (ending === undefined || file === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, { 'Content-Type': CONTENT_TYPES[ending] });
    response.end(request.method === 'HEAD' ? undefined : ending === 'html' ? fillIn(file) : file);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
