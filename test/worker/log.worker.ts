// What stands in the log when something fails: one line of JSON with what an operator needs, and nothing of anybody.
import { createExecutionContext, createScheduledController, env } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import worker from '../../worker/index.ts';
import { report } from '../../worker/log.ts';
import { runJobs } from '../../worker/store/jobs.ts';
import { batch, createStore, fetchWorker, ORIGIN, operator, pageView, post } from './shop.ts';

/** What no line may hold, sent in every place that a request has. */
const HOSTILE = [
  'ann@example.com',
  '203.0.113.77',
  'visitor-4711',
  'Mozilla/5.0 (Secretphone)',
  'tundish_token_of_somebody',
  '4111111111111111',
  'forged line',
];
const [MAIL, ADDRESS, VISITOR, AGENT, TOKEN, CARD, FORGED] = HOSTILE as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    lines.push(parts.map(String).join(' '));
  });
});
afterEach(() => vi.restoreAllMocks());

/** The lines, each of which must be one, JSON, and clean. */
function logged(): Record<string, unknown>[] {
  for (const line of lines) {
    expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
    for (const piece of HOSTILE) expect(line).not.toContain(piece);
  }
  return lines.map((line) => JSON.parse(line));
}

/** A database that fails as drivers do: the driver's words, and around them a library's with what was written. */
const failing = (message: string) =>
  Object.assign(
    new Error(`Failed query: insert …\nparams: ${MAIL},${VISITOR},${CARD}\n{"level":"error","${FORGED}"}`),
    {
      cause: new Error(message),
    },
  );

const breakDatabase = (error: Error) => {
  vi.spyOn(env.DB, 'batch').mockRejectedValue(error);
};

const hostile = {
  'user-agent': AGENT,
  'cf-connecting-ip': ADDRESS,
  referer: `https://shop.example/?mail=${MAIL}`,
  cookie: `session=${TOKEN}`,
};

test('a refused database is one line: route, status, code, request, duration, and the database’s own words', async () => {
  const { id } = await createStore();
  breakDatabase(failing('D1_ERROR: D1 DB is overloaded. Requests queued for too long.'));
  const event = { ...pageView(), url: `${ORIGIN}/?mail=${MAIL}&card=${CARD}` };
  const response = await post(
    { ...batch(id, [event]), visitor: VISITOR },
    {
      ...hostile,
      'user-agent': `${AGENT} Chrome/156.0.0.0`,
    },
  );
  expect(response.status).toBe(503);
  const requests = logged().filter(({ what }) => what === 'request');
  expect(requests).toEqual([
    {
      level: 'error',
      what: 'request',
      request: response.headers.get('x-request-id'),
      method: 'POST',
      route: '/v1/events',
      status: 503,
      code: 'unavailable',
      milliseconds: expect.any(Number),
      error: 'Error',
      says: 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
      at: expect.any(Array),
    },
  ]);
});

test.each([
  ['a message with a line in it', `\n{"level":"error","what":"${FORGED}"}`],
  ['a message that looks like a stack', `x\n    at ${FORGED} (${MAIL}:1:1)`],
  ['what was sent', `Unexpected token in JSON: {"visitor":"${VISITOR}","mail":"${MAIL}"}`],
])('an error of our own, whose message is %s, is told by its name and place alone', async (_, message) => {
  const { id } = await createStore();
  breakDatabase(new TypeError(message));
  const query = `store=${id}&from=2026-05-10&to=2026-05-10&filter[campaign]=${encodeURIComponent(MAIL)}`;
  const response = await fetchWorker(`/v1/metrics?${query}`, { headers: { ...operator(), ...hostile } });
  expect(response.status).toBe(500);
  const [line, ...more] = logged();
  expect(more).toEqual([]);
  expect(line).toMatchObject({ route: '/v1/metrics', status: 500, code: 'internal', error: 'TypeError' });
  expect(line).not.toHaveProperty('says');
  expect(line).toHaveProperty('at.0', expect.any(String));
});

test('a path with somebody in it is told by its pattern', async () => {
  const { id } = await createStore();
  vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw failing('D1_ERROR: Network connection lost.');
  });
  const response = await fetchWorker(`/v1/visitors/${VISITOR}?store=${id}`, { headers: operator() });
  expect(response.status).toBe(503);
  const [line] = logged();
  expect(line?.route).toBe('/v1/visitors/:id');
});

