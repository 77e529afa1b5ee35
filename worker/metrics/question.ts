// The question and the answer of the metrics endpoint: one set of schemas validates, types and documents both.
import { z } from '@hono/zod-openapi';
import { STRETCHES } from '../collect/calendar.ts';
import { MONEY_DATES } from '../store/measures.ts';
import { DIMENSIONS, type Dimension } from '../store/traits.ts';

export const SCOPES = ['visitor', 'visit'] as const;
export const BASES = ['order', 'payment'] as const;
export const GROUPINGS = [...DIMENSIONS, 'hour', ...STRETCHES] as const;
export const COMPARISONS = ['previous', 'weekdays', 'year'] as const;

/** Days of one question at most: five years. */
export const MAX_DAYS = 5 * 366;
/** Days that may be cut into hours: 168 rows. */
export const MAX_HOUR_DAYS = 7;

export const day = z.iso
  .date({
    error: ({ input }) =>
      input === undefined ? 'Name the day as YYYY-MM-DD.' : 'Write a day that exists as YYYY-MM-DD.',
  })
  .openapi({ example: '2026-11-01' });

/** One value or several, any of which passes. */
const values = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => [one].flat())
  .optional()
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description: 'Only what has this value, as `rows` name it; given several times, either passes.',
  });

export const filters = Object.fromEntries(DIMENSIONS.map((name) => [`filter[${name}]`, values])) as Record<
  `filter[${Dimension}]`,
  typeof values
>;

export const metricsQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
    from: day.openapi({ description: 'First day, in the store’s time zone.' }),
    to: day.openapi({ description: 'Last day, included.', example: '2026-11-30' }),
    scope: z.enum(SCOPES).default('visitor').openapi({
      description:
        'What is counted and which channel it has. `visitor`: people, by the channel of their first visit ever. `visit`: visits, each by its own channel, a direct one by the visitor’s last other channel within 30 days; every `visitors` field then counts visits.',
    }),
    basis: z.enum(BASES).default('order').openapi({
      description: 'What makes a buyer in consult_conversion, silent_conversion and silent_share.',
    }),
    money: z.enum(MONEY_DATES).default('order').openapi({
      description:
        'What dates gross, refunded and net. `order`: what was paid and given back so far for the orders of the period. `payment`: what was paid and given back in the period, for whichever orders.',
    }),
    by: z.enum(GROUPINGS).optional().openapi({ description: 'Adds `rows`, one for each value.' }),
    compare: z.enum(COMPARISONS).optional().openapi({
      description:
        'Adds `comparison`: the same question over as many days just before (`previous`), over the last days before that fall on the same weekdays (`weekdays`), or over the same dates a year before (`year`).',
    }),
    rest: z.enum(['true', 'false']).optional().openapi({
      description:
        'With `by` a trait, `true` adds `against_rest` to each row: its rates beside those of all other rows together.',
    }),
    ...filters,
  })
  .openapi('MetricsQuestion');
export type MetricsQuestion = z.infer<typeof metricsQuestion>;

/** Named schemas that may be null are a choice of two: made nullable, the document would forget it. */
export const orNull = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]);

const count = z.int().min(0);
const minor = z.int().openapi({ description: 'Whole minor units of the currency.' });

/** Amounts in one currency. Currencies are never added to each other. */
export const money = z
  .object({
    currency: z.string().openapi({ example: 'USD' }),
    digits: z.int().openapi({ description: 'Minor-unit digits: 2 means that 4999 is 49.99.' }),
    orders: count.openapi({ description: 'Orders placed in the period in this currency.' }),
    order_value: minor.openapi({ description: 'Value of those orders, paid or not.' }),
    gross: minor.openapi({ description: 'Paid, refunds not subtracted; see the parameter money.' }),
    refunded: minor.openapi({ description: 'Given back; never more than was paid for the order.' }),
    net: minor.openapi({
      description: 'gross - refunded. With money=payment it is negative where more was given back than paid.',
    }),
    average_order_value: z.number().nullable().openapi({ description: 'order_value / orders.' }),
    paid_per_buyer: z
      .number()
      .nullable()
      .openapi({ description: 'What known visitors paid / those visitors (客单价).' }),
    revenue_per_visitor: z
      .number()
      .nullable()
      .openapi({ description: 'What known visitors paid / visitors.' }),
  })
  .openapi('Money');
