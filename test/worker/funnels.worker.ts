// Funnels that are kept: what may be kept, who may, and that what is kept is what the endpoint answers.
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Kept } from '../../worker/api/funnels.ts';
import type { FunnelAnswer } from '../../worker/metrics/funnel-question.ts';
import { MAX_FUNNELS } from '../../worker/store/funnels.ts';
import { act } from './acts.ts';
import { ask, createStore, fetchWorker, importEvents, operator, queryOf } from './shop.ts';

const PERIOD = { from: '2026-05-10', to: '2026-05-10' };
const QUESTION = {
  steps: ['/product/*', 'custom:Größe', 'order'],
  order: 'strict',
  window: '12h',
  count: 'visit',
  by: 'device',
  'filter[channel]': ['email', 'direct'],
} as const;

let id: string;
beforeAll(async () => {
  ({ id } = await createStore());
});

const list = async (store: string) =>
  (await ask<{ funnels: Kept[] }>('GET', `/v1/funnels?store=${store}`)).funnels;
const keep = (store: string, question: object, name = 'Mine') =>
  ask<Kept>('POST', '/v1/funnels', { store, name, question });

const send = (method: string, path: string, body?: object, token?: string) =>
  fetchWorker(path, {
    method,
    headers: { ...operator(), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

describe('a funnel that is kept', () => {
  test('is listed in its store as it was built, and asked as it is kept', async () => {
    const { id: other } = await createStore();
    const made = await keep(id, QUESTION);
    expect(await list(id)).toEqual([made]);
    expect(made.question).toEqual(QUESTION);
    expect(await list(other)).toEqual([]);
    const query = queryOf(id, { ...PERIOD, ...(made.question as object) });
    expect((await ask<FunnelAnswer>('GET', `/v1/funnel?${query}`)).steps.map(({ step }) => step)).toEqual(
      QUESTION.steps,
    );
  });

  test('has what was left out written down, and answers the same', async () => {
    const { id: store } = await createStore();
    await importEvents(store, [act('ann', 'visit', 0), act('ann', 'order', 1), act('bob', 'visit', 0)]);
    const { question } = await keep(store, { steps: ['visit', 'order'] });
    expect(question).toEqual({ steps: ['visit', 'order'], order: 'ordered', window: '7d', count: 'visitor' });
    const [bare, whole] = await Promise.all(
      [{ steps: ['visit', 'order'] }, question].map((asked) =>
        ask<FunnelAnswer>('GET', `/v1/funnel?${queryOf(store, { ...PERIOD, ...(asked as object) })}`),
      ),
    );
    expect(whole).toEqual(bare);
    expect(bare?.steps.map(({ count }) => count)).toEqual([2, 1]);
  });

  test('is changed where it is named, renamed or given other steps', async () => {
    const made = await keep(id, QUESTION);
    const path = `/v1/funnels/${made.id}`;
    expect(await ask('PATCH', path, { name: ' Ours ' })).toEqual({ ...made, name: 'Ours' });
    const steps = ['visit', 'payment'];
    await ask('PATCH', path, { question: { steps } });
    expect((await list(id)).find((one) => one.id === made.id)).toMatchObject({
      name: 'Ours',
      question: { steps, window: '7d' },
    });
  });

  test('is gone when it is deleted, and says so', async () => {
    const made = await keep(id, QUESTION);
    expect((await send('DELETE', `/v1/funnels/${made.id}`)).status).toBe(204);
    expect((await list(id)).map((one) => one.id)).not.toContain(made.id);
    for (const method of ['DELETE', 'PATCH']) {
      const response = await send(method, `/v1/funnels/${made.id}`, { name: 'x' });
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'unknown_funnel' }]);
    }
  });

  test('comes in pages', async () => {
    const { id: store } = await createStore();
    for (const name of ['a', 'b', 'c']) await keep(store, { steps: ['visit', 'order'] }, name);
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await ask<{ funnels: Kept[]; next: string | null }>(
        'GET',
        `/v1/funnels?store=${store}&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      names.push(...page.funnels.map(({ name }) => name));
      cursor = page.next ?? '';
    } while (cursor);
    expect(names.toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('is kept once for one Idempotency-Key', async () => {
    const { id: store } = await createStore();
    const twice = () =>
      fetchWorker('/v1/funnels', {
        method: 'POST',
        headers: { ...operator(), 'idempotency-key': 'kept-1' },
        body: JSON.stringify({ store, name: 'Once', question: { steps: ['visit', 'order'] } }),
      }).then((response) => response.json());
    expect(await twice()).toEqual(await twice());
    expect(await list(store)).toHaveLength(1);
  });
});

describe('what is not kept', () => {
  test.each<[string, object, string]>([
    ['one step', { steps: ['visit'] }, 'question.steps'],
    ['a step of no list', { steps: ['visit', 'moon'] }, 'question.steps'],
    ['a window of no length', { steps: ['visit', 'order'], window: '5s' }, 'question.window'],
    ['pages of orders', { steps: ['/cart', 'order'], count: 'order' }, 'question.steps'],
    ['a grouping by time', { steps: ['visit', 'order'], by: 'day' }, 'question.by'],
    ['a period', { steps: ['visit', 'order'], from: '2026-05-10' }, 'from'],
    ['a filter of no dimension', { steps: ['visit', 'order'], 'filter[moon]': ['x'] }, 'filter[moon]'],
  ])('%s', async (_, question, parameter) => {
    const before = await list(id);
    const response = await send('POST', '/v1/funnels', { store: id, name: 'x', question });
    expect([response.status, await response.json()]).toMatchObject([422, { parameter }]);
    expect(await list(id)).toEqual(before);
  });

  test('a name of several lines, or none', async () => {
    for (const name of ['', 'a\nb']) {
      const response = await send('POST', '/v1/funnels', { store: id, name, question: QUESTION });
      expect(await response.json()).toMatchObject({ code: 'invalid_parameter', parameter: 'name' });
    }
  });

  test(`more than ${MAX_FUNNELS}`, async () => {
    const { id: store } = await createStore();
    await keep(store, QUESTION);
    await env.DB.prepare(
      `insert into funnels
        select f.id || n.value, f.store, f.name, f.question, f.created from funnels f, json_each(?2) n
        where f.store = (select key from stores where id = ?1)`,
    )
      .bind(store, JSON.stringify(Array.from({ length: MAX_FUNNELS - 1 }, (_, n) => n)))
      .run();
    const response = await send('POST', '/v1/funnels', { store, name: 'x', question: QUESTION });
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'too_many_funnels' }]);
  });
});

test('a token reads by `read`, keeps by `admin`, and learns nothing of another store’s', async () => {
  const [{ id: mine }, { id: other }] = [await createStore(), await createStore()];
  const tokenFor = async (store: string, scope: string) =>
    (await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: [scope] })).secret;
  const [reads, admin, foreign] = [
    await tokenFor(mine, 'read'),
    await tokenFor(mine, 'admin'),
    await tokenFor(other, 'admin'),
  ];
  const made = await keep(mine, QUESTION);
  const path = `/v1/funnels/${made.id}`;
  const wanted = { store: mine, name: 'x', question: QUESTION };
  const statuses = async (token: string) => [
    (await send('GET', `/v1/funnels?store=${mine}`, undefined, token)).status,
    (await send('POST', '/v1/funnels', wanted, token)).status,
    (await send('PATCH', path, { name: 'y' }, token)).status,
  ];
  expect(await statuses(reads)).toEqual([200, 403, 403]);
  expect(await statuses(admin)).toEqual([200, 201, 200]);
  expect(await statuses(foreign)).toEqual([403, 403, 404]);
  expect((await send('DELETE', path, undefined, foreign)).status).toBe(404);
  expect((await send('DELETE', path, undefined, reads)).status).toBe(403);
  expect((await send('DELETE', path, undefined, admin)).status).toBe(204);
});
