// Rows and round trips are exact here too: what a page view may cost is a test, not a benchmark.
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { stamp } from '../../worker/collect/stamp.ts';
import { GROUPINGS } from '../../worker/metrics/question.ts';
import { append } from '../../worker/store/append.ts';
import { findSettings } from '../../worker/store/stores.ts';
import { some } from '../effort.ts';
import {
  ask,
  batch,
  createStore,
  funnelVisitors,
  importEvents,
  metrics,
  ORIGIN,
  pagesSeen,
  pageView,
  post,
  ROWS_PER_PAGE,
  sale,
  sealStore,
} from './shop.ts';
import { confirm, createSecret } from './signed/sender.ts';

/** Of the rows that a page view may write in all, what sealing its day is left. */
const SEALING = 0.2;

test(`three pages a visit write at most ${ROWS_PER_PAGE} rows a page, sealing to come`, async () => {
  const { id } = await createStore();
  const store = await findSettings(env, id, Date.now());
  if (!store) throw new Error('The store was just made.');
  let rows = 0;
  let pages = 0;
  for (let n = 0; n < 50; n++)
    for (let page = 0; page < 3; page++) {
      const at = Date.UTC(2026, 4, 10) + n * 60_000 + page * 1000;
      const visit = `visit${n}`;
      const event = stamp(
        {
          id: `${visit}.${page}`,
          type: 'visit',
          visit,
          at,
          url: `${ORIGIN}/${page}`,
          referrer: undefined,
          engaged: 900,
        },
        at,
        store,
        { visitor: `visitor${n}`, device: 'desktop', country: 'DE', userAgent: null },
      );
      rows += (await append(env, store, [event])).rowsWritten;
      pages++;
    }
  expect(rows / pages).toBeGreaterThan(1);
  expect(rows / pages + SEALING).toBeLessThanOrEqual(ROWS_PER_PAGE);
});

test('an accepted request is one round trip to the database', async () => {
  const store = await createStore();
  await post(batch(store.id, [pageView()]));
  const batches = vi.spyOn(env.DB, 'batch');
  const statements = vi.spyOn(env.DB, 'prepare');
  const response = await post(batch(store.id, [pageView({ id: 'visit1.b' })]));
  expect(await response.json()).toMatchObject({ accepted: 1 });
  expect(batches).toHaveBeenCalledTimes(1);
  expect(statements).toHaveBeenCalledTimes(2);
  vi.restoreAllMocks();
});

test('a signed call is one round trip more, for its secrets', async () => {
  const { id } = await createStore();
  const { secret } = await createSecret(id);
  await confirm(id, secret, [sale({ at: Date.now() })]);
  const batches = vi.spyOn(env.DB, 'batch');
  const statements = vi.spyOn(env.DB, 'prepare');
  const answer = await confirm(id, secret, [sale({ at: Date.now(), order: 'A-2', type: 'payment' })]);
  expect(answer).toMatchObject({ accepted: 1, confirmed: [{ attributed: false }] });
  expect(batches).toHaveBeenCalledTimes(1);
  // One insert, orders, refunds, what was claimed, what stands; and before them the secrets.
  expect(statements).toHaveBeenCalledTimes(6);
  vi.restoreAllMocks();
});

test('a visitor with 3,000 visits costs rows by their number, not by its square', async () => {
  const store = await createStore();
  const start = Date.UTC(2026, 4, 10);
  const events = Array.from({ length: 3_000 }, (_, n) => ({
    ...pageView({ id: `w${n}.a`, visit: `w${n}`, at: start + n * 1000 }),
    visitor: 'busy',
  }));
  await importEvents(store.id, events);
  const read: number[] = [];
  const original = env.DB.batch.bind(env.DB);
  vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
    const results = await original(statements);
    read.push(...results.map(({ meta }) => meta.rows_read));
    return results as never;
  });
  for (const scope of ['visitor', 'visit'])
    await metrics(store.id, { from: '2026-05-10', to: '2026-05-10', by: 'channel', scope });
  vi.restoreAllMocks();
  expect(read.length).toBe(6);
  expect(Math.max(...read)).toBeLessThan(30 * events.length);
});

