// The routes of signed calls as the contract describes them: nothing may read their bodies before they are verified.
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { EVENT_TYPES, LIMITS, WIRE_VERSION } from '../../sdk/event.ts';
import { TOLERANCE } from '../collect/signature.ts';
import type { AppEnv } from './access.ts';
import { serverAnswer, stripeAnswer } from './confirmed.ts';
import { json, REFUSALS, refusal } from './route.ts';
import { EXAMPLES, storeId } from './schemas.ts';
import { BYTES } from './stripe.ts';

const serverBatch = z
  .object({
    v: z.literal(WIRE_VERSION),
    store: z.string(),
    visitor: z.string().optional().openapi({ description: 'Of all events that name none themselves.' }),
    events: z
      .array(
        z.looseObject({
          type: z.enum(EVENT_TYPES),
          at: z.int().openapi({ description: 'When it happened: milliseconds since 1970.' }),
        }),
      )
      .min(1)
      .max(LIMITS.events),
  })
  .openapi('ServerBatch', {
    example: {
      v: WIRE_VERSION,
      store: EXAMPLES.store,
      events: [{ type: 'payment', order: 'A-1001', at: 1_793_600_000_000, value: 49.99, currency: 'USD' }],
    },
  });

const stripeEvent = z.looseObject({ type: z.string(), created: z.int() }).openapi('StripeEvent', {
  description: 'As Stripe sends it.',
  example: {
    type: 'checkout.session.completed',
    created: 1_793_600_000,
    data: {
      object: {
        client_reference_id: 'A-1001',
        payment_status: 'paid',
        amount_total: 4999,
        currency: 'usd',
      },
    },
  },
});

const { 401: uncredited, 403: forbidden, 404: missing, 422: wrong, 429: often, 503: busy } = REFUSALS;
const unread = { 400: refusal('The body is not a batch.'), 413: refusal('Too much for one request.') };

export function registerSigned(registry: OpenAPIHono<AppEnv>['openAPIRegistry']): void {
  registry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    in: 'header',
    name: 'Tundish-Signature',
    description: `\`t=SECONDS,v1=HEX\`: HMAC-SHA-256 of \`SECONDS.BODY\` under a secret of the store, at most ${TOLERANCE} s old.`,
  });
  registry.registerComponent('securitySchemes', 'stripe', {
    type: 'apiKey',
    in: 'header',
    name: 'Stripe-Signature',
    description: 'As Stripe signs its webhooks, by the secret of the endpoint.',
  });
  registry.registerPath({
    method: 'post',
    path: '/v1/server/events',
    tags: ['Events'],
    security: [{ token: ['write'] }, { signature: [] }],
    summary: 'Take from a shop’s server what it confirms',
    description: `Orders, payments and refunds that a server sends go before whatever browsers claim of them. At most ${LIMITS.events} events and ${LIMITS.bytes} bytes; orders and payments need no id, and the same sent again is free.`,
    request: { body: { required: true, ...json(serverBatch) } },
    responses: {
      200: { description: 'What became of each event, and what stands now.', ...json(serverAnswer) },
      ...unread,
      401: uncredited,
      403: forbidden,
      404: missing,
      422: wrong,
      429: often,
      503: busy,
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/v1/stripe/{store}',
    tags: ['Events'],
    security: [{ stripe: [] }],
    summary: 'Take a webhook of Stripe’s',
    description: `Payments and refunds are confirmed by it. At most ${BYTES} bytes. Every event that is rightly signed is answered with 200.`,
    request: {
      params: z.object({ store: storeId }),
      body: { required: true, ...json(stripeEvent) },
    },
    responses: {
      200: { description: 'What became of it.', ...json(stripeAnswer) },
      ...unread,
      401: uncredited,
      422: wrong,
      503: busy,
    },
  });
}
