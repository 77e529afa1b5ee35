// Every example of the document is run: as it stands, and with each value that a parameter may have.
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { contract } from '../../worker/api/index.ts';
import { EXAMPLES } from '../../worker/api/schemas.ts';
import { invite, openLink } from './access/people.ts';
import { act, NOON } from './acts.ts';
import { ask, CHROME, createStore, fetchWorker, HOST, importEvents, ORIGIN } from './shop.ts';
import { createSecret, STRIPE_SECRET, signatureOf } from './signed/sender.ts';

interface Schema {
  $ref?: string;
  example?: unknown;
  default?: unknown;
  enum?: unknown[];
}
interface Operation {
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> };
}
const document = JSON.parse(JSON.stringify(contract()));
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

let cookie = '';
let secret = '';
beforeAll(async () => {
  const { id } = await createStore();
  const { id: token } = await ask<{ id: string }>('POST', '/v1/tokens', { store: id });
  ({ secret } = await createSecret(id));
  await createSecret(id, { kind: 'stripe', secret: STRIPE_SECRET });
  const { id: revocable } = await createSecret((await createStore()).id);
  const question = { steps: ['visit', 'order'] };
  const kept = await ask<{ id: string }>('POST', '/v1/funnels', { store: id, name: 'Kept', question });
  const { id: noted } = await ask<{ id: string }>('POST', '/v1/annotations', {
    ...{ store: id, day: '2026-11-02', text: 'A new price' },
  });
  await env.DB.batch([
    env.DB.prepare('update funnels set id = ? where id = ?').bind(EXAMPLES.funnel, kept.id),
    env.DB.prepare('update annotations set id = ? where id = ?').bind(EXAMPLES.annotation, noted),
    env.DB.prepare('update stores set id = ? where id = ?').bind(EXAMPLES.store, id),
    env.DB.prepare('update tokens set id = ? where id = ?').bind(EXAMPLES.token, token),
    env.DB.prepare('update secrets set id = ? where id = ?').bind(EXAMPLES.secret, revocable),
  ]);
  const { id: member } = await invite(EXAMPLES.store, 'ann@shop.example', 'viewer');
  const { id: share } = await ask<{ id: string }>('POST', '/v1/shares', {
    store: EXAMPLES.store,
    name: 'Agency',
  });
  await env.DB.batch([
    env.DB.prepare('update user set id = ? where id = ?').bind(EXAMPLES.member, member),
    env.DB.prepare('update members set user = ? where user = ?').bind(EXAMPLES.member, member),
    env.DB.prepare('update shares set id = ? where id = ?').bind(EXAMPLES.share, share),
  ]);
  await importEvents(EXAMPLES.store, [
    act(EXAMPLES.visitor, 'visit', 0),
    act(EXAMPLES.visitor, 'inquiry', 1),
    { ...act(EXAMPLES.visitor, 'order', 2, { id: 'order:A-1' }), at: NOON },
  ]);
  const linkOf = () =>
    ask<{ url: string }>('POST', '/v1/operator/sign-in-links', { email: 'mia@shop.example' });
  cookie = await openLink((await linkOf()).url);
  await keepSession();
});

/** Another session of the person who asks, under the id of the examples: some of them end it. */
async function keepSession(): Promise<void> {
  await env.DB.prepare(
    `insert or replace into session (id, token, user_id, expires_at, created_at, updated_at)
     select ?, 'another', user_id, expires_at, created_at, updated_at from session limit 1`,
  )
    .bind(EXAMPLES.session)
    .run();
}

/** A request as the document has it, with some values in the place of the examples. */
function request(
  { path, method, security = [], parameters = [], requestBody }: (typeof operations)[number],
  values: Record<string, string>,
) {
  const query = new URLSearchParams();
  const headers: Record<string, string> = { cookie, origin: HOST, 'user-agent': CHROME };
  let where = path;
  for (const { name, in: place, schema } of parameters) {
    const value = values[name] ?? schema.example;
    if (value === undefined) continue;
    if (place === 'path') where = where.replace(`{${name}}`, encodeURIComponent(String(value)));
    else if (place === 'header') headers[name] = String(value);
    else for (const each of [value].flat()) query.append(name, String(each));
  }
  // Orders have steps of their own, hours are of a few days only, and only traits have a rest.
  if (values.count === 'order') {
    query.delete('steps');
    for (const step of ['order', 'payment']) query.append('steps', step);
  }
  if (values.rest === 'true') query.set('by', 'channel');
  if (values.by === 'hour') query.set('to', query.get('from') ?? '');
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const schema = document.components.schemas[media?.schema.$ref?.split('/').at(-1) ?? ''] as
    | Schema
    | undefined;
  const example = media?.example ?? schema?.example;
  if (type) {
    headers['content-type'] = type;
    if (type === 'text/plain') headers.origin = ORIGIN;
  }
  const body = typeof example === 'string' ? example : JSON.stringify(example);
  if (security.some((one) => 'signature' in one)) headers['tundish-signature'] = signatureOf(secret, body);
  if (security.some((one) => 'stripe' in one)) headers['stripe-signature'] = signatureOf(STRIPE_SECRET, body);
  return fetchWorker(`${where}?${query}`, { method, headers, ...(type ? { body } : {}) });
}

const variants = operations.flatMap((operation) => [
  { name: `${operation.method} ${operation.path}`, operation, values: {} },
  ...(operation.parameters ?? []).flatMap(({ name, schema }) =>
    [...(schema.enum ?? []), ...(schema.default === undefined ? [] : [schema.default])].map((value) => ({
      name: `${operation.method} ${operation.path} with ${name}=${value}`,
      operation,
      values: { [name]: String(value) },
    })),
  ),
]);

test('there are examples to run', () => expect(variants.length).toBeGreaterThan(60));

/** What deletes comes last, and of that the store in which everything else is. */
const turnOf = ({ operation: { method, path } }: (typeof variants)[number]) =>
  method !== 'delete' ? 0 : path === '/v1/stores/{id}' ? 2 : 1;

test.each(variants.toSorted((a, b) => turnOf(a) - turnOf(b)))('$name', async ({ operation, values }) => {
  await keepSession();
  const response = await request(operation, values);
  const text = new TextDecoder().decode(await response.arrayBuffer());
  expect([response.status, response.ok ? '' : text]).toEqual([expect.any(Number), '']);
});
