// What is kept of a store and how much may come, in the API's words; and what erasing answers.
import { z } from '@hono/zod-openapi';
import { DAILY_EVENTS } from '../collect/limits.ts';

/** Settings about it. */
export const keeping = {
  retention_days: z
    .int('Days are a whole number.')
    .min(30, 'At least 30 days.')
    .max(36_500, 'At most 36,500 days; null is for ever.')
    .nullable()
    .openapi({
      description:
        'Days after which what happened is forgotten, within minutes of the day’s end; null is for ever.',
    }),
  daily_events: z
    .int('Events are a whole number.')
    .min(1_000, 'At least 1,000 events.')
    .max(1_000_000_000, 'At most 1,000,000,000 events.')
    .nullable()
    .openapi({
      description: `Events of one day above which those of pages are refused until midnight; null is the usual ${DAILY_EVENTS}.`,
    }),
  claim_limit: z
    .int('An amount is whole minor units of the store’s currency.')
    .min(1, 'At least 1 minor unit.')
    .max(1e15, 'At most 1,000,000,000,000,000 minor units.')
    .nullable()
    .openapi({
      description:
        'Whole minor units of the store’s currency above which an order or payment that a browser alone claims is kept and not added up; null is about a million dollars.',
    }),
};

export const usage = z
  .object({
    events: z.int().openapi({ description: 'That pages have sent today; some seconds old.' }),
    limit: z.int().openapi({ description: 'Above which more are refused until midnight.' }),
  })
  .openapi({ description: 'How much of the day’s events is used up.' });

/** What a request to erase a visitor has done. */
export const erasure = z
  .object({
    events: z.int().openapi({ description: 'Events that this request has deleted.' }),
    done: z.boolean().openapi({ description: 'Whether none is left; else ask again.' }),
  })
  .openapi('Erasure');
export type Erasure = z.infer<typeof erasure>;
