// What the export writes the import reads back: byte-identical tables, whatever the events and wherever it is cut.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { complete, LineIds, readLine, VisitPlan } from '../../worker/cli/lines.ts';
import { runs } from '../effort.ts';
import { act } from './acts.ts';
import { journeys } from './journeys.ts';
import {
  batch,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  keptEvents,
  ORIGIN,
  operator,
  pageView,
  post,
  sale,
  sealStore,
} from './shop.ts';
import { confirm, createSecret } from './signed/sender.ts';

/** The runtime warns of texts that do not call themselves text. */
const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer());

/** The whole of it, so many lines a request. */
async function exportAll(store: string, limit: number): Promise<string[]> {
  const lines: string[] = [];
  for (let cursor = ''; ; ) {
    const query = new URLSearchParams({ store, limit: String(limit), ...(cursor ? { cursor } : {}) });
    const response = await fetchWorker(`/v1/export?${query}`, { headers: operator() });
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const text = await textOf(response);
    if (text === '') return lines;
    expect(text.endsWith('\n')).toBe(true);
    const some = text.slice(0, -1).split('\n');
    expect(some.length).toBeLessThanOrEqual(limit);
    lines.push(...some);
    cursor = (JSON.parse(some.at(-1) as string) as { id: string }).id;
  }
}

/** As npm run import does it. */
async function importLines(store: string, lines: readonly string[]): Promise<void> {
  const read = lines.map((line) => readLine(line) ?? {});
  const [plan, ids] = [new VisitPlan(), new LineIds()];
  for (const line of read) plan.learn(line);
  const events = read.map((line) => complete(line, plan, ids));
  for (let n = 0; n < events.length; n += 2_000) {
    const answer = await importEvents(store, events.slice(n, n + 2_000));
    expect(answer.rejected).toEqual([]);
  }
}

async function expectSameTables(from: string, limit: number, timezone: string): Promise<string[]> {
  const to = await createStore({ timezone });
  const lines = await exportAll(from, limit);
  await importLines(to.id, lines);
  expect(await keptEvents(to.id)).toBe(await keptEvents(from));
  await Promise.all([sealStore(from), sealStore(to.id)]);
  expect(await derivedTables(to.id)).toBe(await derivedTables(from));
  return lines;
}

test('random shops come back the same, whole or in pieces', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(journeys, fc.integer({ min: 1, max: 30 }), async ({ timezone, events }, limit) => {
      const { id } = await createStore({ timezone });
      await importEvents(id, events);
      await expectSameTables(id, limit, timezone);
    }),
    { numRuns: runs(6, 25) },
  );
});

test('what browsers sent comes back with its origin, its items and its props', async () => {
  const { id } = await createStore();
  const long = `/${'a'.repeat(509)}/`;
  const sent = [
    pageView({ url: `${ORIGIN}/p/1?utm_source=letter&utm_medium=email&utm_term=t&utm_content=c&gclid=1` }),
    pageView({ id: 'visit1.b', url: `${ORIGIN}/?q=1`, referrer: 'https://www.baidu.com/' }),
    pageView({ id: 'visit1.c', url: `${ORIGIN}/#/cart` }),
    pageView({ id: 'visit1.d', url: `${ORIGIN}//odd/%E4%BA%A7/a%2Fb`, engaged: 1234.5 }),
    pageView({ id: 'visit1.e', url: `${ORIGIN}${long}.well-known` }),
    pageView({ id: 'visit1.f', type: 'engaged', engaged: 0 } as object),
    pageView({ id: 'visit1.g', type: 'inquiry', via: 'chat' } as object),
    pageView({ id: 'visit1.h', type: 'custom', name: '=quiz', props: { b: 1, a: 'x', '2': true } } as object),
    pageView({ id: 'visit1.i', type: 'cart', item: 'p', value: 0.1 + 0.2, currency: 'KWD' } as object),
    pageView({ id: 'visit1.j', type: 'product', value: 3 } as object),
    sale({ id: 'order:A-1', items: [{ item_id: 'p', quantity: 2, price: 4.5, other: 1 }], method: 'card' }),
    sale({ id: 'payment:A-1', type: 'payment', value: 1e10, currency: 'USD' }),
    sale({ id: 'order:J 2', order: 'J 2', value: 1205.4, currency: 'JPY' }),
    sale({ id: 'visit1.k', type: 'refund', value: 0.005 }),
  ];
  const answer = await (await post(batch(id, sent))).json();
  expect(answer).toMatchObject({ accepted: sent.length, rejected: [] });
  await importEvents(id, [
    { id: 'order:S', type: 'order', at: Date.now(), order: 'S', value: 3, currency: 'USD' },
  ]);
  const lines = (await expectSameTables(id, 4, 'UTC')).map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  const first = lines.find((line) => line.id === 'visit1.a');
  expect(first).toMatchObject({ type: 'visit', visit: 'visit1', visitor: 'visitor1', url: `${ORIGIN}/p/1` });
  expect(first?.origin).toMatchObject({
    source: 'google',
    medium: 'email',
    term: 't',
    content: 'c',
    click: 'gclid',
  });
  expect(lines.filter((line) => 'path' in line).map(({ id }) => id)).toEqual(['visit1.e']);
});

