// What every documented route shares: its refusals, how a wrong request is refused, and how answers are written down.
import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { AppEnv } from './access.ts';
import { type Capability, leastFor } from './capabilities.ts';
import { invalid } from './problem.ts';
import { problem } from './schemas.ts';

/** A set of routes whose parameters and bodies are checked before they run. */
export const routes = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error);
    },
  });

/** A JSON body by its schema, in a request or an answer. */
export const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });

/**
 * The same as CSV too. The type stays that of JSON, because a route that may answer anything would tell those who ask
 * for JSON nothing.
 */
export const table = <T extends z.ZodType>(schema: T): ReturnType<typeof json<T>> => {
  const csv = { schema: z.string(), example: 'key,visitors\r\nemail,12\r\n' };
  const described = { content: { ...json(schema).content, 'text/csv': csv } };
  return described;
};

/** What a route without parameters takes: none. */
const nothing = z.strictObject({});

export const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

/** Those that any route may give; what else one refuses, and why, its parameters say. */
export const REFUSALS = {
  401: refusal('No valid credential.'),
  403: refusal('The credential may not do this.'),
  404: refusal('There is no such thing.'),
  422: refusal('A parameter, or a field of the body, is wrong or unknown.'),
  429: refusal('Too many requests; Retry-After says when there is room again.'),
  503: refusal('The database is busy or the server not set up; ask again after Retry-After.'),
} as const;
const REFUSALS_OF_WRITES = {
  400: refusal('The body is not JSON.'),
  409: refusal(
    'What is there stands against it, or the first request with this Idempotency-Key is not answered yet.',
  ),
  413: refusal('The body is too large.'),
} as const;

const header = (description: string, type: 'string' | 'integer' = 'string') => ({
  description,
  schema: { type } as const,
});
/** Headers of good answers. */
const HEADERS = {
  'X-Request-Id': header('Names this request: yours if you sent one, else made here.'),
  'RateLimit-Policy': header('How many requests a credential has, and in how many seconds.'),
  RateLimit: header('How many of them are left, and seconds until there are all again.'),
};
const TAGGED = {
  ...HEADERS,
  ETag: header(
    'Where all days that matter are sealed: send it as If-None-Match, and the same answer is a 304.',
  ),
};

const UNCHANGED = { description: 'What you have (If-None-Match) is what the answer would be.' };

const idempotencyKey = (example: string) =>
  z.object({
    'Idempotency-Key': z
      .string()
      .optional()
      .openapi({
        param: { name: 'Idempotency-Key', in: 'header' },
        description:
          'Up to 255 visible ASCII characters that you make once for each thing to be done. Repeated with the same body within 24 hours it is not done again, and answered as before.',
        example,
      }),
  });

type Config = Pick<RouteConfig, 'path' | 'summary' | 'description' | 'request' | 'responses'> & {
  /** What is done in a store; left out where it is not about one, and a person is asked for. */
  scope?: Capability;
  /** Whether a share link opens it, where it is not about a store. */
  shared?: boolean;
  /** The heading it stands under. */
  tag: string;
  /** Whether its answers about sealed days have an ETag. */
  tagged?: boolean;
};

/** What the handler and the dashboard see of a route: what is its own. */
type Route<Method extends string, R extends Config> = Omit<R, 'scope' | 'shared' | 'tag' | 'tagged'> & {
  method: Method;
  getRoutingPath(): string;
};

/** Who may, as the document has it: a token with a scope, a person with a role, whoever has a share link. */
function securityOf({ scope, shared }: Config): Record<string, string[]>[] {
  if (scope === undefined) return [{ session: [] }, ...(shared ? [{ share: [] }] : [])];
  const least = leastFor(scope);
  return [
    ...(least.scope ? [{ token: [least.scope] }] : []),
    { session: [least.role] },
    ...(least.share ? [{ share: [] }] : []),
  ];
}

/** A key that somebody could have made for it. */
const keyOf = (summary = '') => `${summary.toLowerCase().replace(/[^a-z]+/g, '-')}-17`;

function routed(method: 'get' | 'post' | 'patch' | 'delete', config: Config) {
  const { scope, shared, tag, tagged, responses, request, ...rest } = config;
  const asks = method === 'get';
  const headed = Object.entries(responses).map(([status, response]) => [
    status,
    { ...response, headers: tagged ? TAGGED : HEADERS },
  ]);
  return createRoute({
    ...rest,
    method,
    tags: [tag],
    security: securityOf(config),
    request: {
      query: nothing,
      ...(asks ? {} : { headers: idempotencyKey(keyOf(rest.summary)) }),
      ...request,
    },
    responses: {
      ...Object.fromEntries(headed),
      ...(tagged ? { 304: UNCHANGED } : {}),
      ...REFUSALS,
      ...(asks ? {} : REFUSALS_OF_WRITES),
    },
  });
}

/** A route that asks. */
export const asking = <const R extends Config>(config: R) =>
  routed('get', config) as unknown as Route<'get', R>;

/** A route that changes something. */
export const changing = <const M extends 'post' | 'patch' | 'delete', const R extends Config>(
  method: M,
  config: R,
) => routed(method, config) as unknown as Route<M, R>;
