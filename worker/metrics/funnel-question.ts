// The questions and answers of the funnel endpoints: one set of schemas validates, types and documents both.
import { z } from '@hono/zod-openapi';
import { MAX_STEPS } from '../store/moments.ts';
import { UNITS } from '../store/trails.ts';
import { DIMENSIONS } from '../store/traits.ts';
import { ORDERS } from './funnel-match.ts';
import { parseStep, STEP_TYPES, type Step } from './funnel-steps.ts';
import { next, pages, upTo } from './page.ts';
import { day, filters, orNull, period, rate } from './question.ts';

const MIN_STEPS = 2;

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The window's ends in milliseconds: a coffee, and a season. */
const WINDOW = { least: 30 * UNIT_MS.m, most: 90 * UNIT_MS.d };

/** Milliseconds of a window such as 30m, 12h or 7d; NaN for what is none. */
export function windowOf(text: string): number {
  const [, number, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

const HOW_MANY = `Name ${MIN_STEPS} to ${MAX_STEPS} steps, each by its own steps=, such as steps=visit&steps=order.`;

const steps = z
  .union([z.string(), z.array(z.string())], HOW_MANY)
  .transform((given, context): Step[] => {
    const texts = [given].flat();
    if (texts.length < MIN_STEPS || texts.length > MAX_STEPS)
      context.addIssue({ code: 'custom', message: HOW_MANY });
    return texts.flatMap((text) => {
      const step = parseStep(text);
      if (!step)
        context.addIssue({
          code: 'custom',
          message: `There is no step ${JSON.stringify(text)}; a step is ${STEP_TYPES.join(', ')}, a path such as /cart or /product/*, or custom:NAME.`,
        });
      return step ?? [];
    });
  })
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description:
      'Given once for each step, in their sequence, 2 to 8: an event type; a page path, in which `*` stands for anything; or `custom:NAME`.',
    example: ['visit', '/product/*', 'cart', 'order'],
  });

const question = {
  store: z
    .string('Say which store: store=st_…')
    .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
  from: day.openapi({ description: 'First day for step 1, in the store’s time zone.' }),
  to: day.openapi({
    description: 'Last day for step 1, included; later steps may lie after it.',
    example: '2026-11-30',
  }),
  steps,
  order: z.enum(ORDERS).default('ordered').openapi({
    description:
      '`ordered`: each step after the one before. `strict`: with nothing else done in between. `any`: in any sequence, within the window before or after step 1.',
  }),
  window: z
    .string()
    .refine((text) => {
      const window = windowOf(text);
      return WINDOW.least <= window && window <= WINDOW.most;
    }, 'Write the window as a whole number with m, h or d, from 30m to 90d, such as 7d.')
    .default('7d')
    .openapi({ description: 'How long after step 1 the others may come, from `30m` to `90d`.' }),
  count: z.enum(UNITS).default('visitor').openapi({
    description:
      'What is counted and whose trait it has. `visitor`: people, by their first visit ever. `visit`: visits, each by itself. `order`: merchant orders, by the visit they belong to; the steps are then order, payment or refund.',
  }),
  by: z
    .enum(DIMENSIONS)
    .optional()
    .openapi({ description: 'Adds `rows`, one for each value at entry; to a list, the `key` of each.' }),
  ...filters,
};

export const funnelQuestion = z.strictObject(question).openapi('FunnelQuestion');

/** All that can be a step of an order. */
const OF_ORDERS: readonly string[] = ['order', 'payment', 'refund'];

/** Why these steps and what is counted do not go together, or null. */
export function mismatchOf({ count, steps }: { count: string; steps: readonly Step[] }): string | null {
  const foreign = count === 'order' && steps.find(({ text }) => !OF_ORDERS.includes(text));
  if (!foreign) return null;
  return `An order has the steps ${OF_ORDERS.join(', ')}; take out ${foreign.text}, or count visitors or visits.`;
}

const FILTERS = DIMENSIONS.map((name) => `filter[${name}]` as const);

/** A funnel's question as it is kept: all but store and period, what was left out as it is by default. */
export const keptQuestion = z
  .object({
    steps: z.array(z.string()),
    order: question.order.unwrap(),
    window: z.string(),
    count: question.count.unwrap(),
    by: question.by,
    ...(Object.fromEntries(FILTERS.map((name) => [name, z.array(z.string()).optional()])) as Record<
      (typeof FILTERS)[number],
      z.ZodOptional<z.ZodArray<z.ZodString>>
    >),
  })
  .openapi('KeptQuestion');