test('what a server confirmed and who is named for a day come back as they are', async () => {
  const { id } = await createStore();
  const unnamed = (fields: object) => ({ ...pageView(), visit: '-', ...fields });
  await post(batch(id, [unnamed({ id: '-.a' }), { ...unnamed({ id: '-.b' }), type: 'inquiry' }], '-'));
  await post(batch(id, [sale({ id: 'order:A-1' }), sale({ id: 'payment:A-1', type: 'payment' })]));
  const { secret } = await createSecret(id);
  const at = Date.now();
  const said = { order: 'A-1', at, currency: 'USD' };
  const seen = { visitor: 'ann', visit: 'w1' };
  const { accepted } = await confirm(id, secret, [
    { ...said, type: 'order', value: 5, ...seen },
    { ...said, type: 'payment', value: 4, method: 'card' },
    { ...said, type: 'refund', id: 'R-1', value: 1 },
    { type: 'inquiry', id: 'w1.i', at, via: 'phone', ...seen },
  ]);
  expect(accepted).toBe(4);
  const lines = await expectSameTables(id, 3, 'UTC');
  expect(lines).toHaveLength(8);
  expect(lines.filter((line) => /"id":"(\w+!:A-1|!):/.test(line))).toHaveLength(4);
});

test('an import of what is there changes nothing', async () => {
  const { id } = await createStore();
  await importEvents(id, [act('ann', 'visit', 0), act('ann', 'order', 1, { id: 'order:1' })]);
  const before = [await keptEvents(id), await derivedTables(id)];
  const lines = (await exportAll(id, 10)).map((line) => JSON.parse(line) as object);
  expect(await importEvents(id, lines)).toMatchObject({ accepted: 0, duplicate: 2, rejected: [] });
  expect([await keptEvents(id), await derivedTables(id)]).toEqual(before);
});

describe('a long export', () => {
  test('is read as it is taken, a row for each line', async () => {
    const { env } = await import('cloudflare:workers');
    const { id } = await createStore();
    const events = Array.from({ length: 2_500 }, (_, n) => act(`v${n}`, 'visit', n % 60));
    await importEvents(id, events);
    const read: number[] = [];
    const prepared = vi.spyOn(env.DB, 'prepare');
    const response = await fetchWorker(`/v1/export?store=${id}`, { headers: operator() });
    const before = prepared.mock.calls.filter(([text]) => /from events e/.test(text)).length;
    // No more than the stream's own head start.
    expect(before).toBeLessThanOrEqual(1);
    const lines = (await textOf(response)).trim().split('\n');
    const texts = prepared.mock.calls.map(([text]) => text).filter((text) => /from events e/.test(text));
    vi.restoreAllMocks();
    expect([lines.length, texts.length]).toEqual([2_500, 3]);
    const key = await env.DB.prepare('select key from stores where id = ?').bind(id).first<number>('key');
    for (const limit of [10, 1_000]) {
      const { meta } = await env.DB.prepare(texts[0] as string)
        .bind(key, '', limit)
        .run();
      read.push(meta.rows_read);
    }
    expect(read).toEqual([10, 1_000]);
  });

  test.each([
    ['limit', '0'],
    ['limit', '100001'],
    ['cursor', ''],
    ['cursor', 'x'.repeat(129)],
  ])('refuses %s=%s', async (parameter, value) => {
    const { id } = await createStore();
    const query = new URLSearchParams({ store: id, [parameter]: value });
    const response = await fetchWorker(`/v1/export?${query}`, { headers: operator() });
    expect([response.status, (await response.json<{ parameter: string }>()).parameter]).toEqual([
      422,
      parameter,
    ]);
  });
});
