// GET /v1/openapi.json: the contract as OpenAPI 3.1, made of the schemas that check requests and type the code.
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { EVENT_REASONS, EVENT_TYPES, LIMITS, WIRE_VERSION } from '../../sdk/event.ts';
import type { AppEnv } from './access.ts';
import { alive, healthy } from './health.ts';
import { asking, json } from './route.ts';
import { EXAMPLES, problem } from './schemas.ts';
import { registerSigned } from './signed.ts';

type Registry = OpenAPIHono<AppEnv>['openAPIRegistry'];

const INFO = {
  title: 'Tundish',
  version: '1',
  license: { name: 'MIT', identifier: 'MIT' },
  description: `The figures of a shop's funnel, its people and orders, its stores and tokens.

Every answer has an \`X-Request-Id\`. What is refused is told as a problem (RFC 9457) with a \`code\`, a sentence, and the \`parameter\` at fault; a parameter that does not exist is refused, never ignored. Lists come in pages: send the \`next\` of an answer as \`cursor\`. Answers about days that are over have an \`ETag\`. Writes take an \`Idempotency-Key\`.`,
};

/** In the sequence in which a reader needs them. */
const TAGS = [
  { name: 'Figures', description: 'What is counted, in a period, by whatever divides it.' },
  { name: 'People and orders', description: 'Who is behind the figures, one by one.' },
  { name: 'Events', description: 'What everything is counted from.' },
  { name: 'Stores and tokens', description: 'What is measured, and who may ask.' },
  { name: 'Account', description: 'Who is signed in, where, and by which password.' },
  { name: 'Server', description: 'Whether it serves, and what it understands.' },
];

export const getDocument = asking({
  path: '/v1/openapi.json',
  tag: 'Server',
  scope: 'read',
  summary: 'This document',
  responses: { 200: { description: 'OpenAPI 3.1.', ...json(z.looseObject({ openapi: z.string() })) } },
});

const batch = z
  .object({
    v: z.literal(WIRE_VERSION),
    store: z.string(),
    visitor: z.string().openapi({
      description: 'A hyphen where nothing may be kept on the device; the same goes for a visit.',
    }),
    sent: z.int().openapi({ description: 'The sender’s clock when the request leaves.' }),
    dropped: z
      .int()
      .optional()
      .openapi({ description: 'Events that the sender had to drop since it was last answered.' }),
    events: z
      .array(
        z.looseObject({
          id: z.string().max(LIMITS.id),
          type: z.enum(EVENT_TYPES),
          visit: z.string().max(LIMITS.id),
          at: z.int().openapi({ description: 'Milliseconds since 1970 by the sender’s clock.' }),
        }),
      )
      .min(1)
      .max(LIMITS.events),
  })
  .openapi('Batch');

const received = z
  .object({
    accepted: z.int().min(0),
    duplicate: z.int().min(0),
    rejected: z.array(
      z.object({
        id: z.string().nullable(),
        reason: z.enum(Object.keys(EVENT_REASONS) as [keyof typeof EVENT_REASONS]),
      }),
    ),
  })
  .openapi('Received');

const refusal = { content: { 'application/problem+json': { schema: problem } } };

/** The two routes that stand before the gate, and are no routes of the library for that. */
function registerOpen(registry: Registry): void {
  registry.registerPath({
    method: 'post',
    path: '/v1/events',
    tags: ['Events'],
    security: [],
    summary: 'Take events from a shop’s page',
    description: `JSON as \`text/plain\`, at most ${LIMITS.events} events and ${LIMITS.bytes} bytes, from an origin of the store. It answers when the events are stored; sending the same ids again is free.`,
    request: {
      body: {
        required: true,
        content: {
          'text/plain': {
            schema: z.string().openapi({ description: 'A Batch as JSON.', contentSchema: batch } as object),
            example: JSON.stringify({
              v: WIRE_VERSION,
              store: EXAMPLES.store,
              visitor: EXAMPLES.visitor,
              sent: 1_793_600_000_000,
              events: [
                {
                  id: 'mwr5x0c8k2v7q1zd.mwr5x0c9p3f1',
                  type: 'visit',
                  visit: 'mwr5x0c8k2v7q1zd',
                  at: 1_793_600_000_000,
                  url: 'https://shop.example/p/1?utm_source=letter',
                },
              ],
            }),
          },
        },
      },
    },
    responses: {
      200: { description: 'What became of each event.', ...json(received) },
      400: { description: 'The body is not a batch.', ...refusal },
      403: { description: 'The origin is not the store’s.', ...refusal },
      404: { description: 'No store has this id.', ...refusal },
      413: { description: 'Too much for one request.', ...refusal },
      503: { description: 'The database is busy; send the same events again after Retry-After.', ...refusal },
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/healthz',
    tags: ['Server'],
    security: [],
    summary: 'Whether it can serve',
    responses: {
      200: { description: 'It can.', ...json(healthy) },
      503: { description: 'It cannot; the problem says why.', ...refusal },
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/healthz/live',
    tags: ['Server'],
    security: [],
    summary: 'Whether it runs, whatever its database does',
    responses: { 200: { description: 'It does.', ...json(alive) } },
  });
}

function registerSchemes(registry: Registry): void {
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of one store, with the scope that the route names.',
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'tundish.session_token',
    description: 'A person who has signed in on the dashboard, with the role that the route names.',
  });
  registry.registerComponent('securitySchemes', 'share', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-tundish.share',
    description: 'Whoever has opened a share link: figures of one store, and nobody one by one.',
  });
}

let made: ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']> | undefined;

/** The document of all routes that the app describes. */
export function documentOf(app: OpenAPIHono<AppEnv>): NonNullable<typeof made> {
  if (!made) {
    registerSchemes(app.openAPIRegistry);
    registerOpen(app.openAPIRegistry);
    registerSigned(app.openAPIRegistry);
    made = app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO, tags: TAGS, servers: [{ url: '/' }] });
  }
  return made;
}
