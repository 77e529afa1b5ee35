// What the live endpoint is asked and answers: one set of schemas validates, types and documents both.
import { z } from '@hono/zod-openapi';
import { EVENT_TYPES, type EventType } from '../../sdk/event.ts';
import { CHANNELS } from '../collect/source/list.ts';

export const MINUTES = 30;
/** Who did something within so many minutes is here now. */
export const NOW = 5;
/** Pages and countries that are named. */
export const NAMED = 10;
/** Events told one by one. */
export const TOLD = 30;

export const liveQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
  })
  .openapi('LiveQuestion');

const count = z.int().min(0);
const minor = z.int().openapi({ description: 'Whole minor units of the currency.' });
const digits = z.int().openapi({ description: 'Minor-unit digits: 2 means that 4999 is 49.99.' });
const now = count.openapi({ description: `Of them in the last ${NOW} minutes.` });

export const liveEvent = z
  .object({
    at: z.int().openapi({ description: 'Milliseconds since 1970.' }),
    type: z.enum(EVENT_TYPES),
    visitor: z.string().nullable().openapi({ description: 'Null where no visitor is known.' }),
    channel: z.enum(CHANNELS).nullable().openapi({
      description: 'Of the visit; null where it is not among those of the last half hour.',
    }),
    country: z.string().nullable(),
    page: z.string().optional().openapi({ description: 'Of a page view: its path.', example: '/p/1' }),
    name: z.string().optional().openapi({ description: 'Of a custom step.' }),
    order: z.string().optional().openapi({ description: 'Of an order, a payment: the order number.' }),
    value: minor.optional(),
    currency: z.string().optional(),
    digits: digits.optional(),
  })
  .openapi('LiveEvent');
export type LiveEvent = z.infer<typeof liveEvent>;

export const liveMoney = z
  .object({
    currency: z.string(),
    digits,
    orders: count.openapi({ description: 'Orders placed.' }),
    order_value: minor,
    payments: count.openapi({ description: 'Payments, of whichever orders.' }),
    paid: minor,
  })
  .openapi('LiveMoney');
export type LiveMoney = z.infer<typeof liveMoney>;

export const liveAnswer = z
  .object({
    store: z.string(),
    at: z.int().openapi({ description: 'The moment of the answer, milliseconds since 1970.' }),
    minutes: z.literal(MINUTES),
    complete: z.boolean().openapi({
      description:
        'False where today has more visits than are looked through; all numbers are then too small.',
    }),
    visitors_now: count.openapi({ description: `Who did something in the last ${NOW} minutes.` }),
    visitors: count.openapi({ description: `Who did something in the last ${MINUTES} minutes.` }),
    visits: count,
    open_carts: count.openapi({
      description: 'Visitors with something in the cart, or at the checkout, and no order after it.',
    }),
    events: z
      .object(Object.fromEntries(EVENT_TYPES.map((type) => [type, count])) as Record<EventType, typeof count>)
      .openapi({ description: 'How many of each type. Orders and payments are Tundish’s own, once each.' }),
    money: z.array(liveMoney).openapi({ description: 'What was ordered and paid in it, by currency.' }),
    by_minute: z.array(
      z.object({
        at: z.int().openapi({ description: 'When the minute began.' }),
        visitors: count,
        pages: count,
        orders: count,
      }),
    ),
    pages: z
      .array(z.object({ page: z.string(), visitors: count, visitors_now: now, views: count }))
      .openapi({ description: `The ${NAMED} with most visitors.` }),
    channels: z.array(z.object({ channel: z.enum(CHANNELS), visitors: count, visitors_now: now })),
    countries: z
      .array(
        z.object({
          country: z.string().nullable().openapi({ description: 'Null where it is not known.' }),
          visitors: count,
          visitors_now: now,
        }),
      )
      .openapi({ description: `The ${NAMED} with most visitors.` }),
    latest: z.array(liveEvent).openapi({
      description: `The last ${TOLD} that happened, the latest first, attention and refunds left out.`,
    }),
  })
  .openapi('LiveAnswer');
export type LiveAnswer = z.infer<typeof liveAnswer>;