export type Money = z.infer<typeof money>;

export const totals = z
  .object({
    visitors: count,
    effective_visitors: count,
    consulting_visitors: count,
    silent_visitors: count,
    buyers: count,
    consulting_buyers: count,
    silent_buyers: count,
    paying_visitors: count,
    consulting_paying_visitors: count,
    silent_paying_visitors: count,
    visits: count,
    pages: count,
    inquiries: count,
    orders: count,
    paid_orders: count,
    unattributed_orders: count,
    money: z.array(money),
    converted: orNull(money).openapi({
      description:
        'All of it in the store’s currency, by the exchange rates that the store sets; null where it sets none, or not one for each currency.',
    }),
  })
  .openapi('Totals');
export type Totals = z.infer<typeof totals>;

export const RATE_NAMES = [
  'effective_entry_rate',
  'consult_rate',
  'consult_conversion',
  'silent_conversion',
  'visit_to_order_rate',
  'payment_rate',
  'deal_conversion',
  'silent_share',
] as const;
export type RateName = (typeof RATE_NAMES)[number];

export const rate = z
  .object({
    value: z.number().min(0).max(1).nullable().openapi({ description: 'Null where the denominator is 0.' }),
    numerator: count,
    denominator: count,
    ci: z
      .tuple([z.number(), z.number()])
      .nullable()
      .openapi({ description: '95 % Wilson interval: low, high.', example: [0.031, 0.062] }),
  })
  .openapi('Rate');
export type Rate = z.infer<typeof rate>;

export const rates = z
  .object({
    effective_entry_rate: rate,
    consult_rate: rate,
    consult_conversion: rate,
    silent_conversion: rate,
    visit_to_order_rate: rate,
    payment_rate: rate,
    deal_conversion: rate,
    silent_share: rate,
  } satisfies Record<RateName, typeof rate>)
  .openapi('Rates');
export type Rates = z.infer<typeof rates>;

export const VERDICTS = ['higher', 'lower', 'chance', 'too_little_data'] as const;

export const rateDifference = z
  .object({
    rest: rate.openapi({ description: 'Of all that is not in this row: the total without it.' }),
    difference: z.number().nullable().openapi({
      description: 'The row’s share less that of the rest; null where either is over nothing.',
    }),
    p: z.number().min(0).max(1).nullable().openapi({
      description:
        'How often chance alone would make such a difference: two-sided, by the two-proportion z-test, corrected by Holm’s method for the number of rows tested. Null where fewer than 5 successes or failures are expected of the row or of the rest.',
    }),
    verdict: z.enum(VERDICTS).openapi({
      description:
        '`higher` and `lower` where p is below 0.05, else `chance`; `too_little_data` where there is no p.',
    }),
  })
  .openapi('RateDifference');
export type RateDifference = z.infer<typeof rateDifference>;

export const againstRest = z
  .object(
    Object.fromEntries(RATE_NAMES.map((name) => [name, rateDifference])) as Record<
      RateName,
      typeof rateDifference
    >,
  )
  .openapi('AgainstRest');
export type AgainstRest = z.infer<typeof againstRest>;

export const row = z
  .object({
    key: z.string().openapi({
      description:
        'The trait, or the day, the Monday of the week, the month. `(none)` is no value; `unattributed` holds the orders of no known visitor.',
    }),
    totals,
    rates,
    against_rest: againstRest.optional(),
  })
  .openapi('Row');
export type Row = z.infer<typeof row>;

export const period = z
  .object({
    from: day,
    to: day,
    days: z.int(),
    timezone: z.string().openapi({ example: 'Asia/Shanghai' }),
    complete: z.boolean().openapi({ description: 'False while the last day is not over.' }),
  })
  .openapi('Period');
export type Period = z.infer<typeof period>;

const figures = { period, totals, rates, rows: z.array(row).optional() };

export const metricsAnswer = z
  .object({
    store: z.string(),
    scope: z.enum(SCOPES),
    basis: z.enum(BASES),
    money: z.enum(MONEY_DATES),
    by: z.enum(GROUPINGS).optional(),
    recounting: z.boolean().openapi({
      description:
        'True while everything is counted anew after a change of the store’s settings; figures may mix old and new.',
    }),
    ...figures,
    comparison: z.object(figures).optional(),
  })
  .openapi('MetricsAnswer');
export type MetricsAnswer = z.infer<typeof metricsAnswer>;
