// Forgetting a visitor: no row is left, and every table is what the other events alone would have made.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Erasure } from '../../worker/api/keeping.ts';
import { eraseStep } from '../../worker/store/erase.ts';
import { findSettings } from '../../worker/store/stores.ts';
import { runs } from '../effort.ts';
import { act, PERIOD } from './acts.ts';
import {
  ask,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  keptEvents,
  metrics,
  operator,
  sealStore,
  setConfirm,
} from './shop.ts';
import { confirm, createSecret } from './signed/sender.ts';
import { streams } from './streams.ts';

const erase = (store: string, visitor: string) =>
  ask<Erasure>('DELETE', `/v1/visitors/${encodeURIComponent(visitor)}?store=${store}`);

async function settings(id: string) {
  const store = await findSettings(env, id, Date.now());
  if (!store) throw new Error('The store was just made.');
  return store;
}

/** Every row of every table, to look for somebody in. */
async function everything(): Promise<string> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%'",
  ).all<{ name: string }>();
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`select * from "${name}"`)));
  return JSON.stringify(tables.map(({ results: rows }) => rows));
}

test('whatever happened, the tables are those of the events that are left', {
  timeout: 120_000,
}, async () => {
  const cases = fc.record({
    stream: streams,
    visitor: fc.constantFrom('ann', 'bob', 'cy', 'dee'),
    step: fc.integer({ min: 1, max: 9 }),
    late: fc.integer({ min: 0, max: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ stream: { timezone, confirm: which, events }, visitor, step, late }) => {
      const [all, others] = [await createStore({ timezone }), await createStore({ timezone })];
      for (const { id } of [all, others]) await setConfirm(id, which);
      const rest = events.filter((event) => event.visitor !== visitor);
      const [early, later] = [events.slice(0, -late || undefined), late > 0 ? events.slice(-late) : []];
      if (early.length > 0) await importEvents(all.id, early);
      await sealStore(all.id);
      const store = await settings(all.id);
      // What others do meanwhile goes on; of the erased visitor nothing comes any more.
      for (const some of [later, []]) {
        if (some.length > 0) await importEvents(all.id, some);
        while ((await eraseStep(env, store, visitor, step)) === step);
      }
      if (rest.length > 0) await importEvents(others.id, rest);
      for (const { id } of [all, others]) await sealStore(id);
      expect(await keptEvents(all.id)).toBe(await keptEvents(others.id));
      expect(await derivedTables(all.id)).toBe(await derivedTables(others.id));
    }),
    { numRuns: runs(6, 30) },
  );
});

describe('erasing by the endpoint', () => {
  test('leaves no trace of a visitor, and may be repeated', async () => {
    const { id } = await createStore();
    const name = 'eve-8c1f';
    await importEvents(id, [
      act(name, 'visit', 0),
      act(name, 'inquiry', 1),
      act(name, 'custom', 2, { name: 'looked' }),
      act(name, 'order', 3),
      act(name, 'payment', 4),
      act('other', 'visit', 0),
    ]);
    await sealStore(id);
    expect(await everything()).toContain(name);
    expect(await erase(id, name)).toEqual({ events: 5, done: true });
    expect(await erase(id, name)).toEqual({ events: 0, done: true });
    expect(await everything()).not.toContain(name);
    const { totals } = await metrics(id, PERIOD);
    expect(totals).toMatchObject({ visitors: 1, inquiries: 0, orders: 0, buyers: 0 });
    const gone = await fetchWorker(`/v1/visitors/${name}?store=${id}`, { headers: operator() });
    expect(gone.status).toBe(404);
  });

  test('a sale that the server confirmed without naming anybody stays, unattributed', async () => {
    const { id } = await createStore();
    const { secret } = await createSecret(id);
    await importEvents(id, [act('eve', 'visit', 0), act('eve', 'order', 3)]);
    const at = act('eve', 'order', 3).at;
    await confirm(id, secret, [{ type: 'order', order: 'of-eve', at, value: 10, currency: 'USD' }]);
    expect((await metrics(id, PERIOD)).totals).toMatchObject({ buyers: 1, unattributed_orders: 0 });
    await erase(id, 'eve');
    const { totals } = await metrics(id, PERIOD);
    expect(totals).toMatchObject({ visitors: 0, buyers: 0, orders: 1, unattributed_orders: 1 });
    expect(totals.money[0]).toMatchObject({ order_value: 1000 });
  });

  test('of one with very many events a request does its part, and says whether to ask again', {
    timeout: 60_000,
  }, async () => {
    const { id } = await createStore();
    for (let part = 0; part < 5; part++)
      await importEvents(
        id,
        Array.from({ length: 4_200 }, (_, n) =>
          act('busy', 'visit', 0, { id: `w${n % 300}.${part}-${n}`, visit: `w${n % 300}` }),
        ),
      );
    const first = await erase(id, 'busy');
    expect(first).toEqual({ events: 20_000, done: false });
    expect(await erase(id, 'busy')).toEqual({ events: 1_000, done: true });
    expect((await metrics(id, PERIOD)).totals.visitors).toBe(0);
  });

  test('takes the scope admin', async () => {
    const { id } = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id, scopes: ['read'] });
    const response = await fetchWorker(`/v1/visitors/ann?store=${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([403, 'missing_scope']);
  });
});

describe('what is kept of one visitor', () => {
  const exportOf = async (store: string, visitor: string): Promise<{ visitor: string }[]> => {
    const response = await fetchWorker(`/v1/visitors/${visitor}/export?store=${store}`, {
      headers: operator(),
    });
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const text = new TextDecoder().decode(await response.arrayBuffer());
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };

  test('is all of their events and nobody else’s, in lines that the import reads', async () => {
    const [one, copy] = [await createStore(), await createStore()];
    const many = Array.from({ length: 2_300 }, (_, n) =>
      act('ann', 'visit', n % 7, { id: `w${n % 9}.${n}`, visit: `w${n % 9}` }),
    );
    await importEvents(one.id, [...many, act('ann', 'order', 9), act('bob', 'visit', 1)]);
    const lines = await exportOf(one.id, 'ann');
    expect(lines.length).toBe(2_301);
    expect(new Set(lines.map(({ visitor }) => visitor))).toEqual(new Set(['ann']));
    expect(await importEvents(copy.id, lines)).toMatchObject({ accepted: 2_301, rejected: [] });
    await erase(one.id, 'bob');
    expect(await keptEvents(copy.id)).toBe(await keptEvents(one.id));
    expect(await exportOf(one.id, 'bob')).toEqual([]);
  });
});