describe('no question and no request reads a table from end to end', () => {
  /** The texts of the statements that something runs. */
  async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
    const prepared = vi.spyOn(env.DB, 'prepare');
    const texts: string[] = [];
    try {
      await run();
      texts.push(...prepared.mock.calls.map(([text]) => text));
    } finally {
      prepared.mockRestore();
    }
    return texts;
  }

  async function plan(text: string): Promise<string[]> {
    const numbered = [...text.matchAll(/\?(\d+)/g)].map(([, n]) => Number(n));
    const count = numbered.length > 0 ? Math.max(...numbered) : (text.match(/\?/g) ?? []).length;
    const values = Array.from({ length: count }, () => 0);
    const { results } = await env.DB.prepare(`explain query plan ${text}`)
      .bind(...values)
      .all<{ detail: string }>();
    return results.map(({ detail }) => detail);
  }

  const tables = 'e|events|v|visits|orders|refunds|sealed';
  /** A whole table, or all that a store has in it. */
  const whole = new RegExp(
    `^(SCAN (${tables})\\b|SEARCH (${tables}) USING [A-Z ]*(INDEX \\w+ |KEY )\\(store=\\?\\))`,
  );

  test('the pattern sees what it is for', async () => {
    expect((await plan('select * from events where store = ?')).some((step) => whole.test(step))).toBe(true);
    expect((await plan('select * from events')).some((step) => whole.test(step))).toBe(true);
    expect(
      (await plan('select * from events where store = ? and id = ?')).some((step) => whole.test(step)),
    ).toBe(false);
  });

  const FILTERS = ['', 'channel', 'entry'];
  /** Every way to ask: what takes sealed days and live ones, what counts a period, and what counts hours. */
  const asked = ['visitor', 'visit'].flatMap((scope, s) =>
    ['order', 'payment'].flatMap((money, m) =>
      ['', ...GROUPINGS].flatMap((by, b) =>
        some([FILTERS[(s + m + b) % FILTERS.length] as string], FILTERS).map(
          (filter) => [scope, money, by, filter] as const,
        ),
      ),
    ),
  );
  // By default each with one filter, such that every two of its parts meet.
  test.each(asked)(
    'metrics of each %s, money by %s, by %s, filtered by %s',
    async (scope, money, by, filter) => {
      const store = await createStore();
      const texts = await statementsOf(() =>
        metrics(store.id, {
          from: by === 'hour' ? '2026-05-31' : '2026-05-01',
          to: '2026-05-31',
          compare: 'previous',
          scope,
          money,
          ...(by ? { by } : {}),
          ...(filter ? { [`filter[${filter}]`]: 'x' } : {}),
        }),
      );
      expect(texts.length).toBeGreaterThan(3);
      for (const text of texts) {
        expect(text).not.toMatch(/\bevents\b/);
        expect((await plan(text)).filter((step) => whole.test(step))).toEqual([]);
      }
    },
  );

  test('the job that seals days', async () => {
    const store = await createStore();
    const at = Date.UTC(2026, 4, 10);
    const known = { visitor: 'ann' };
    await importEvents(store.id, [
      { ...pageView({ at }), ...known },
      { ...sale({ at, id: 'order:A-1' }), ...known },
    ]);
    const texts = await statementsOf(() => sealStore(store.id));
    expect(texts.filter((text) => text.includes('insert or replace into sealed')).length).toBe(2);
    for (const text of texts) {
      expect(text).not.toMatch(/\bevents\b/);
      expect((await plan(text)).filter((step) => whole.test(step))).toEqual([]);
    }
  });

  test.each(['', 'day', 'channel', 'visitor_kind'])('maturity by %s', async (by) => {
    const store = await createStore();
    const question = { store: store.id, from: '2026-05-01', to: '2026-05-31', ...(by ? { by } : {}) };
    const filter = by === 'channel' ? { 'filter[device]': 'mobile' } : {};
    const query = new URLSearchParams({ ...question, ...filter });
    const texts = await statementsOf(() => ask('GET', `/v1/maturity?${query}`));
    // The store's own row, and all the rest in one statement.
    expect(texts.length).toBe(2);
    for (const text of texts) {
      const steps = await plan(text);
      expect(steps.filter((step) => whole.test(step) || /\bevents/.test(step))).toEqual([]);
    }
  });

  test.each(
    ['visitor', 'visit'].flatMap((scope) => ['', 'channel'].map((filter) => [scope, filter] as const)),
  )('pages by each %s, filtered by %s', async (scope, filter) => {
    const store = await createStore();
    const question = {
      ...{ from: '2026-05-01', to: '2026-05-31', scope },
      ...(filter ? { [`filter[${filter}]`]: 'x' } : {}),
    };
    const texts = await statementsOf(() => pagesSeen(store.id, question));
    // The store's own row, the state of its days, and all the rest in one statement.
    expect(texts.some((text) => /json_each\(v\.trail\)/.test(text))).toBe(true);
    for (const text of texts) {
      expect(text).not.toMatch(/\bevents\b/);
      expect((await plan(text)).filter((step) => whole.test(step))).toEqual([]);
    }
  });

  test.each([
    ['visitor', 'visit', 'ordered'],
    ['visitor', 'cart', 'any'],
    ['visit', '/p/*', 'strict'],
    ['order', 'refund', 'ordered'],
  ])('a funnel of each %s from %s, %s', async (count, first, order) => {
    const store = await createStore();
    const sold = { ...sale({ at: Date.UTC(2026, 4, 10) }), visitor: 'ann' };
    const views = [
      pageView({ at: sold.at, url: `${ORIGIN}/p/1` }),
      pageView({ id: 'visit1.c', type: 'cart', at: sold.at }),
    ];
    await importEvents(store.id, [
      ...views.map((event) => ({ ...event, visitor: 'ann' })),
      ...['order', 'payment', 'refund'].map((type) => ({ ...sold, type, id: `${type}:A-1` })),
    ]);
    const question = {
      ...{
        from: '2026-05-01',
        to: '2026-05-31',
        steps: [first, 'order'],
        count,
        order,
        by: 'channel',
        step: '1',
      },
      'filter[device]': ['mobile', '(none)'],
    };
    const texts = await statementsOf(() => funnelVisitors(store.id, question));
    const reading = texts.filter((text) => /\bfrom (visits|orders|refunds)\b[\s\S]*\blimit \?$/.test(text));
    expect(reading.length).toBe(3);
    for (const text of texts) {
      const steps = await plan(text);
      expect(steps.filter((step) => whole.test(step))).toEqual([]);
      expect(text).not.toMatch(/\bevents\b/);
      if (reading.includes(text))
        expect(steps[0]).toMatch(
          /^SEARCH \w+ USING (PRIMARY KEY|INDEX \w+) \(store=\? AND \((day|paid_day),.*\)>\(.*\) AND (day|paid_day)<\?\)$/,
        );
    }
    // The last says whose keys these are.
    expect(texts.at(-1)).toMatch(/\bjson_each\b/);
  });

  test('the collector', async () => {
    const store = await createStore();
    const sale = { ...pageView(), id: 'order:1', type: 'order', order: '1', value: 1, currency: 'USD' };
    const texts = await statementsOf(() => post(batch(store.id, [pageView(), sale])));
    // Its settings, one insert, visits, orders, refunds; and now and then how many events the day has.
    expect(texts.length).toBe(6);
    for (const text of texts) expect((await plan(text)).filter((step) => whole.test(step))).toEqual([]);
  });

  test('a signed call', async () => {
    const { id } = await createStore();
    const { secret } = await createSecret(id);
    const events = ['order', 'payment', 'refund'].map((type) => sale({ type, at: Date.now() }));
    const texts = await statementsOf(() => confirm(id, secret, events));
    expect(texts.length).toBe(7);
    for (const text of texts) expect((await plan(text)).filter((step) => whole.test(step))).toEqual([]);
  });
});
