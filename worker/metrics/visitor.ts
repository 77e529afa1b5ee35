// One visitor's timeline: the visits, and in each what happened, with the orders that were made in it.
import { z } from '@hono/zod-openapi';
import { EVENT_TYPES } from '../../sdk/event.ts';
import { dateOfDay, dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { Env } from '../env.ts';
import { type ListedOrder, ordersOfVisits, refundsOf } from '../store/order-list.ts';
import { readTimeline, type VisitDay } from '../store/timeline.ts';
import { stopsOf } from '../store/trail.ts';
import { next, pageOf, pages } from './page.ts';
import { day } from './question.ts';

export const visitorQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
    ...pages(z.tuple([z.int(), z.string()]), 20, 100),
  })
  .openapi('VisitorQuestion');
export type VisitorQuestion = z.infer<typeof visitorQuestion>;

const moment = z.int().openapi({ description: 'Milliseconds since 1970.' });

export const happening = z
  .object({
    at: moment,
    type: z.enum(EVENT_TYPES),
    page: z.string().optional().openapi({ description: 'Of a page view: its path.', example: '/p/1' }),
    name: z.string().optional().openapi({ description: 'Of a custom step.' }),
    order: z
      .string()
      .optional()
      .openapi({ description: 'Of an order, a payment, a refund: the order number.' }),
    value: z.int().optional().openapi({ description: 'Of these: whole minor units.' }),
    currency: z.string().optional(),
    digits: z.int().optional().openapi({ description: 'Minor-unit digits of the currency.' }),
  })
  .openapi('Happening');
type Happening = z.infer<typeof happening>;

export const visitorVisit = z
  .object({
    visit: z.string(),
    day: day.openapi({ description: 'A visit over midnight comes once for each of its days.' }),
    start: moment.openapi({ description: 'When the whole visit began.' }),
    ended: moment.openapi({ description: 'The last that happened in it.' }),
    pages: z.int().min(0).openapi({ description: 'Pages viewed on this day.' }),
    engaged: z.int().min(0).openapi({ description: 'Milliseconds of attention on this day.' }),
    effective: z.boolean(),
    channel: z.string().openapi({ description: 'The visit’s own, which it does not inherit.' }),
    source: z.string().nullable(),
    medium: z.string().nullable(),
    campaign: z.string().nullable(),
    device: z.string().nullable(),
    country: z.string().nullable(),
    entry: z.string().nullable(),
    exit: z.string().nullable(),
    events: z.array(happening).openapi({
      description:
        'What happened on this day, in sequence. Orders, payments and refunds are Tundish’s own, once each, and stand in the visit’s last day.',
    }),
  })
  .openapi('VisitorVisit');
type VisitorVisit = z.infer<typeof visitorVisit>;

export const visitorAnswer = z
  .object({ store: z.string(), visitor: z.string(), visits: z.array(visitorVisit), next })
  .openapi('VisitorAnswer');
export type VisitorAnswer = z.infer<typeof visitorAnswer>;

/** What trails only claim. */
const SALES: readonly string[] = ['order', 'payment', 'refund'];

function stepsOf({ trail, start }: VisitDay): Happening[] {
  return stopsOf(trail, start)
    .filter(({ type }) => !SALES.includes(type))
    .map(({ at, type, detail }) => ({
      at,
      type,
      ...(type === 'visit' && detail ? { page: detail } : {}),
      ...(type === 'custom' && detail ? { name: detail } : {}),
    }));
}

function salesOf(order: ListedOrder, refunds: readonly { at: number; value: number }[]): Happening[] {
  const sale = (type: Happening['type'], at: number | null, value: number | null, currency: string | null) =>
    at === null || value === null || currency === null
      ? []
      : [{ at, type, order: order.order, value, currency, digits: digitsOf(currency) }];
  return [
    ...sale('order', order.at, order.value, order.currency),
    ...sale('payment', order.paidAt, order.paid, order.paidCurrency),
    ...refunds.flatMap(({ at, value }) => sale('refund', at, value, order.paidCurrency)),
  ];
}

/** Null where the store knows no such visitor. */
export async function answerVisitor(
  env: Env,
  store: StoreSettings,
  visitor: string,
  { limit, cursor }: VisitorQuestion,
): Promise<VisitorAnswer | null> {
  const found = await readTimeline(
    env,
    store.key,
    visitor,
    cursor as [number, string] | undefined,
    limit + 1,
  );
  if (found.length === 0 && cursor === undefined) return null;
  const page = pageOf(found, limit, ({ day, visit }) => [day, visit]);
  const orders = await ordersOfVisits(
    env,
    store.key,
    visitor,
    page.shown.map(({ visit }) => visit),
  );
  const refunds = await refundsOf(
    env,
    store.key,
    orders.filter(({ refunded }) => refunded > 0).map(({ order }) => order),
  );
  const visits = page.shown.map((row): VisitorVisit => {
    const { trail, effective, day, ...same } = row;
    const isLast = dayOf(row.ended, store.timezone) === day;
    const sales = isLast
      ? orders
          .filter(({ visit }) => visit === row.visit)
          .flatMap((order) =>
            salesOf(
              order,
              refunds.filter((one) => one.order === order.order),
            ),
          )
      : [];
    return {
      ...same,
      day: dateOfDay(day),
      effective: effective === 1,
      events: [...stepsOf(row), ...sales].sort((a, b) => a.at - b.at),
    };
  });
  return { store: store.id, visitor, visits, next: page.next };
}
