// A store's batches take turns and are stored together: each once, none at another's cost, none behind who hung up.
import { env } from 'cloudflare:workers';
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import { afterEach, expect, test, vi } from 'vitest';
import type { StampedEvent, StoreSettings } from '../../worker/collect/event.ts';
import { findStore, settingsOf } from '../../worker/store/stores.ts';
import { storeInTurn } from '../../worker/store/turns.ts';
import { createStore } from './shop.ts';

afterEach(() => void vi.useRealTimers());

const settingsOfNew = async () => {
  const stored = await findStore(env, (await createStore()).id);
  if (!stored) throw new Error('The store was not made.');
  return settingsOf(stored);
};

const pageView = (id: string): StampedEvent => ({
  id: `${id}.0`,
  type: 'visit',
  visitor: id,
  visit: id,
  at: Date.UTC(2026, 4, 1),
  day: 20_574,
  path: '/',
  channel: 'direct',
  source: null,
  medium: null,
  campaign: null,
  device: null,
  country: null,
  engaged: null,
  order: null,
  value: null,
  currency: null,
  data: null,
});

/** A database whose transactions wait until it is opened, and which counts them. */
function gated() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const transactions: number[] = [];
  const DB = {
    prepare: (text: string) => env.DB.prepare(text),
    batch: async (statements: D1PreparedStatement[]) => {
      const at = transactions.push(-1) - 1;
      await opened;
      const results = await env.DB.batch(statements);
      transactions[at] = results[0]?.results.length ?? 0;
      return results;
    },
  } as unknown as D1Database;
  /** Asks for events to be stored. */
  const send = (settings: StoreSettings, events: StampedEvent[], size = 100) =>
    storeInTurn({ ...env, DB }, settings, { events, size });
  /** How many events each transaction has stored. */
  return { send, open: () => open(), transactions };
}

const moment = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
const ONCE = { accepted: 1, duplicate: 0 };
const storedIn = async ({ key }: StoreSettings) =>
  (await env.DB.prepare('select count(*) as n from events where store = ?').bind(key).first<{ n: number }>())
    ?.n;

test('what waits while two are stored is stored in one transaction', async () => {
  const settings = await settingsOfNew();
  const { send, open, transactions } = gated();
  const all = Array.from({ length: 30 }, (_, n) => send(settings, [pageView(`v${n}`)]));
  await moment();
  expect(transactions).toEqual([-1, -1]);
  open();
  expect(await Promise.all(all)).toEqual(all.map(() => ONCE));
  expect(transactions).toEqual([1, 1, 28]);
  expect(await storedIn(settings)).toBe(30);
});

test('who comes now and then waits for nothing, and what follows all the time goes together', async () => {
  const settings = await settingsOfNew();
  // However long each takes on this machine.
  vi.useFakeTimers({ toFake: ['Date'] });
  const { send, open, transactions } = gated();
  open();
  const turns = async (name: string, count: number) => {
    for (let n = 0; n < count; n++) expect(await send(settings, [pageView(`${name}${n}`)])).toEqual(ONCE);
  };
  await turns('a', 25);
  const together = Array.from({ length: 30 }, (_, n) => send(settings, [pageView(`b${n}`)]));
  expect(transactions.length).toBe(25);
  expect(await Promise.all(together)).toEqual(together.map(() => ONCE));
  expect(transactions).toEqual([...Array(25).fill(1), 30]);
  // As many as a transaction takes need not wait for more.
  const many = send(
    settings,
    Array.from({ length: 200 }, (_, n) => pageView(`c${n}`)),
  );
  expect(transactions.length).toBe(27);
  await many;
  vi.setSystemTime(Date.now() + 300);
  const later = send(settings, [pageView('d')]);
  expect(transactions.length).toBe(28);
  expect(await later).toEqual(ONCE);
});

test('a clock that stands still keeps nobody waiting', async () => {
  const settings = await settingsOfNew();
  vi.useFakeTimers({ toFake: ['Date'] });
  const { send, open, transactions } = gated();
  open();
  for (let n = 0; n < 15; n++) expect(await send(settings, [pageView(`v${n}`)])).toEqual(ONCE);
  expect(transactions.length).toBe(15);
});

test('a transaction takes so many events and characters, and more only of one batch', async () => {
  const settings = await settingsOfNew();
  const { send, open, transactions } = gated();
  const some = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => pageView(`${name}${n}`));
  const all = [
    ...['a', 'b'].map((name) => send(settings, some(name, 1))),
    send(settings, some('c', 250)),
    send(settings, some('d', 150)),
    send(settings, some('e', 50), 400_000),
    send(settings, some('f', 10)),
    send(settings, some('g', 20)),
  ];
  await moment();
  open();
  await Promise.all(all);
  expect(transactions).toEqual([1, 1, 250, 150, 50, 30]);
});