test('what is the asker’s mistake is not in the log', async () => {
  for (const path of ['/v1/metrics', `/v1/nothing/${MAIL}`, '/v1/metrics?store=st_0000000000'])
    expect((await fetchWorker(path, { headers: operator() })).status).toBeLessThan(500);
  expect((await fetchWorker('/v1/stores')).status).toBe(401);
  expect(lines).toEqual([]);
});

describe('a job that fails', () => {
  test('is one line with its store and duration', async () => {
    const { id } = await createStore();
    await env.DB.prepare("update stores set timezone = 'Nowhere/Land', name = ? where id = ?")
      .bind(MAIL, id)
      .run();
    expect(await runJobs(env, Date.now())).toBe(false);
    expect(logged()).toMatchObject([
      {
        level: 'error',
        what: 'job',
        job: 'step',
        store: id,
        milliseconds: expect.any(Number),
        error: 'Error',
      },
    ]);
    await env.DB.prepare("update stores set timezone = 'UTC' where id = ?").bind(id).run();
  });

  test('as a whole is told to the platform, without the words of the error', async () => {
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw failing('D1_ERROR: no such table: stores');
    });
    const run = worker.scheduled(
      createScheduledController() as never,
      env as never,
      createExecutionContext() as never,
    );
    await expect(run).rejects.toThrow('The scheduled job failed; the log says why.');
    expect(logged().at(-1)).toMatchObject({
      what: 'job',
      job: 'all',
      says: 'D1_ERROR: no such table: stores',
    });
  });
});

test.each([
  ['nothing', undefined, {}],
  ['a text', MAIL, { error: 'string' }],
  [
    'an error with a name that is none',
    Object.assign(new Error('x'), { name: `${MAIL}\n` }),
    { error: 'Error' },
  ],
  ['a long message', new Error(`D1_ERROR: ${'x'.repeat(1_000)}`), { says: `D1_ERROR: ${'x'.repeat(190)}` }],
])('%s thrown', (_, error, expected) => {
  report({ what: 'job', job: 'x' }, error);
  expect(logged()).toMatchObject([{ level: 'error', what: 'job', ...expected }]);
});

describe('health', () => {
  const health = async () => {
    const response = await fetchWorker('/healthz');
    return [response.status, await response.json()] as const;
  };

  test('is ready with all migrations, and says that the jobs are on time', async () => {
    await createStore();
    expect(await health()).toEqual([200, { status: 'ok', migrations: 'applied', jobs: 'on_time' }]);
  });

  test('is not ready where a migration is missing, and still alive', async () => {
    const last = await env.DB.prepare(
      'delete from d1_migrations where id = (select max(id) from d1_migrations) returning *',
    ).first<{
      id: number;
      name: string;
    }>();
    expect((await health())[0]).toBe(503);
    expect((await fetchWorker('/healthz/live')).status).toBe(200);
    await env.DB.prepare('insert into d1_migrations (id, name) values (?, ?)')
      .bind(last?.id, last?.name)
      .run();
    expect((await health())[0]).toBe(200);
  });

  test('is not ready where the database does not answer', async () => {
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw failing('D1_ERROR: Network connection lost.');
    });
    expect((await health())[0]).toBe(503);
    expect(logged()).toMatchObject([
      { route: '/healthz', code: 'not_ready', says: expect.stringContaining('D1_') },
    ]);
  });

  test.each([
    ['a day that could be sealed hours ago', 'update stores set created = 1, seal_from = 1 where id = ?'],
    [
      'a recount that does not end',
      "update stores set created = 1, recount_after = '', recount_at = 1 where id = ?",
    ],
  ])('tells %s, and serves', async (_, change) => {
    const { id } = await createStore();
    await env.DB.prepare(change).bind(id).run();
    expect(await health()).toEqual([200, { status: 'ok', migrations: 'applied', jobs: 'late' }]);
    await runJobs(env, Date.now());
    expect(await health()).toEqual([200, { status: 'ok', migrations: 'applied', jobs: 'on_time' }]);
  });
});

test('every migration is one that health asks for', async () => {
  const { default: journal } = await import('../../worker/store/migrations/meta/_journal.json');
  expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(env.MIGRATIONS.map(({ name }) => name));
});
