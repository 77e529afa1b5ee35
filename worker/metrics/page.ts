// Lists a page at a time: the parameters limit and cursor, and the next of the answer.
import { Buffer } from 'node:buffer';
import { z } from '@hono/zod-openapi';

/** A whole number from 1, as text. */
export const upTo = (most: number) =>
  z
    .string(`Write a whole number from 1 to ${most}.`)
    .regex(/^[1-9]\d{0,5}$/, `Write a whole number from 1 to ${most}.`)
    .transform(Number)
    .refine((number) => number <= most, `Write a whole number from 1 to ${most}.`)
    .openapi({ type: 'integer', minimum: 1, maximum: most });

/** Base64url of a place as JSON: to be handed back, not to be read. */
const cursorOf = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** A cursor that holds a place of this shape. */
const cursorAt = <Place extends z.ZodType>(place: Place) =>
  z
    .string()
    .transform((text, context): z.output<Place> => {
      try {
        return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      } catch {
        context.addIssue({
          code: 'custom',
          message: 'This is not a cursor; send the next of the answer before, or none to begin.',
        });
        return z.NEVER;
      }
    })
    .optional()
    .openapi({ type: 'string', description: 'The `next` of the answer before.' });

/** The two parameters of a list: where it goes on, and how much of it comes at once. */
export const pages = <Place extends z.ZodType>(place: Place, usual: number, most: number) => ({
  limit: upTo(most)
    .prefault(String(usual))
    .openapi({ type: 'integer', default: usual, description: 'At most so many at once.' }),
  cursor: cursorAt(place),
});

/** In a list's answer. */
export const next = z
  .string()
  .nullable()
  .openapi({ description: 'The `cursor` of those that follow; null at the end.' });

/** The first `limit` of what was found, which is one more where there is more; `rest` is where a search was broken off. */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  placeOf: (last: T) => unknown,
  rest?: unknown,
): { shown: T[]; next: string | null } {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  if (last !== undefined && found.length > limit) return { shown, next: cursorOf(placeOf(last)) };
  return { shown, next: rest === undefined ? null : cursorOf(rest) };
}
