// Backup beside a busy server, and restore: what was acknowledged is in it, the answers are the same, and nothing that
// is damaged, or would overwrite, is taken.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Backed, backUp, restore } from '../../worker/cli/backup.ts';
import { backUpRemote } from '../../worker/cli/backup-remote.ts';
import { databaseFile, sumsOf } from '../../worker/cli/database.ts';
import { announce, call, finishJobs, localSecret, sendImport } from '../../worker/cli/operator.ts';
import { startServer } from '../../worker/cli/server.ts';
import { command, dataFolder, freePorts } from '../flow/product.ts';

const ORIGIN = 'https://shop.example';
const FIRST = Date.UTC(2026, 4, 1);
const DAY = 86_400_000;
const HOME = process.env.TUNDISH_DATA;

const [data, elsewhere] = [dataFolder(), dataFolder()];
const use = (folder: string) => {
  process.env.TUNDISH_DATA = folder;
};
const serve = async () => {
  const [port, secret] = [await freePorts(), localSecret()];
  const server = await startServer({ port, data: `${process.env.TUNDISH_DATA}/d1`, secret });
  announce(server.url);
  return {
    target: { url: server.url, secret },
    stop: async () => {
      announce(null);
      await server.close();
    },
  };
};
type Serving = Awaited<ReturnType<typeof serve>>;

/** A visitor's page, inquiry and order; every third comes back another day. */
const eventsOf = (n: number) => {
  const at = FIRST + (n % 20) * DAY + n * 1000;
  const visitor = `p${n % 3 === 0 ? n % 30 : n}`;
  const visit = `w${n}`;
  return [
    { id: `${visit}.0`, type: 'visit', visitor, visit, at, url: `${ORIGIN}/?utm_source=letter` },
    { id: `${visit}.1`, type: 'inquiry', visitor, visit, at: at + 1, via: 'chat' },
    { id: `order:${n}`, type: 'order', visitor, visit, at: at + 2, order: `${n}`, value: n, currency: 'USD' },
  ];
};

let store: string;
const ask = ({ target }: Serving) =>
  call<object>(target, 'GET', `/v1/metrics?store=${store}&from=2026-05-01&to=2026-05-31&by=channel`);

let running: Serving;
let answer: object;
let backed: Backed;
/** Requests acknowledged when the backup began, and all that were sent. */
let before = 0;
let sent = 0;
/** Requests that are answered while a backup is made, or it says little. */
const ANSWERED = 3;

beforeAll(async () => {
  use(data);
  running = await serve();
  store = (
    await call<{ id: string }>(running.target, 'POST', '/v1/stores', {
      ...{ name: 'Kept', origins: [ORIGIN], timezone: 'UTC', currency: 'USD' },
    })
  ).id;
  await sendImport(running.target, store, Array.from({ length: 200 }, (_, n) => eventsOf(n)).flat());
  await finishJobs(running.target);
  sent = 200;
  before = sent;
  let sending = true;
  const sender = async () => {
    for (; sending; sent++) await sendImport(running.target, store, eventsOf(sent));
  };
  const done = sender();
  // Again where it was over before the server had answered some.
  for (let tries = 0; tries < 10 && sent <= before + ANSWERED; tries++) {
    rmSync(`${data}/busy.sqlite`, { force: true });
    before = sent;
    const { ok, stdout, stderr } = await command({ data }, 'admin', 'backup', '--to', `${data}/busy.sqlite`);
    expect([ok, stderr]).toEqual([true, '']);
    expect(stdout).toContain('read again and compared');
  }
  sending = false;
  await done;
  // Then at rest, so that the answers can be compared.
  answer = await ask(running);
  mkdirSync(`${data}/backups`);
  backed = backUp(`${data}/backups`);
}, 120_000);
beforeEach(() => use(data));
afterAll(() => {
  for (const folder of [data, elsewhere]) rmSync(folder, { recursive: true, force: true });
  if (HOME === undefined) delete process.env.TUNDISH_DATA;
  else process.env.TUNDISH_DATA = HOME;
});

