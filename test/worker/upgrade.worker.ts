// An upgrade: the previous release's database and the previous release's script go on with the same answers.
import { applyD1Migrations, env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { runJobs } from '../../worker/store/jobs.ts';
import { rebuildStep } from '../../worker/store/rebuild.ts';
import { findSettings } from '../../worker/store/stores.ts';
import {
  batch,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  keptEvents,
  metrics,
  ORIGIN,
  operator,
  post,
  sealStore,
} from './shop.ts';

/** The last migration of the previous release; what came later belongs to this one. */
const PREVIOUS = '0004_confirmed_sales.sql';
const before = env.MIGRATIONS.filter(({ name }) => name <= PREVIOUS);

const FIRST = Date.UTC(2026, 4, 1);
const DAY = 86_400_000;
const QUESTION = { from: '2026-05-01', to: '2026-05-31', by: 'channel' };

/** A shop's month: people who come twice, ask, order, pay by the server's word, and are refunded. */
const month = Array.from({ length: 120 }, (_, n) => {
  const at = FIRST + (n % 25) * DAY + n * 60_000;
  const visitor = `p${n % 40}`;
  const visit = `w${n}`;
  const order = { order: `A${n}`, value: n + 0.5, currency: n % 7 ? 'USD' : 'EUR' };
  const landing = n % 3 ? '?utm_source=letter&utm_medium=email' : '';
  return [
    { id: `${visit}.0`, type: 'visit', visitor, visit, at, url: `${ORIGIN}/p${n % 4}${landing}` },
    ...(n % 2 ? [{ id: `${visit}.1`, type: 'inquiry', visitor, visit, at: at + 1, via: 'chat' }] : []),
    ...(n % 3 ? [{ id: `order:A${n}`, type: 'order', visitor, visit, at: at + 2, ...order }] : []),
    ...(n % 4 ? [{ id: `s${n}`, type: 'payment', at: at + DAY, ...order, confirmed: true }] : []),
    ...(n % 9 ? [] : [{ id: `r${n}`, type: 'refund', at: at + 2 * DAY, ...order, value: 1 }]),
  ];
}).flat();

type Row = Record<string, unknown>;
const rows = async (sql: string) => (await env.DB.prepare(sql).all<Row>()).results;

/** Rows as they are bound again; D1 gives bytes as lists of numbers. */
const bound = (value: unknown) => (Array.isArray(value) ? new Uint8Array(value as number[]).buffer : value);

/** Empties the database of everything, tables and bookkeeping too. */
async function drop(): Promise<void> {
  const made = await rows(
    "select type, name from sqlite_schema where type in ('table', 'trigger', 'view') and name not like 'sqlite%' and name not like '!_cf!_%' escape '!'",
  );
  const later = ({ type }: Row) => (type === 'table' ? 1 : 0);
  await env.DB.batch(
    [
      'pragma defer_foreign_keys = on',
      ...made.sort((a, b) => later(a) - later(b)).map(({ type, name }) => `drop ${type} if exists "${name}"`),
    ].map((sql) => env.DB.prepare(sql)),
  );
}

/** Puts the rows of a table into the tables of the previous release, the columns that it has. */
async function putBack(table: string, kept: readonly Row[]): Promise<void> {
  const columns = (await rows(`select name from pragma_table_info('${table}')`)).map(({ name }) =>
    String(name),
  );
  const sql = `insert into ${table} (${columns.map((name) => `"${name}"`)}) values (${columns.map(() => '?')})`;
  await env.DB.batch(kept.map((row) => env.DB.prepare(sql).bind(...columns.map((name) => bound(row[name])))));
}

/** Derived tables last, since triggers look at what is sealed when anything else arrives. */
const TABLES = ['stores', 'events', 'visits', 'orders', 'refunds', 'sealed'];

let store: string;
let fresh: { answer: unknown; derived: string; events: string };

beforeAll(async () => {
  store = (await createStore({ timezone: 'Asia/Kathmandu' })).id;
  await importEvents(store, month);
  await sealStore(store);
  fresh = {
    answer: await metrics(store, QUESTION),
    derived: await derivedTables(store),
    events: await keptEvents(store),
  };
  // The fixture: these rows in the tables as the previous release's migrations make them, and then this release's.
  const kept = new Map<string, Row[]>();
  for (const table of TABLES) kept.set(table, await rows(`select * from ${table}`));
  await drop();
  await applyD1Migrations(env.DB, before);
  for (const table of TABLES) await putBack(table, kept.get(table) as Row[]);
});

test('the previous release is not ready, and with the migrations applied it is', async () => {
  expect(before.length).toBeLessThan(env.MIGRATIONS.length);
  expect((await fetchWorker('/healthz', { headers: operator() })).status).toBe(503);
  await applyD1Migrations(env.DB, env.MIGRATIONS);
  expect((await fetchWorker('/healthz', { headers: operator() })).status).toBe(200);
});

describe('after the upgrade the answers are a fresh import’s', () => {
  const same = async () => {
    expect(await metrics(store, QUESTION)).toEqual(fresh.answer);
    expect(await derivedTables(store)).toBe(fresh.derived);
    expect(await keptEvents(store)).toBe(fresh.events);
  };

  test('once what a migration has counted anew is counted', async () => {
    while (await runJobs(env, Date.now()));
    await same();
  });

  test('derived anew and sealed', async () => {
    const settings = await findSettings(env, store, Date.now());
    if (!settings) throw new Error('The store is gone.');
    for (let after: string | null = ''; after !== null; ) after = await rebuildStep(env, settings, after);
    await env.DB.prepare('delete from sealed').run();
    await env.DB.prepare('update stores set seal_from = 0').run();
    await sealStore(store);
    await same();
  });

  test('and imported again, nothing of it is new', async () => {
    expect(await importEvents(store, month)).toEqual({ accepted: 0, duplicate: month.length, rejected: [] });
    await sealStore(store);
    await same();
  });
});

/** Requests of the previous release: as its script sent them, and what each event is by the contract. */
const at = Date.now() - 60_000;
const RECORDED: readonly (readonly [string, Row, Row])[] = [
  ['a view', { type: 'visit', url: `${ORIGIN}/?utm_source=letter`, referrer: 'https://mail.example/' }, {}],
  ['attention', { type: 'engaged', engaged: 10_000 }, {}],
  ['a followed tel: link', { type: 'inquiry', id: 'w.tel', via: 'tel' }, { id: 'w.phone', via: 'phone' }],
  [
    'a followed mailto: link',
    { type: 'inquiry', id: 'w.mailto', via: 'mailto' },
    { id: 'w.email', via: 'email' },
  ],
  ['a followed sms: link', { type: 'inquiry', id: 'w.sms', via: 'sms' }, { id: 'w.message', via: 'message' }],
  ['some other way', { type: 'inquiry', id: 'w.', via: '' }, { id: 'w.other', via: 'other' }],
  ['a chat', { type: 'inquiry', id: 'w.chat', via: 'chat' }, {}],
  ['an item by attribute', { type: 'cart', via: 'tea-1' }, { via: undefined, item: 'tea-1' }],
  ['an item by call', { type: 'cart', item: 'tea-1', value: 9.5, currency: 'USD' }, {}],
  ['a step of its own', { type: 'custom', via: 'quiz' }, { via: undefined, name: 'quiz' }],
  ['an order', { type: 'order', id: 'order:A-1', order: 'A-1', value: 49.99, currency: 'USD' }, {}],
  [
    'an order with blanks',
    { type: 'order', id: 'order: A-2', order: ' A-2', value: 1, currency: 'USD' },
    { id: 'order:A-2', order: 'A-2' },
  ],
  [
    'a payment',
    { type: 'payment', id: 'payment:A-1', order: 'A-1', value: 49.99, currency: 'USD', method: 'card' },
    {},
  ],
];

test.each(RECORDED)(
  '%s, as the previous script sends it, is what the contract has',
  async (_, sent, meant) => {
    const kept: string[] = [];
    for (const event of [sent, { ...sent, ...meant }]) {
      const { id } = await createStore();
      const response = await post({
        ...batch(id, [{ id: 'w.1', visit: 'w', at, ...event }], 'ann'),
        sent: at,
        dropped: undefined,
      });
      expect([response.status, await response.json()]).toEqual([
        200,
        { accepted: 1, duplicate: 0, rejected: [] },
      ]);
      kept.push(await keptEvents(id));
    }
    expect(kept[0]).toBe(kept[1]);
  },
);
