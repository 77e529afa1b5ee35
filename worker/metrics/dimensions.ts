// What figures can be grouped and filtered by, with the values that a store has lately seen.
import { z } from '@hono/zod-openapi';
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { DIMENSIONS, type Dimension } from '../store/traits.ts';
import { LOOKED_AT, seenValues } from '../store/values.ts';
import { daysOf, periodOf, QuestionError } from './period.ts';
import { BASES, COMPARISONS, day, GROUPINGS, period, SCOPES } from './question.ts';

/** Days of which values are shown where no period is named. */
const USUAL = 30;
/** Values of one dimension. */
const MOST = 100;

export const dimensionsQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
    from: day
      .optional()
      .openapi({ description: `Of which days values are shown; left out, of the last ${USUAL}.` }),
    to: day.optional().openapi({ description: 'The last of them; goes with `from`.', example: '2026-11-30' }),
  })
  .openapi('DimensionsQuestion');
export type DimensionsQuestion = z.infer<typeof dimensionsQuestion>;

export const dimensionsAnswer = z
  .object({
    store: z.string(),
    period,
    dimensions: z.array(
      z
        .object({
          name: z.enum(DIMENSIONS).openapi({ description: 'For `by=` and for `filter[…]=`.' }),
          values: z.array(
            z.object({
              value: z.string().openapi({ description: '`(none)` is no value.', example: 'email' }),
              visits: z
                .int()
                .min(0)
                .nullable()
                .openapi({
                  description: `Visits that have it, of the latest ${LOOKED_AT} that were looked at; null of \`visitor_kind\`, which depends on the question.`,
                }),
            }),
          ),
          more: z.boolean().openapi({ description: `True where there are more than ${MOST} values.` }),
        })
        .openapi('Dimension'),
    ),
    groupings: z.array(z.enum(GROUPINGS)).openapi({ description: 'For `by=`: the dimensions, and time.' }),
    scopes: z.array(z.enum(SCOPES)),
    bases: z.array(z.enum(BASES)),
    comparisons: z.array(z.enum(COMPARISONS)),
  })
  .openapi('DimensionsAnswer');
export type DimensionsAnswer = z.infer<typeof dimensionsAnswer>;

/** @throws {QuestionError} when only one end of the period is named, or it is turned round or too long. */
export async function answerDimensions(
  env: Env,
  store: StoreSettings,
  { from, to }: DimensionsQuestion,
  now: number,
): Promise<DimensionsAnswer> {
  const missing = from === undefined ? 'from' : 'to';
  if ((from === undefined) !== (to === undefined))
    throw new QuestionError(missing, `Name both days or none: ${missing} is missing.`);
  const today = dayOf(now, store.timezone);
  const days =
    from === undefined || to === undefined ? { from: today - USUAL + 1, to: today } : daysOf({ from, to });
  const seen = await seenValues(env, store.key, days);
  const valuesOf = (name: Dimension) =>
    name === 'visitor_kind'
      ? ['new', 'returning'].map((value) => ({ value, visits: null }))
      : (seen.get(name) ?? []);
  return {
    store: store.id,
    period: periodOf(days, store.timezone, now),
    dimensions: DIMENSIONS.map((name) => {
      const values = valuesOf(name);
      return { name, values: values.slice(0, MOST), more: values.length > MOST };
    }),
    groupings: [...GROUPINGS],
    scopes: [...SCOPES],
    bases: [...BASES],
    comparisons: [...COMPARISONS],
  };
}