test('of two that bring the same event the first has it accepted', async () => {
  const settings = await settingsOfNew();
  const { send, open } = gated();
  const before = ['a', 'b'].map((name) => send(settings, [pageView(name)]));
  const first = send(settings, [pageView('c'), pageView('d'), pageView('d')]);
  const second = send(settings, [pageView('d'), pageView('e'), pageView('a')]);
  await moment();
  open();
  await Promise.all(before);
  expect(await first).toEqual({ accepted: 2, duplicate: 1 });
  expect(await second).toEqual({ accepted: 1, duplicate: 2 });
});

test('an event at fault costs those beside it nothing', async () => {
  const settings = await settingsOfNew();
  const { send, open, transactions } = gated();
  const before = ['a', 'b'].map((name) => send(settings, [pageView(name)]));
  const good = ['c', 'd'].map((name) => send(settings, [pageView(name)]));
  const bad = send(settings, [{ ...pageView('e'), type: null as never }]);
  const told = expect(bad).rejects.toThrow('NOT NULL constraint failed: events.type');
  await moment();
  open();
  expect(await Promise.all([...before, ...good])).toEqual([ONCE, ONCE, ONCE, ONCE]);
  await told;
  // Three together in vain, then each alone.
  expect(transactions).toEqual([1, 1, -1, 1, 1, -1]);
  expect(await storedIn(settings)).toBe(4);
});

test('where the database cannot now, nobody is tried alone', async () => {
  const settings = await settingsOfNew();
  let calls = 0;
  const DB = {
    prepare: (text: string) => env.DB.prepare(text),
    batch: async () => {
      calls++;
      await moment();
      throw new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.');
    },
  } as unknown as D1Database;
  const all = Array.from({ length: 20 }, (_, n) =>
    storeInTurn({ ...env, DB }, settings, { events: [pageView(`v${n}`)], size: 100 }),
  );
  for (const outcome of await Promise.allSettled(all))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: /overloaded/ } });
  expect(calls).toBe(3);
});

test('who waits for one store does not keep another waiting', async () => {
  const [loud, calm] = [await settingsOfNew(), await settingsOfNew()];
  const stuck = gated();
  const waiting = Array.from({ length: 50 }, (_, n) => stuck.send(loud, [pageView(`v${n}`)]));
  const free = gated();
  free.open();
  expect(await free.send(calm, [pageView('v')])).toEqual(ONCE);
  stuck.open();
  await Promise.all(waiting);
});

test('settings that were changed in between are those of the next transaction', async () => {
  const settings = await settingsOfNew();
  const { send, open, transactions } = gated();
  const changed = { ...settings, minPages: 1 };
  const all = [
    ...['a', 'b', 'c', 'd'].map((name) => send(settings, [pageView(name)])),
    ...['e', 'f', 'g'].map((name) => send(changed, [pageView(name)])),
  ];
  await moment();
  open();
  await Promise.all(all);
  expect(transactions).toEqual([1, 1, 2, 3]);
  const effective = await env.DB.prepare(
    'select visitor from visits where store = ? and effective order by 1',
  )
    .bind(settings.key)
    .all();
  expect(effective.results.map(({ visitor }) => visitor)).toEqual(['e', 'f', 'g']);
});

test('more than may wait are told to come back', async () => {
  const settings = await settingsOfNew();
  const { send, open } = gated();
  const all = Array.from({ length: 402 }, (_, n) => send(settings, [pageView(`v${n}`)]));
  await expect(send(settings, [pageView('last')])).rejects.toMatchObject({
    reason: 'unavailable',
    store: settings.id,
    retry: 5,
  });
  open();
  expect(await Promise.all(all)).toEqual(all.map(() => ONCE));
});

test('a turn that never ends is over after half a minute, and its batches are stored by others', async () => {
  const settings = await settingsOfNew();
  vi.useFakeTimers({ toFake: ['Date'] });
  const stuck = gated();
  const lost = ['a', 'b'].map((name) => stuck.send(settings, [pageView(name)]));
  const { send, open } = gated();
  open();
  const next = send(settings, [pageView('c')]);
  vi.setSystemTime(Date.now() + 29_000);
  await moment(400);
  expect(await Promise.race([next, 'waiting'])).toBe('waiting');
  vi.setSystemTime(Date.now() + 2_000);
  expect(await next).toEqual(ONCE);
  expect(await storedIn(settings)).toBe(1);
  stuck.open();
  expect(await Promise.all(lost)).toEqual([ONCE, ONCE]);
});
