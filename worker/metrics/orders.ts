// A period's orders one by one: what became of each, whose it was, and by which channel it came.
import { z } from '@hono/zod-openapi';
import { dateOfDay } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { Env } from '../env.ts';
import { keysOf } from '../store/keys.ts';
import { lastSeenOf } from '../store/last-seen.ts';
import { type ListedOrder, type OrderPlace, readOrders } from '../store/order-list.ts';
import { isFiltered } from '../store/traits.ts';
import { next, pageOf, pages } from './page.ts';
import { daysOf, filterOf, periodOf } from './period.ts';
import { day, filters, period } from './question.ts';

/** Orders looked through for one page at most; a page that ends there says where to go on. */
export const LOOKED_THROUGH = 2_000;
/** Orders of one read where a filter leaves out some. */
const READ = 500;

export const STATES = ['placed', 'paid', 'partly_refunded', 'refunded'] as const;

export const ordersQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
    from: day.openapi({ description: 'First day on which they were placed, in the store’s time zone.' }),
    to: day.openapi({ description: 'Last day, included.', example: '2026-11-30' }),
    paid: z
      .enum(['true', 'false'])
      .optional()
      .openapi({ description: 'Only those that are paid by now, or only those that are not.' }),
    last: z.enum(['true', 'false']).default('false').openapi({
      description:
        '`true` adds `last_page` and `last_seen`: where the visitor was last seen, by now. Such an answer has no `ETag`.',
    }),
    ...filters,
    ...pages(z.tuple([z.int(), z.string()]), 50, 500),
  })
  .openapi('OrdersQuestion');
export type OrdersQuestion = z.infer<typeof ordersQuestion>;

const moment = z.int().openapi({ description: 'Milliseconds since 1970.' });
const minor = z.int().openapi({ description: 'Whole minor units of the currency.' });

export const order = z
  .object({
    order: z.string().openapi({ description: 'The merchant’s order number.', example: 'A-1001' }),
    day: day.openapi({ description: 'The day on which it was placed, in the store’s time zone.' }),
    at: moment,
    state: z.enum(STATES),
    value: minor,
    currency: z.string().openapi({ example: 'USD' }),
    digits: z.int().openapi({ description: 'Minor-unit digits: 2 means that 4999 is 49.99.' }),
    paid_at: moment.nullable(),
    paid: minor.nullable(),
    paid_currency: z.string().nullable(),
    refunded: minor.openapi({
      description: 'Given back, in the currency of the payment; never more than was paid.',
    }),
    confirmed: z.boolean().openapi({ description: 'Whether a server has confirmed the order.' }),
    paid_confirmed: z.boolean().openapi({ description: 'Whether a server has confirmed the payment.' }),
    held: minor.nullable().openapi({
      description:
        'What a browser alone claims above the store’s `claim_limit`: `value` is 0 until a server confirms it.',
    }),
    paid_held: minor.nullable().openapi({ description: 'The same of the payment and `paid`.' }),
    visitor: z.string().nullable().openapi({ description: 'Null where no visitor is known.' }),
    visit: z.string().nullable(),
    channel: z.string().openapi({
      description:
        'Of the visit in which it was made; a direct one inherits the visitor’s last other channel within 30 days. `unattributed` where no visitor is known.',
      example: 'email',
    }),
    last_page: z.string().nullable().optional().openapi({
      description:
        'With `last`: the exit page of the visitor’s latest visit, by now; null where no visitor is known.',
    }),
    last_seen: moment.nullable().optional().openapi({ description: 'With `last`: when that visit ended.' }),
  })
  .openapi('Order');
export type Order = z.infer<typeof order>;

export const ordersAnswer = z
  .object({ store: z.string(), period, orders: z.array(order), next })
  .openapi('OrdersAnswer');
export type OrdersAnswer = z.infer<typeof ordersAnswer>;

export function stateOf({ paid, refunded }: Pick<ListedOrder, 'paid' | 'refunded'>): Order['state'] {
  if (paid === null) return 'placed';
  if (refunded === 0) return 'paid';
  return refunded < paid ? 'partly_refunded' : 'refunded';
}

const shownOf = (listed: ListedOrder, channel: string): Order => ({
  order: listed.order,
  day: dateOfDay(listed.day),
  // What has a day was placed, at a moment and for a value.
  at: listed.at as number,
  state: stateOf(listed),
  value: listed.value as number,
  currency: listed.currency as string,
  digits: digitsOf(listed.currency as string),
  paid_at: listed.paidAt,
  paid: listed.paid,
  paid_currency: listed.paidCurrency,
  refunded: listed.refunded,
  confirmed: listed.confirmed === 1,
  paid_confirmed: listed.paidConfirmed === 1,
  held: listed.held,
  paid_held: listed.paidHeld,
  visitor: listed.visitor,
  visit: listed.visit,
  channel,
});

const placeOf = ({ day, order }: ListedOrder): OrderPlace => [day, order];

/** @throws {QuestionError} when the period is turned round or too long. */
export async function answerOrders(
  env: Env,
  store: StoreSettings,
  question: OrdersQuestion,
  now: number,
): Promise<OrdersAnswer> {
  const { paid, limit } = question;
  const days = daysOf(question);
  const filter = filterOf(question);
  const size = paid || isFiltered(filter) ? READ : limit + 1;
  const found: { listed: ListedOrder; channel: string }[] = [];
  let after = question.cursor as OrderPlace | undefined;
  let [looked, more] = [0, true];
  while (more && found.length <= limit && looked < LOOKED_THROUGH) {
    const listed = await readOrders(env, store.key, days, after, size);
    const some = listed.filter((one) => !paid || (one.paid !== null) === (paid === 'true'));
    const scope = { scope: 'visit', from: days.from, by: 'channel', filter } as const;
    const channels = some.length > 0 ? await keysOf(env, store.key, some, scope) : [];
    for (const [n, one] of some.entries()) {
      const channel = channels[n] ?? null;
      if (channel !== null) found.push({ listed: one, channel });
    }
    looked += listed.length;
    more = listed.length === size;
    const last = listed.at(-1);
    if (last) after = placeOf(last);
  }
  const page = pageOf(found, limit, ({ listed }) => placeOf(listed), more ? after : undefined);
  const visitors = page.shown.flatMap(({ listed: { visitor } }) => visitor ?? []);
  const seen = question.last === 'true' ? await lastSeenOf(env, store.key, visitors) : null;
  const lastOf = ({ visitor }: ListedOrder) => {
    const last = visitor === null ? undefined : seen?.get(visitor);
    return seen && { last_page: last?.page ?? null, last_seen: last?.at ?? null };
  };
  return {
    store: store.id,
    period: periodOf(days, store.timezone, now),
    orders: page.shown.map(({ listed, channel }) => ({ ...shownOf(listed, channel), ...lastOf(listed) })),
    next: page.next,
  };
}
