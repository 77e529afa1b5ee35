// A database that fails: what was sent is stored, once, whatever went wrong; and who is told to come back, and when.
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { rebuildStep } from '../../worker/store/rebuild.ts';
import { findStore, settingsOf } from '../../worker/store/stores.ts';
import { LASTING_ERRORS, PASSING_ERRORS } from '../chaos/database.ts';
import { ATTEMPTS, runSeed } from '../chaos/faults.ts';
import { batch, createStore, derivedTables, pageView, post } from './shop.ts';

/** The long form, `npm run chaos`, has 200. */
const SEEDS = 40;
/** Seeds at once. */
const TOGETHER = 20;

afterEach(() => {
  vi.restoreAllMocks();
});

const stored = async (store: string) =>
  (
    await env.DB.prepare(
      'select id from events where store = (select key from stores where id = ?) order by id',
    )
      .bind(store)
      .all<{ id: string }>()
  ).results.map(({ id }) => id);

async function rebuild(store: string): Promise<void> {
  const found = await findStore(env, store);
  if (!found) throw new Error(`There is no store ${store}.`);
  for (let after: string | null = ''; after !== null; )
    after = await rebuildStep(env, settingsOf(found), after);
}

test(`${SEEDS} seeds of faults: sent is stored, each once`, { timeout: 120_000 }, async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let faults = 0;
  let most = 0;
  for (let first = 0; first < SEEDS; first += TOGETHER)
    await Promise.all(
      Array.from({ length: TOGETHER }, async (_, n) => {
        const seed = first + n;
        const { id } = await createStore();
        const { ids, received, accepted, duplicate, rejected, ...rest } = await runSeed(seed, env, id);
        expect([seed, await stored(id)]).toEqual([seed, ids]);
        expect([seed, accepted + duplicate + rejected]).toEqual([seed, received]);
        const derived = await derivedTables(id);
        await rebuild(id);
        expect(await derivedTables(id)).toBe(derived);
        faults += rest.faults;
        most = Math.max(most, rest.attempts);
      }),
    );
  // The faults were there, and some request was sent as often as one may be.
  expect(faults).toBeGreaterThan(SEEDS * 4);
  expect(most).toBe(ATTEMPTS);
});

describe('an error of the database', () => {
  const ours = [
    'D1_ERROR: no such column: nothing: SQLITE_ERROR',
    'D1_ERROR: string or blob too big: SQLITE_TOOBIG',
    "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
    'D1_ERROR: UNIQUE constraint failed: events.id: SQLITE_CONSTRAINT',
  ];
  const cases: [error: string, tries: number, status: number][] = [
    ...PASSING_ERRORS.map((error): [string, number, number] => [error, 3, 503]),
    ...LASTING_ERRORS.map((error): [string, number, number] => [error, 1, 503]),
    ...ours.map((error): [string, number, number] => [error, 1, 500]),
  ];
  test.each(cases)('%s: %i tries, then %i', async (error, tries, status) => {
    const { id } = await createStore();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const fails = vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error(error));
    const answer = await post(batch(id, [pageView()]));
    expect([fails.mock.calls.length, answer.status]).toEqual([tries, status]);
    expect(Number(answer.headers.get('retry-after')) > 0).toBe(status === 503);
    // A page must be able to read it.
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    vi.restoreAllMocks();
    expect(await stored(id)).toEqual([]);
  });

  test.each(PASSING_ERRORS)('%s once is not noticed', async (error) => {
    const { id } = await createStore();
    const fails = vi.spyOn(env.DB, 'batch').mockRejectedValueOnce(new Error(error));
    const answer = await post(batch(id, [pageView()]));
    expect([fails.mock.calls.length, await answer.json()]).toEqual([
      2,
      { accepted: 1, duplicate: 0, rejected: [] },
    ]);
    vi.restoreAllMocks();
  });
});

describe('one bad event among good ones', () => {
  const POISON: [string, object][] = [
    ['no object', [] as object],
    ['a lone half of a character', pageView({ id: 'visit1.\ud800' })],
    ['a null character', pageView({ id: 'visit1.\u0000' })],
    ['an id as long as the request', pageView({ id: 'x'.repeat(40_000) })],
    ['a time past all calendars', pageView({ at: 1e300 })],
    ['deep properties', { ...pageView(), type: 'custom', name: 'n', props: { a: { b: [[[[]]]] } } }],
    ['a number that is none', { ...pageView(), type: 'order', order: 'A', value: null, currency: 'USD' }],
  ];
  test.each(POISON)('%s: it is refused with one reason, they are stored', async (_, poison) => {
    const { id } = await createStore();
    const good = Array.from({ length: 9 }, (_, n) => pageView({ id: `visit1.g${n}` }));
    const answer = await post(batch(id, [...good.slice(0, 4), poison, ...good.slice(4)]));
    expect(await answer.json()).toMatchObject({
      accepted: 9,
      duplicate: 0,
      rejected: [{ reason: expect.any(String) }],
    });
    expect(await stored(id)).toEqual(good.map((event) => event.id));
  });
});
