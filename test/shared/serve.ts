// What the files of a run share, because it takes seconds to start: browsers, a product, and the data of a first start.
// Vitest's global setup: it makes each when a file first asks for it, and ends it with the run.
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserServer } from 'playwright-core';
import { serveBrowser, serveEngine } from '../browser/chromium.ts';
import { dataFolder, discard, type Product, startProduct } from '../flow/product.ts';
import { PLACE, type Shared } from './ask.ts';

const ends: (() => Promise<unknown>)[] = [];

async function endpointOf(starting: Promise<BrowserServer>): Promise<string> {
  const server = await starting;
  ends.push(() => server.close());
  return server.wsEndpoint();
}

async function prepare(): Promise<Shared['prepared']> {
  const data = dataFolder();
  ends.push(async () => rmSync(data, { recursive: true, force: true }));
  const product = await startProduct({ data });
  await product.stop();
  return { data, output: product.output() };
}

async function start(): Promise<Shared['product']> {
  const product: Product = await startProduct();
  ends.push(() => discard(product));
  return { url: product.url, data: product.data };
}

const makers: { [Name in keyof Shared]: () => Promise<Shared[Name]> } = {
  engine: () => endpointOf(serveEngine()),
  browser: () => endpointOf(serveBrowser()),
  prepared: prepare,
  product: start,
};

export async function setup(): Promise<() => Promise<void>> {
  const made = new Map<string, Promise<unknown>>();
  const server = createServer(async ({ url = '' }, response) => {
    const name = url.slice(1) as keyof Shared;
    try {
      if (!made.has(name)) made.set(name, makers[name]());
      response.end(JSON.stringify(await made.get(name)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env[PLACE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    server.close();
    for (const end of ends.reverse()) await end();
  };
}
