// What the set-up of a store is told: what arrives of it, what is refused and why, and what its page says.
import { z } from '@hono/zod-openapi';
import { EVENT_TYPES } from '../../sdk/event.ts';
import { REFUSAL_REASONS } from '../collect/tally.ts';

const many = {
  first: z.int(),
  last: z.int(),
  count: z.int(),
};
const pageOrigin = z.string().nullable().openapi({
  description: 'The page’s origin; null where the request named none, * for all past what is kept apart.',
});

/** What arrived lately, and what did not and why. */
export const arrivals = z
  .object({
    events: z
      .array(
        z.object({
          type: z.enum(EVENT_TYPES),
          at: z.int(),
          path: z.string().nullable(),
          channel: z.string().openapi({ description: 'Of its visit.' }),
          via: z.string().nullable(),
          order: z.string().nullable(),
          name: z.string().nullable().openapi({ description: 'Of a custom step.' }),
        }),
      )
      .openapi({ description: 'The last 50 that were accepted, the latest first.' }),
    refusals: z
      .array(
        z.object({
          reason: z.enum(REFUSAL_REASONS),
          says: z.string(),
          origin: pageOrigin,
          ...many,
        }),
      )
      .openapi({ description: 'What was refused in the last 7 days, added up by reason and origin.' }),
    unknown_stores: z
      .array(z.object({ store: z.string(), origin: pageOrigin, ...many }))
      .openapi({ description: 'Ids of no store that pages of this store’s origins have sent.' }),
  })
  .openapi('Arrivals');
export type Arrivals = z.infer<typeof arrivals>;

/** One page of the shop. */
export const pageToCheck = z
  .strictObject({
    url: z
      .url({
        protocol: /^https?$/,
        error: 'Give the whole address of a page, such as https://shop.example/.',
      })
      .max(2_000, 'At most 2,000 characters.'),
  })
  .openapi('PageToCheck', { example: { url: 'https://shop.example/' } });

const blocked = {
  directive: z.string(),
  add: z.string().nullable().openapi({
    description: 'What the directive lacks; null where only a nonce helps.',
  }),
};

/** What was found on it, the root of the trouble first. */
export const pageCheck = z
  .object({
    findings: z.array(
      z.discriminatedUnion('cause', [
        z.object({ cause: z.literal('page_unreachable'), status: z.int().nullable() }),
        z.object({ cause: z.literal('origin_not_allowed'), origin: z.string() }),
        z.object({ cause: z.literal('tag_missing') }),
        z.object({ cause: z.literal('tag_twice'), times: z.int() }),
        z.object({ cause: z.literal('wrong_store'), store: z.string().nullable() }),
        z.object({ cause: z.literal('wrong_host'), host: z.string() }),
        z.object({ cause: z.literal('csp_blocks_script'), ...blocked }),
        z.object({ cause: z.literal('csp_blocks_connect'), ...blocked }),
        z.object({ cause: z.literal('consent_required') }),
        z.object({ cause: z.literal('debug_on') }),
        z.object({ cause: z.literal('ok') }),
      ]),
    ),
  })
  .openapi('PageCheck');
export type PageCheck = z.infer<typeof pageCheck>;
