// A shop with a store of its own: its pages, its lines to the Worker, what was stored of it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { STUB } from '../../sdk/stub.ts';
import { call, type Target } from '../../worker/cli/operator.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { Link } from './link.ts';
import type { Stored } from './stored.ts';

/** What a purchase is worth, in minor units. */
export const VALUE = 4999;

/** An address of every shop that takes its time to answer, and how long in milliseconds. */
export const SLOW = '/slow';
const ANSWER = 3_000;

export const STUB_TAG = `<script>${STUB}</script>`;

/** The calls of a thank-you page. */
export const purchase = (order: string): string =>
  ['order', 'payment']
    .map((type) => `tundish('${type}',${JSON.stringify({ order, value: VALUE / 100, currency: 'USD' })});`)
    .join('');

/** The events of a purchase, as `events` names them. */
export const bought = (order: string): string[] => [`order ${order}`, `payment ${order}`];

/** Asks until it holds. @throws after a while, with what was asked for. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string | (() => string),
  ms = 60_000,
): Promise<void> {
  for (const end = Date.now() + ms; !(await holds()); await pause(25))
    if (Date.now() > end)
      throw new Error(`Not within ${ms / 1000} s: ${typeof what === 'string' ? what : what()}`);
}

/** Waits until every event of the page's shop has been acknowledged. */
export const acknowledged = (page: Page) =>
  page.waitForFunction('!Object.keys(localStorage).some((key) => /^tundish[:+]/.test(key))', undefined, {
    timeout: 60_000,
  });

/** Waits until the script is in the page. */
export const ready = (page: Page) => page.waitForFunction('window.tundish?.on');

/** What only one of two lists has, each as often as it has it more. */
function difference(sent: readonly string[], stored: readonly string[]): string {
  const rest = [...stored];
  const lost = sent.filter((event) => {
    const place = rest.indexOf(event);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
  const list = (events: string[]) => `${events.length} (${events.slice(0, 5).join(', ')})`;
  return `sent ${sent.length}, stored ${stored.length}; lost ${list(lost)}, too many ${list(rest)}`;
}

export class Place {
  url = '';
  headers: Record<string, string> = {};
  store = '';
  readonly #to: Target;
  readonly #stored: Stored;
  readonly #pages = new Map<string, { type: string; body: string }>();
  readonly #links: Link[] = [];
  #server: Server | undefined;

  constructor(to: Target, stored: Stored) {
    this.#to = to;
    this.#stored = stored;
  }

  async open(): Promise<this> {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://shop.test');
      const page = this.#pages.get(pathname);
      if (pathname === SLOW) setTimeout(() => response.end(), ANSWER);
      else if (!page) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': page.type, ...this.headers }).end(page.body);
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const made = { name: 'Proof', origins: [this.url], timezone: 'UTC', currency: 'USD' };
    this.store = (await call<{ id: string }>(this.#to, 'POST', '/v1/stores', made)).id;
    return this;
  }

  /** A line of its own to the Worker. */
  async link(delay = 0): Promise<Link> {
    const link = await new Link(this.#to.url).up();
    link.delay = delay;
    this.#links.push(link);
    return link;
  }

  /** Makes a page; `{tag}` in it stands for the script tag over this line. */
  page(path: string, link: Link, html: string, attributes = ''): void {
    const tag = `<script defer src="${link.url}/t.js" data-store="${this.store}" ${attributes}></script>`;
    const body = `<!doctype html><meta charset="utf-8"><title>Shop</title>${html.replaceAll('{tag}', tag)}`;
    this.#pages.set(path, { type: 'text/html; charset=utf-8', body });
  }

  script(path: string, body: string): void {
    this.#pages.set(path, { type: 'text/javascript', body });
  }

  stored = (): string[] => this.#stored.events(this.store);
  times = (): number[] => this.#stored.times(this.store);

  /** Waits until as much is stored as was sent. */
  async arrived(sent: readonly string[], ms = 60_000): Promise<void> {
    const all = () => this.stored().length >= sent.length;
    await until(all, () => difference(sent, this.stored()), ms);
  }

  /** @throws when what is stored is not exactly what was sent. */
  same(sent: readonly string[]): void {
    const stored = this.stored();
    if ([...sent].sort().join('\n') !== stored.join('\n')) throw new Error(difference(sent, stored));
  }

  async totals(): Promise<MetricsAnswer['totals']> {
    const day = new Date().toISOString().slice(0, 10);
    const { secret } = await call<{ secret: string }>(this.#to, 'POST', '/v1/tokens', {
      store: this.store,
      name: 'proof',
    });
    const { totals } = await call<MetricsAnswer>(
      { url: this.#to.url, secret },
      'GET',
      `/v1/metrics?store=${this.store}&from=${day}&to=${day}`,
    );
    return totals;
  }

  /** Has the shop's server say that an order was placed and paid. */
  async confirm(order: string): Promise<void> {
    const asked = { store: this.store, name: 'server', scopes: ['write'] };
    const { secret } = await call<{ secret: string }>(this.#to, 'POST', '/v1/tokens', asked);
    const sale = { order, at: Date.now(), value: VALUE / 100, currency: 'USD' };
    const events = ['order', 'payment'].map((type) => ({ type, ...sale }));
    await call({ url: this.#to.url, secret }, 'POST', '/v1/server/events', {
      v: 1,
      store: this.store,
      events,
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#links.map((link) => link.down()));
    const server = this.#server;
    await new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
