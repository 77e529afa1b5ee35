// Annotations: kept as written, listed by day and page, written and deleted only by who may.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Annotation, AnnotationsAnswer } from '../../worker/api/annotations.ts';
import type { Problem } from '../../worker/api/schemas.ts';
import { ask, createStore, fetchWorker, operator, queryOf } from './shop.ts';

let store: string;
let other: string;
beforeAll(async () => {
  [store, other] = [(await createStore()).id, (await createStore()).id];
});

const list = (question: Record<string, string> = {}, of = store) =>
  ask<AnnotationsAnswer>('GET', `/v1/annotations?${queryOf(of, question)}`);
const note = (day: string, text: string, of = store) =>
  ask<Annotation>('POST', '/v1/annotations', { store: of, day, text });
const call = (method: string, path: string, headers: Record<string, string>, body?: object) =>
  fetchWorker(path, {
    method,
    headers: { ...operator(), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

describe('what is noted', () => {
  const days = ['2026-11-03', '2026-11-01', '2026-11-30', '2026-11-01'];
  beforeAll(async () => {
    for (const [n, day] of days.entries()) await note(day, `Number ${n}`);
    await note('2026-11-01', 'Of another store', other);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['all, the earliest day first', {}, ['2026-11-01', '2026-11-01', '2026-11-03', '2026-11-30']],
    ['from a day on', { from: '2026-11-02' }, ['2026-11-03', '2026-11-30']],
    ['up to a day, that day included', { to: '2026-11-03' }, ['2026-11-01', '2026-11-01', '2026-11-03']],
    ['of one day', { from: '2026-11-30', to: '2026-11-30' }, ['2026-11-30']],
    ['of days turned round: none', { from: '2026-11-30', to: '2026-11-01' }, []],
  ])('is listed: %s', async (_, question, expected) => {
    const { annotations, next } = await list(question);
    expect(annotations.map(({ day }) => day)).toEqual(expected);
    expect(annotations.every((one) => one.store === store)).toBe(true);
    expect(next).toBeNull();
  });

  test('is listed a page at a time, each once, also two of one day', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: AnnotationsAnswer = await list({ limit: '1', ...(cursor ? { cursor } : {}) });
      expect(page.annotations.length).toBeLessThanOrEqual(1);
      seen.push(...page.annotations.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual((await list()).annotations.map(({ id }) => id));
  });

  test.each(['<img src=x onerror=alert(1)>', '=1+1', "'; drop table annotations; --", '二十 % 优惠 🎉'])(
    'is kept as it was written: %s',
    async (text) => {
      const made = await note('2025-01-01', text);
      const { annotations } = await list({ to: '2025-01-01' });
      expect(annotations.find(({ id }) => id === made.id)).toEqual({ ...made, text });
    },
  );

  test('is made once, however often it is sent with its key', async () => {
    const body = { store, day: '2024-02-29', text: 'Leap day' };
    const [first, again] = [
      await call('POST', '/v1/annotations', { 'idempotency-key': 'leap' }, body),
      await call('POST', '/v1/annotations', { 'idempotency-key': 'leap' }, body),
    ];
    expect(await again?.json()).toEqual(await first?.json());
    expect((await list({ to: '2024-12-31' })).annotations).toHaveLength(1);
  });

  test('is gone once deleted, and a second time there is nothing to delete', async () => {
    const { id } = await note('2023-05-05', 'To be deleted');
    expect((await call('DELETE', `/v1/annotations/${id}`, {})).status).toBe(204);
    expect((await list({ to: '2023-12-31' })).annotations).toEqual([]);
    const again = await call('DELETE', `/v1/annotations/${id}`, {});
    expect([again.status, ((await again.json()) as Problem).code]).toEqual([404, 'unknown_annotation']);
  });
});

describe('what is refused', () => {
  test.each<[string, object, string]>([
    ['no text', { day: '2026-11-01', text: '  ' }, 'text'],
    ['a text too long', { day: '2026-11-01', text: 'x'.repeat(201) }, 'text'],
    ['several lines', { day: '2026-11-01', text: 'a\nb' }, 'text'],
    ['a day that does not exist', { day: '2026-02-30', text: 'x' }, 'day'],
    ['an unknown field', { day: '2026-11-01', text: 'x', colour: 'red' }, 'colour'],
  ])('%s', async (_, body, parameter) => {
    const answer = await call('POST', '/v1/annotations', {}, { store, ...body });
    expect([answer.status, ((await answer.json()) as Problem).parameter]).toEqual([422, parameter]);
  });
});

test('a token reads with read, writes and deletes with admin, and of other stores learns nothing', async () => {
  const bearer = async (scope: string, of = store) => {
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: of, scopes: [scope] });
    return { authorization: `Bearer ${secret}` };
  };
  const [read, write, admin] = [await bearer('read'), await bearer('write'), await bearer('admin')];
  const foreign = await bearer('admin', other);
  const { id } = await note('2022-01-01', 'Guarded');
  const tried = async (headers: Record<string, string>) => [
    (await call('GET', `/v1/annotations?store=${store}`, headers)).status,
    (await call('POST', '/v1/annotations', headers, { store, day: '2022-01-02', text: 'x' })).status,
    (await call('DELETE', `/v1/annotations/${id}`, headers)).status,
  ];
  expect(await tried(read)).toEqual([200, 403, 403]);
  expect(await tried(write)).toEqual([403, 403, 403]);
  expect(await tried(foreign)).toEqual([403, 403, 404]);
  expect(await tried(admin)).toEqual([200, 201, 204]);
});
