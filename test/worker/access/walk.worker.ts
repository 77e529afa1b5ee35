// Every documented route, asked by everybody who may not: roles, scopes and share links of the store itself, and the
// most powerful credentials of another one. What the document says of who may is what is so.
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../../worker/api/index.ts';
import type { Problem } from '../../../worker/api/schemas.ts';
import { ask, createStore, fetchWorker, HOST, ORIGIN } from '../shop.ts';
import { memberOf, shareOf } from './people.ts';

interface Media {
  schema: { $ref?: string; example?: unknown };
}
interface Operation {
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; schema: { example?: unknown } }[];
  requestBody?: { content: Record<string, Media> };
}
const document = JSON.parse(JSON.stringify(contract()));
const paths = document.paths as Record<string, Record<string, Operation>>;

/** What a route asks of a person's role; undefined where it is not about a store. */
const roleOf = ({ security = [] }: Operation) => security.find((one) => one.session)?.session?.[0];
const aboutStores = ({ path, operation }: { path: string; operation: Operation }) =>
  path.includes('{id}') ||
  (operation.parameters ?? []).some(({ name }) => name === 'store') ||
  exampleOf(operation)?.store !== undefined;

function exampleOf({ requestBody }: Operation): Record<string, unknown> | undefined {
  const schema = requestBody?.content['application/json']?.schema;
  const named = document.components.schemas[schema?.$ref?.split('/').at(-1) ?? ''];
  return named?.example ?? schema?.example;
}

const operations = Object.entries(paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  .filter((one) => roleOf(one.operation) && aboutStores(one));
const deletesStores = (method: string, path: string) => method === 'delete' && path === '/v1/stores/{id}';

let made = 0;
/** Something of a store that a path names by its id. */
async function thingOf(store: string, path: string): Promise<string> {
  const list = path.split('/{id}')[0] as string;
  if (list === '/v1/stores' || list === path) return store;
  const post = paths[list]?.post;
  // What is only measured, such as a visitor, is the same everywhere and may not be there.
  if (!post) return 'nobody';
  const body = { ...exampleOf(post), store };
  if ('email' in body) body.email = `thing${made++}@shop.example`;
  return (await ask<{ id: string }>('POST', list, body)).id;
}

async function send(
  { path, method, operation }: (typeof operations)[number],
  store: string,
  id: string,
  credential: Record<string, string>,
): Promise<Response> {
  const query = new URLSearchParams();
  for (const { name, in: place, schema } of operation.parameters ?? [])
    if (place === 'query' && schema.example !== undefined)
      for (const value of [schema.example].flat())
        query.append(name, name === 'store' ? store : String(value));
  const example = exampleOf(operation);
  const body = example && { ...example, ...('store' in example ? { store } : {}) };
  if (body && 'url' in body) body.url = `${ORIGIN}/`;
  if (body && 'email' in body) body.email = `asked${made++}@shop.example`;
  const response = await fetchWorker(`${path.replace('{id}', id)}?${query}`, {
    method,
    headers: { origin: HOST, 'content-type': 'application/json', ...credential },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response;
}

type Who = 'viewer' | 'editor' | 'owner' | 'share' | 'read' | 'write' | 'admin';
const credentialsOf = async (store: string): Promise<Record<Who, Record<string, string>>> => {
  const person = async (role: 'viewer' | 'editor' | 'owner') => ({
    cookie: (await memberOf(store, role)).cookie,
  });
  const token = async (scope: string) => ({
    authorization: `Bearer ${(await ask<{ secret: string }>('POST', '/v1/tokens', { store, scopes: [scope] })).secret}`,
  });
  return {
    viewer: await person('viewer'),
    editor: await person('editor'),
    owner: await person('owner'),
    share: { cookie: (await shareOf(store, KEPT)).cookie },
    read: await token('read'),
    write: await token('write'),
    admin: await token('admin'),
  };
};

const RANKS = ['viewer', 'editor', 'owner'];
/** As the document has it. */
function allows({ security = [] }: Operation, who: Who): boolean {
  if (who === 'share') return security.some((one) => one.share);
  if (RANKS.includes(who)) return RANKS.indexOf(who) >= RANKS.indexOf(roleOf({ security }) ?? 'owner');
  return security.some((one) => one.token && (one.token[0] === who || who === 'admin'));
}

/** The link that asks; others are in the way of more. */
const KEPT = 'Kept';

let [mine, other] = ['', ''];
let inside: Awaited<ReturnType<typeof credentialsOf>>;
beforeAll(async () => {
  [mine, other] = [(await createStore()).id, (await createStore()).id];
  inside = await credentialsOf(mine);
});

test('there are routes to walk, and what a role may do differs', () => {
  expect(operations.length).toBeGreaterThan(25);
  expect(new Set(operations.map(({ operation }) => roleOf(operation)))).toEqual(new Set(RANKS));
  for (const who of ['viewer', 'share', 'read'] as const)
    expect(operations.some(({ operation }) => !allows(operation, who))).toBe(true);
});

test('no share link opens what is told of people one by one', () => {
  const oneByOne = operations.filter(({ operation }) => operation.tags?.includes('People and orders'));
  expect(oneByOne.length).toBeGreaterThan(2);
  expect(oneByOne.filter(({ operation }) => allows(operation, 'share')).map(({ path }) => path)).toEqual([]);
});

describe.each(operations)('$method $path', (one) => {
  // A store may have so many of them at most.
  beforeAll(() =>
    env.DB.batch([
      env.DB.prepare('delete from secrets'),
      env.DB.prepare('delete from shares where name <> ?').bind(KEPT),
    ]),
  );

  test('lets in the store whom the document names, and nobody else', async () => {
    let thing = await thingOf(mine, one.path);
    for (const who of Object.keys(inside) as Who[]) {
      const allowed = allows(one.operation, who);
      if (allowed && deletesStores(one.method, one.path)) continue;
      const response = await send(one, mine, thing, inside[who]);
      await response.body?.cancel();
      const refused = response.status === 401 || response.status === 403;
      expect([who, refused ? 'refused' : 'let in']).toEqual([who, allowed ? 'let in' : 'refused']);
      if (allowed && one.method === 'delete') thing = await thingOf(mine, one.path);
    }
  });

  test('gives another store’s owner, token and link what they would get if there were no such store', async () => {
    const thing = await thingOf(other, one.path);
    for (const who of ['owner', 'admin', 'share'] as const) {
      const asked = async (store: string, id: string) => {
        const response = await send(one, store, id, inside[who]);
        const { code, status } = await response.json<Problem>();
        return [who, status, code];
      };
      const theirs = await asked(other, thing);
      const nobodys = await asked(
        'st_0000000000',
        one.path.startsWith('/v1/stores/') ? 'st_0000000000' : 'nothing',
      );
      expect(theirs[1]).toBeGreaterThanOrEqual(403);
      expect(theirs[1]).toBeLessThanOrEqual(404);
      expect(theirs).toEqual(nobodys);
    }
  });
});