export type KeptQuestion = z.infer<typeof keptQuestion>;

const { store: _store, from: _from, to: _to, ...lasting } = question;

/** The same to be kept: validated as the endpoint does. */
export const questionToKeep = z
  .strictObject(lasting)
  .superRefine((asked, context) => {
    const message = mismatchOf(asked);
    if (message) context.addIssue({ code: 'custom', message, path: ['steps'] });
  })
  .transform(({ steps, ...rest }): KeptQuestion => ({ steps: steps.map(({ text }) => text), ...rest }))
  .openapi('QuestionToKeep');

export type FunnelQuestion = z.infer<typeof funnelQuestion>;

/** Where a list goes on: after what was reached at `at` by whom, in which visit and of which order. */
const place = z.tuple([z.int(), z.string(), z.string(), z.string()]);
export type Place = z.infer<typeof place>;

export const funnelVisitorsQuestion = z
  .strictObject({
    ...question,
    step: upTo(MAX_STEPS).openapi({
      description: 'Who reached at least this step; the first is 1.',
      example: 2,
    }),
    dropped: z
      .enum(['true', 'false'])
      .default('false')
      .openapi({ description: '`true`: who reached this step and no further.' }),
    ...pages(place, 50, 500),
  })
  .openapi('FunnelVisitorsQuestion');
export type FunnelVisitorsQuestion = z.infer<typeof funnelVisitorsQuestion>;

const count = z.int().min(0);
const duration = z.number().min(0).nullable();

export const funnelStep = z
  .object({
    step: z.string().openapi({ description: 'As it was asked for.' }),
    count: count.openapi({ description: 'Who reached this step, having reached all before it.' }),
    from_first: rate.openapi({ description: 'Of those who reached step 1.' }),
    from_previous: orNull(rate).openapi({
      description: 'Of those who reached the step before; null for step 1.',
    }),
    lost: count.openapi({ description: 'Who reached the step before and not this one.' }),
    median_ms: duration.openapi({
      description:
        'Milliseconds since the step before, of those who reached this one; null where nobody did.',
    }),
    p90_ms: duration.openapi({
      description: 'The time within which nine of ten of them came, by nearest rank.',
    }),
  })
  .openapi('FunnelStep');
export type FunnelStep = z.infer<typeof funnelStep>;

/** What was asked, as both answers repeat it. */
const asked = {
  store: z.string(),
  period,
  count: z.enum(UNITS),
  order: z.enum(ORDERS),
  window: z.string(),
};

export const funnelAnswer = z
  .object({
    ...asked,
    steps: z.array(funnelStep),
    by: z.enum(DIMENSIONS).optional(),
    rows: z
      .array(
        z.object({
          key: z.string().openapi({
            description:
              'The trait at entry. `(none)` is no value; `unattributed` are orders of no known visitor.',
          }),
          steps: z.array(funnelStep),
        }),
      )
      .optional(),
  })
  .openapi('FunnelAnswer');
export type FunnelAnswer = z.infer<typeof funnelAnswer>;

const moment = z.int().openapi({ description: 'Milliseconds since 1970.' });

export const funnelVisitor = z
  .object({
    visitor: z.string().nullable().openapi({ description: 'Null for an order of no known visitor.' }),
    visit: z.string().nullable().openapi({ description: 'Null where visitors are counted.' }),
    order: z
      .string()
      .optional()
      .openapi({ description: 'The merchant’s order number, where orders are counted.' }),
    key: z.string().optional().openapi({ description: 'The trait at entry, where one was asked for.' }),
    reached: z.int().min(1).openapi({ description: 'The last step reached; the first is 1.' }),
    entered: moment.openapi({ description: 'When step 1 was.' }),
    at: moment.openapi({ description: 'When the last step reached was.' }),
    last_page: z
      .string()
      .nullable()
      .openapi({ description: 'Path of the last page viewed in the days that were read.' }),
    last_seen: moment.openapi({ description: 'The last that happened in those days.' }),
  })
  .openapi('FunnelVisitor');
export type FunnelVisitor = z.infer<typeof funnelVisitor>;

export const funnelVisitorsAnswer = z
  .object({
    ...asked,
    steps: z.array(z.string()),
    step: z.int(),
    dropped: z.boolean(),
    visitors: z.array(funnelVisitor),
    next,
  })
  .openapi('FunnelVisitorsAnswer');
export type FunnelVisitorsAnswer = z.infer<typeof funnelVisitorsAnswer>;