const sentence = (attempt: () => unknown) =>
  (async () => attempt())().then(
    () => 'It went through.',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('beside a busy server it holds one moment: all acknowledged before it, whole requests, derived as its events say', () => {
  const database = new DatabaseSync(`${data}/busy.sqlite`, { readOnly: true });
  const count = (sql: string) =>
    (database.prepare(`select count(*) as n from ${sql}`).get() as { n: number }).n;
  const events = count('events');
  expect(sent).toBeGreaterThan(before + ANSWERED);
  expect(events).toBeGreaterThanOrEqual(before * 3);
  expect(events).toBeLessThanOrEqual(sent * 3);
  expect([events % 3, count('visits'), count('orders')]).toEqual([0, events / 3, events / 3]);
  database.close();
});

test('a folder gets a file named after the moment, and nothing half written beside it', () => {
  expect(readdirSync(`${data}/backups`)).toEqual([
    `tundish-${new Date(backed.made).toISOString().replaceAll(':', '')}.sqlite`,
  ]);
  expect([backed.sums.stores?.rows, backed.sums.events?.rows]).toEqual([1, sent * 3]);
});

test('what exists is not overwritten, and where nothing is there is nothing to back up', async () => {
  expect(await sentence(() => backUp(backed.file))).toMatch(
    /^CommandError: .* is there already\. Name another/,
  );
  use(`${elsewhere}/nothing`);
  expect(await sentence(() => backUp(`${elsewhere}/x.sqlite`))).toMatch(
    /^CommandError: There is no database in /,
  );
});

describe('restoring', () => {
  test('beside the running server is refused', async () => {
    expect(await sentence(() => restore(backed.file, true))).toMatch(
      /^CommandError: The server runs at .* Stop it/,
    );
  });

  test('gives an empty folder every table, and a server on it the same answers', async () => {
    await running.stop();
    use(elsewhere);
    await restore(backed.file, false);
    const found = new DatabaseSync(databaseFile(elsewhere) as string, { readOnly: true });
    expect(sumsOf(found)).toEqual(backed.sums);
    found.close();
    const restored = await serve();
    expect(await ask(restored)).toEqual(answer);
    await sendImport(restored.target, store, eventsOf(sent));
    expect(await ask(restored)).not.toEqual(answer);
    await restored.stop();
  }, 60_000);

  test('overwrites events only with --force, and then wholly', async () => {
    use(elsewhere);
    expect(await sentence(() => restore(backed.file, false))).toMatch(
      /^CommandError: There are events .* --force/,
    );
    await restore(backed.file, true);
    const found = new DatabaseSync(databaseFile(elsewhere) as string, { readOnly: true });
    expect(sumsOf(found)).toEqual(backed.sums);
    found.close();
  });

  test.each([
    ['an event too few', "delete from events where id = 'order:7'", /the table events has/],
    ['another amount', 'update orders set value = value + 1', /the table orders has/],
    ['another setting', 'update stores set min_pages = 3', /the table stores has/],
    ['a table too few', 'drop table tokens', /the table tokens has no rows/],
    ['no note of what it holds', 'drop table backup', /cannot be read as a backup/],
  ])('a backup with %s is refused, and what is there stays', async (_, damage, says) => {
    use(elsewhere);
    const file = `${elsewhere}/damaged.sqlite`;
    copyFileSync(backed.file, file);
    const database = new DatabaseSync(file);
    database.exec(damage);
    database.close();
    expect(await sentence(() => restore(file, true))).toMatch(says);
    const found = new DatabaseSync(databaseFile(elsewhere) as string, { readOnly: true });
    expect(sumsOf(found)).toEqual(backed.sums);
    found.close();
    rmSync(file);
  });

  test.each([
    ['damaged.sqlite', 'not a database'],
    ['damaged.sql', 'select no such thing;'],
    ['truncated.sqlite', ''],
  ])('%s, which is none, is refused in a sentence', async (name, content) => {
    use(elsewhere);
    writeFileSync(`${elsewhere}/${name}`, content);
    expect(await sentence(() => restore(`${elsewhere}/${name}`, true))).toMatch(/cannot be read as a backup/);
    expect(await sentence(() => restore(`${elsewhere}/missing`, true))).toMatch(/There is no file/);
  });
});

describe('from Cloudflare', () => {
  const SQL = `PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO "d1_migrations" VALUES(1,'0000_tables.sql');
CREATE TABLE events(store INTEGER, id TEXT, PRIMARY KEY(store, id)) WITHOUT ROWID;
INSERT INTO "events" VALUES(1,'it''s; -- 客');
`;
  const write = (file: string) => writeFileSync(file, SQL);

  test('Wrangler’s SQL is loaded, counted, and restores', async () => {
    use(elsewhere);
    const file = `${elsewhere}/remote.sql`;
    const { sums } = backUpRemote(file, write);
    expect(sums).toEqual({ d1_migrations: { rows: 1, sum: 16 }, events: { rows: 1, sum: 13 } });
    await restore(file, true);
    const found = new DatabaseSync(databaseFile(elsewhere) as string, { readOnly: true });
    expect(found.prepare('select id from events').get()).toEqual({ id: "it's; -- 客" });
    found.close();
  });

  test('SQL that is cut short leaves no backup', async () => {
    const file = `${elsewhere}/cut.sql`;
    const cut = (path: string) => writeFileSync(path, SQL.slice(0, -20));
    expect(await sentence(() => backUpRemote(file, cut))).not.toBe('It went through.');
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });
});
