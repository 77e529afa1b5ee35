// Every endpoint that takes a body, with one that it takes: from the document, and what stands beside it.
import { createHmac } from 'node:crypto';
import { app, contract } from '../../../worker/api/index.ts';
import { EXAMPLES } from '../../../worker/api/schemas.ts';
import { SHOP } from '../victim.ts';

interface Schema {
  $ref?: string;
  example?: unknown;
}
interface Operation {
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> };
}

export interface Keys {
  operator: string;
  /** A person's session: some things no program may do. */
  cookie: string;
  server: string;
  stripe: string;
}

export interface Endpoint {
  name: string;
  method: string;
  path: string;
  /** A body that it takes. */
  valid: string;
  /** Headers, of which a signature speaks for the body. */
  headers(body: Buffer, keys: Keys): Record<string, string>;
  /** Whether its answers count events. */
  events: boolean;
}

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
const JSON_TYPE = 'application/json';

const signed = (secret: string, body: Buffer): string => {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')}`;
};

const asOperator: Endpoint['headers'] = (_, { operator }) => ({
  authorization: `Bearer ${operator}`,
  'content-type': JSON_TYPE,
});
const asPerson: Endpoint['headers'] = (_, { cookie }) => ({
  cookie,
  'sec-fetch-site': 'same-origin',
  'content-type': JSON_TYPE,
});
const asPage: Endpoint['headers'] = () => ({
  origin: SHOP,
  'user-agent': CHROME,
  'content-type': 'text/plain',
});

/** Who asks: whoever the route names that is no program's token. */
function headersOf(path: string, { security = [] }: Operation): Endpoint['headers'] {
  const names = new Set(security.flatMap((one) => Object.keys(one)));
  if (names.size === 0) return asPage;
  for (const name of ['signature', 'stripe'] as const)
    if (names.has(name))
      return (body, { server, stripe }) => ({
        'content-type': JSON_TYPE,
        [name === 'stripe' ? 'stripe-signature' : 'tundish-signature']: signed(
          name === 'stripe' ? stripe : server,
          body,
        ),
      });
  return PERSONAL.has(path) ? asPerson : asOperator;
}

/** Examples with more in them, where the document's says only what may be anything. */
const FULLER: Record<string, object> = {
  'PATCH /v1/funnels/{id}': { name: 'From letter to order', question: { steps: ['visit', 'order'] } },
};

/** What the operator's secret, which is nobody's in particular, cannot ask for. */
const PERSONAL: ReadonlySet<string> = new Set(['/v1/password']);

/** What takes a body and stands in no document: the operator's own, and the way in. */
const BESIDE: [method: string, path: string, body: object][] = [
  ['POST', '/auth/sign-in', { email: 'mia@shop.example', password: 'not this one, or is it' }],
  ['POST', '/v1/operator/sign-in-links', { email: 'mia@shop.example' }],
  ['DELETE', '/v1/operator/members', { email: 'nobody@shop.example' }],
  ['PUT', '/v1/operator/demo-store', { name: 'Demo', origins: [SHOP], timezone: 'UTC', currency: 'USD' }],
  ['POST', '/v1/operator/rebuild', { store: EXAMPLES.store, after: '' }],
  [
    'POST',
    '/v1/operator/import',
    {
      store: EXAMPLES.store,
      events: [
        { type: 'visit', visitor: 'c-17', at: '2026-05-10T12:00:00Z', url: `${SHOP}/?utm_source=letter` },
        {
          type: 'order',
          visitor: 'c-17',
          at: 1_793_600_000_000,
          order: 'A-1',
          value: 49.99,
          currency: 'USD',
        },
      ],
    },
  ],
];

/** What takes no body, of all that changes something. */
const BODILESS = /^(DELETE \/v1\/(?!operator\/members)|POST \/auth\/sign-out|POST \/v1\/operator\/jobs)/;

/**
 * All of them; what changes the store itself comes last.
 * @throws where a route changes something and nobody knows what body it takes.
 */
export function endpoints(): Endpoint[] {
  const document = JSON.parse(JSON.stringify(contract()));
  const found: Endpoint[] = [];
  for (const [template, methods] of Object.entries(
    document.paths as Record<string, Record<string, Operation>>,
  ))
    for (const [method, operation] of Object.entries(methods)) {
      const [media] = Object.values(operation.requestBody?.content ?? {});
      if (!media) continue;
      const schema = document.components.schemas[media.schema.$ref?.split('/').at(-1) ?? ''] as Schema;
      const example = FULLER[`${method.toUpperCase()} ${template}`] ?? media.example ?? schema?.example;
      const path = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .reduce(
          (text, { name, schema: { example: value } }) => text.replace(`{${name}}`, String(value)),
          template,
        );
      const name = `${method.toUpperCase()} ${template}`;
      found.push({
        name,
        method: method.toUpperCase(),
        path,
        valid: typeof example === 'string' ? example : JSON.stringify(example),
        headers: headersOf(template, operation),
        events: /events|stripe/.test(template),
      });
    }
  for (const [method, path, body] of BESIDE)
    found.push({
      name: `${method} ${path}`,
      method,
      path,
      valid: JSON.stringify(body),
      headers: path.startsWith('/auth') ? asPerson : asOperator,
      events: path.endsWith('import'),
    });
  const known = new Set(found.map(({ name }) => name));
  const changing = app.routes
    .filter(({ method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const unknown = changing.filter((name) => !known.has(name) && !BODILESS.test(name));
  if (unknown.length > 0)
    throw new Error(`No body is known that these take: ${[...new Set(unknown)].join(', ')}`);
  return found.toSorted((a, b) => Number(a.method === 'PATCH') - Number(b.method === 'PATCH'));
}
