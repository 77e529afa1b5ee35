// The question and the answer of GET /v1/bottleneck: one set of schemas validates, types and documents both.
import { z } from '@hono/zod-openapi';
import { BASES, COMPARISONS, metricsQuestion, orNull, period, rate, SCOPES } from './question.ts';

/**
 * The ways from one stage of the funnel to the next, each named after the stage it leads to. Together they are a chain:
 * whoever is a buyer was effective, and either asked or did not.
 */
export const BOTTLENECK_STEPS = [
  'effective',
  'consulting',
  'consulting_buyers',
  'silent_buyers',
  'payment',
] as const;
export type BottleneckStep = (typeof BOTTLENECK_STEPS)[number];

export const bottleneckQuestion = metricsQuestion
  .omit({ by: true, money: true, compare: true, rest: true })
  .extend({
    compare: z.enum(COMPARISONS).default('previous').openapi({
      description:
        'What the period is held against: the days `previous` to it, the same `weekdays` before it, or the same days of the `year` before.',
    }),
  })
  .openapi('BottleneckQuestion');
export type BottleneckQuestion = z.infer<typeof bottleneckQuestion>;

const minor = z.int().openapi({ description: 'Whole minor units of `currency`.' });

const change = {
  rate: rate.openapi({ description: 'Those who took the step / those who stood before it, in the period.' }),
  before: rate.openapi({ description: 'The same in the period it is compared with.' }),
};

const channel = z
  .object({
    key: z.string().openapi({ example: 'paid_social' }),
    ...change,
    lost: minor.openapi({ description: 'Its part of what the step lost, or with minus of what it gained.' }),
  })
  .openapi('BottleneckChannel');

const named = {
  step: z.enum(BOTTLENECK_STEPS),
  lost: minor.openapi({
    description: 'What the change of this step’s rate alone cost; negative where it brought money.',
  }),
  channel: orNull(channel).openapi({
    description: 'The channel with the largest part in it; null where there is only one.',
  }),
};

export const bottleneckStep = z
  .object({
    step: z.enum(BOTTLENECK_STEPS).openapi({
      description:
        '`effective`: of the visitors. `consulting`: of the effective. `consulting_buyers`: of the consulting. `silent_buyers`: of the effective who did not ask. `payment`: of the orders, which is left out with `basis=payment`.',
    }),
    ...change,
    lost: named.lost,
    significant: z.boolean().nullable().openapi({
      description:
        'Whether chance alone would make such a change less than one time in 20, of all steps together; null where fewer than 5 would be expected on either side.',
    }),
  })
  .openapi('BottleneckStep');

export const bottleneckAnswer = z
  .object({
    store: z.string(),
    scope: z.enum(SCOPES),
    basis: z.enum(BASES),
    period,
    comparison: period,
    currency: z.string().openapi({ example: 'USD' }),
    digits: z.int().openapi({ description: 'Minor-unit digits of the currency.' }),
    verdict: z.enum(['worse', 'steady', 'too_little']).openapi({
      description:
        '`worse`: a step got worse by more than chance, and the one that cost most is the `bottleneck`. `steady`: none did. `too_little`: no step has enough people to tell.',
    }),
    bottleneck: orNull(
      z
        .object({
          ...named,
          median_ms: z.number().min(0).nullable().openapi({
            description:
              'Milliseconds that half of those who take the step need at most, within 7 days; null where nobody took it, and for periods of more than 92 days.',
          }),
        })
        .openapi('Bottleneck'),
    ),
    best: orNull(z.object(named).openapi('BottleneckBest')).openapi({
      description: 'The step whose change brought most, where one did by more than chance.',
    }),
    steps: z.array(bottleneckStep),
  })
  .openapi('BottleneckAnswer');
export type BottleneckAnswer = z.infer<typeof bottleneckAnswer>;
