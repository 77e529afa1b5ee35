// Rows and round trips are exact here too: what a page view may cost is a test, not a benchmark.
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { stamp } from '../../worker/collect/stamp.ts';
import { append } from '../../worker/store/append.ts';
import { findSettings } from '../../worker/store/stores.ts';
import { batch, createStore, ORIGIN, pageView, post } from './shop.ts';

/** Rows written per page view, visits of three pages, one request a page. */
const ROWS_PER_PAGE = 2.6;

test(`three pages a visit write at most ${ROWS_PER_PAGE} rows a page`, async () => {
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
      rows += (await append(env.DB, store, [event])).rowsWritten;
      pages++;
    }
  expect(rows / pages).toBeGreaterThan(1);
  expect(rows / pages).toBeLessThanOrEqual(ROWS_PER_PAGE);
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
