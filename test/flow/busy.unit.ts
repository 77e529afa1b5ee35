// While 500 events a second arrive, some of them late, days are sealed and questions asked: all right, none refused. At
// length only.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../sdk/event.ts';
import { call } from '../../worker/cli/operator.ts';
import { startServer } from '../../worker/cli/server.ts';
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import { dataFolder, freePorts } from './product.ts';

const EVENTS_A_SECOND = 500;
const EVENTS_A_REQUEST = 5;
const SECONDS = 5;
/** Each request is one visitor's visit: a landing, four more pages, and every fifth of them an order in the end. */
const REQUESTS = (EVENTS_A_SECOND * SECONDS) / EVENTS_A_REQUEST;
const PAGES = EVENTS_A_REQUEST - 1;
/** Days behind today on which visits lie, so that what is sealed is unsealed again and again. */
const DAYS_BACK = [0, 0, 1, 2, 3, 5];
const DAY = 86_400_000;
const ORIGIN = 'https://shop.example';
const SECRET = 'a secret of the tests, thirty-two characters or more';
const AGENT = 'Mozilla/5.0 Chrome/156.0.0.0';
const CHANNELS = [
  ['email', '?utm_source=letter&utm_medium=email'],
  ['paid_search', '?utm_source=google&utm_medium=cpc'],
  ['direct', ''],
] as const;

const data = dataFolder();
let server: Awaited<ReturnType<typeof startServer>>;
let store: string;
const target = () => ({ url: server.url, secret: SECRET });

beforeAll(async () => {
  server = await startServer({ port: await freePorts(), data, secret: SECRET });
  const wanted = { name: 'Busy', origins: [ORIGIN], timezone: 'UTC', currency: 'USD' };
  store = (await call<{ id: string }>(target(), 'POST', '/v1/stores', wanted)).id;
}, 60_000);

afterAll(async () => {
  await server.close();
  rmSync(data, { recursive: true, force: true });
});

const channelOf = (n: number) => CHANNELS[n % CHANNELS.length] as (typeof CHANNELS)[number];
const ordersIn = (n: number) => n % 5 === 0;

function bodyOf(n: number): string {
  const sent = Date.now();
  const start = sent - 60_000 - (DAYS_BACK[n % DAYS_BACK.length] as number) * DAY;
  const visit = `${start.toString(36)}v${n}`;
  const page = (place: number) => ({
    id: `${visit}.${place}`,
    type: 'visit',
    visit,
    at: start + place * 1000,
    url: `${ORIGIN}/p/${place}${place === 0 ? channelOf(n)[1] : ''}`,
  });
  const last = ordersIn(n)
    ? { ...page(PAGES), id: `order:${n}`, type: 'order', order: String(n), value: 10, currency: 'USD' }
    : { ...page(PAGES), type: 'inquiry', via: 'chat' };
  const events = [...Array.from({ length: PAGES }, (_, place) => page(place)), last];
  return JSON.stringify({ v: 1, store, visitor: `p${n}`, sent, events });
}

/** As the script does: what the server has no room for is sent again when it asks for it. */
const send = async (n: number): Promise<void> => {
  const response = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'user-agent': AGENT, 'content-type': 'text/plain' },
    body: bodyOf(n),
  });
  if (response.status === 503) {
    const seconds = Number(response.headers.get('retry-after')) * (1 + Math.random());
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return send(n);
  }
  const answer = (await response.json()) as Answer;
  if (answer.accepted !== EVENTS_A_REQUEST) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
};

const date = (back: number) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);
const ask = (parameters: Record<string, string>) =>
  call<MetricsAnswer>(
    target(),
    'GET',
    `/v1/metrics?${new URLSearchParams({ store, from: date(7), to: date(0), ...parameters })}`,
  );

/** What holds at any moment: rows add up, and nobody who was counted is lost again. */
function expectWhole({ totals, rows = [] }: MetricsAnswer, before: number): number {
  const sum = (field: 'visitors' | 'buyers' | 'pages' | 'orders') =>
    rows.reduce((all, row) => all + row.totals[field], 0);
  for (const field of ['visitors', 'buyers', 'pages', 'orders'] as const)
    expect([field, sum(field)]).toEqual([field, totals[field]]);
  expect(totals.pages).toBe(totals.visitors * PAGES);
  expect(totals.buyers + totals.consulting_visitors).toBe(totals.visitors);
  expect(totals.visitors).toBeGreaterThanOrEqual(before);
  return totals.visitors;
}

test(`${EVENTS_A_SECOND} events a second beside sealing and questions`, { timeout: 120_000 }, async () => {
  let sending = true;
  const began = performance.now();
  const sender = async () => {
    const pending: Promise<void>[] = [];
    for (let n = 0; n < REQUESTS; n++) {
      const due = began + (n * EVENTS_A_REQUEST * 1000) / EVENTS_A_SECOND;
      if (due > performance.now())
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      pending.push(send(n));
    }
    await Promise.all(pending);
    sending = false;
  };
  let questions = 0;
  const asker = async (parameters: Record<string, string>) => {
    for (let seen = 0; sending; questions++)
      seen = expectWhole(await ask({ by: 'channel', ...parameters }), seen);
  };
  let sealings = 0;
  const sealer = async () => {
    for (; sending; sealings++) await call(target(), 'POST', '/v1/operator/jobs');
  };
  await Promise.all([sender(), asker({}), asker({ scope: 'visit' }), sealer()]);
  // A slow machine answers some ten of these, a fast one fifty.
  expect(questions).toBeGreaterThan(4);
  // Each goes on as long as late events unseal days.
  expect(sealings).toBeGreaterThan(0);

  const numbers = Array.from({ length: REQUESTS }, (_, n) => n);
  const wanted = Object.fromEntries(
    CHANNELS.map(([channel]) => {
      const own = numbers.filter((n) => channelOf(n)[0] === channel);
      return [channel, [own.length, own.filter(ordersIn).length]];
    }),
  );
  const counted = async () => {
    const { rows = [] } = await ask({ by: 'channel' });
    return Object.fromEntries(rows.map(({ key, totals }) => [key, [totals.visitors, totals.orders]]));
  };
  expect(await counted()).toEqual(wanted);
  await call(target(), 'POST', '/v1/operator/jobs');
  expect(await counted()).toEqual(wanted);
});
