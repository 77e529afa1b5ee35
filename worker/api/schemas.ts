// The API's own words beside metrics: problems, stores, tokens.
import { z } from '@hono/zod-openapi';
import { LIMITS } from '../../sdk/event.ts';
import { CONFIRM } from '../collect/event.ts';
import { isCurrency } from '../collect/money.ts';
import { CHANNELS } from '../collect/source/list.ts';
import { orNull } from '../metrics/question.ts';
import { LIKE_BYTES, patternBytes } from '../store/ruled.ts';
import { ROLES, SCOPES_OF_TOKENS } from '../store/schema-stores.ts';
import { keeping, usage } from './keeping.ts';
import { PROBLEM_CODES } from './problems.ts';

/** RFC 9457, with a stable code, the parameter at fault, and what to name when asking for help. */
export const problem = z
  .object({
    type: z.string().openapi({ description: 'about:blank: the code says more.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    detail: z.string().openapi({ description: 'A sentence that says what to do.' }),
    parameter: z
      .string()
      .optional()
      .openapi({ description: 'The parameter, field or header at fault, where one is.' }),
    request_id: z.string().openapi({ description: 'As in the header X-Request-Id.' }),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problem>;

/** A named zone: offsets know no summer. */
const isTimezone = (zone: string) => {
  if (!/^[A-Z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** A name or an address; no wildcards. */
const HOST = /^([a-z0-9.-]{1,253}|\[[0-9a-f:]+\])$/;
/** Text that can be shown: no control characters, no halves of characters. */
export const shown = /^[^\p{Cc}\p{Cs}]*$/u;
/** The document writes patterns without flags; JSON Schema reads them as Unicode anyway. */
export const SHOWN = { pattern: shown.source };

/** An origin as browsers send it: scheme, host and port, nothing after. */
const isOrigin = (text: string) => {
  try {
    const url = new URL(text);
    return (
      (url.protocol === 'https:' || url.protocol === 'http:') &&
      url.origin === text &&
      HOST.test(url.hostname)
    );
  } catch {
    return false;
  }
};

export const newStore = z
  .strictObject({
    name: z
      .string('Give the store a name.')
      .trim()
      .min(1, 'Give the store a name.')
      .max(100, 'At most 100 characters.')
      .regex(shown, 'A name is one line of text.')
      .openapi(SHOWN),
    origins: z
      .array(
        z
          .string()
          .refine(
            isOrigin,
            'An origin is a scheme and a host, such as https://shop.example, and nothing after.',
          ),
      )
      .min(1, 'Name the origin the shop’s pages come from.')
      .max(20, 'At most 20 origins.'),
    timezone: z
      .string('An IANA time zone, such as Asia/Shanghai.')
      .refine(isTimezone, 'An IANA time zone, such as Asia/Shanghai.'),
    currency: z.string('An ISO 4217 code, such as CNY.').refine(isCurrency, 'An ISO 4217 code, such as CNY.'),
  })
  .openapi('NewStore', {
    example: {
      name: 'Halfmoon Tea',
      origins: ['https://shop.example'],
      timezone: 'Asia/Shanghai',
      currency: 'CNY',
    },
  });
export type NewStore = z.infer<typeof newStore>;

/** A pattern of a rule: `*` stands for anything, letters match in either case. */
const pattern = z
  .string()
  .trim()
  .min(1, 'A pattern has at least one character; leave out what may be anything.')
  .max(LIMITS.text, `At most ${LIMITS.text} characters.`)
  .regex(shown, 'A pattern is one line of text.')
  .refine(
    (text) => patternBytes(text) <= LIKE_BYTES,
    `With * a pattern has at most ${LIKE_BYTES} bytes, of which _ and % take two; shorten it.`,
  )
  .openapi(SHOWN)
  .optional();

/** Visits that match every pattern have this channel, whatever the list that all stores share says of them. */
export const channelRule = z
  .strictObject({
    channel: z.enum(CHANNELS, `The channel of a rule is one of ${CHANNELS.join(', ')}.`),
    source: pattern,
    medium: pattern,
    campaign: pattern,
  })
  .refine(({ source, medium, campaign }) => source ?? medium ?? campaign, {
    message: 'A rule names a source, a medium or a campaign.',
  })
  .openapi('ChannelRule');

export const channelRules = z.array(channelRule).max(50, 'At most 50 rules.').openapi({
  description: 'The store’s own rules for channels, in order; the first that matches counts.',
});

const settings = z.object({
  min_pages: z
    .int('Pages are a whole number.')
    .min(1, 'At least 1 page.')
    .max(100, 'At most 100 pages.')
    .openapi({ description: 'Pages of a visit that make its visitor effective.' }),
  min_engaged: z
    .int('Attention is whole milliseconds.')
    .min(1_000, 'At least 1,000 ms.')
    .max(LIMITS.engaged, `At most ${LIMITS.engaged} ms.`)
    .openapi({ description: 'Milliseconds of attention in a visit that make its visitor effective.' }),
  channel_rules: channelRules,
  confirm: z.enum(CONFIRM, `Say which sales must be confirmed: ${CONFIRM.join(', ')}.`).openapi({
    description:
      'Which sales count only when a signed call has confirmed them: none, payments (and refunds), or all.',
  }),
  exchange_rates: z
    .record(
      z.string().refine(isCurrency, 'A currency is an ISO 4217 code, such as EUR.'),
      z.number('A rate is a number above 0.').positive('A rate is a number above 0.'),
    )
    .nullable()
    .openapi({
      description:
        'What one unit of another currency is worth in the store’s own: with it, totals.converted adds all up.',
      example: { EUR: 1.08 },
    }),
  ...keeping,
});

/** What may change of a store. A change of anything that figures depend on has them counted anew. */
export const storeChange = newStore
  .pick({ name: true, origins: true, timezone: true })
  .extend(settings.shape)
  .partial()
  .openapi('StoreChange', { example: { name: 'Halfmoon Tea', min_pages: 3 } });
export type StoreChange = z.infer<typeof storeChange>;

/** What is known of a store's first event: proof that the script tag works. */
export const firstEvent = z
  .object({
    type: z.string(),
    at: z.int(),
    path: z.string().nullable(),
    channel: z.string(),
    source: z.string().nullable(),
    device: z.string().nullable(),
    country: z.string().nullable(),
  })
  .openapi('FirstEvent');
export type FirstEvent = z.infer<typeof firstEvent>;

export const store = z
  .object({
    id: z.string().openapi({ example: 'st_3v8k2m9qpa' }),
    name: z.string(),
    origins: z.array(z.string()),
    timezone: z.string(),
    currency: z.string(),
    digits: z.int().openapi({ description: 'Decimals of the currency’s amounts.' }),
    demo: z.boolean(),
    role: z.enum(ROLES).openapi({
      description: 'What you may do in it: everything, change what is shown and how it is counted, or look.',
    }),
    created: z.int(),
    ...settings.shape,
    recounting: z.boolean().openapi({
      description: 'True while everything is counted anew after a change of settings.',
    }),
    usage,
    tag: z.string().openapi({ description: 'The script tag to paste into every page of the shop.' }),
    first_event: orNull(firstEvent),
  })
  .openapi('Store');
export type Store = z.infer<typeof store>;

/** Examples of ids, the same wherever one is shown. */
export const EXAMPLES = {
  store: 'st_3v8k2m9qpa',
  token: 'tk_7h2m0q9x4c',
  secret: 'sc_5n8r1v4w0b',
  member: 'us_2c6t9k3p7w',
  share: 'sh_8d1f5j0z6y',
  session: 'q4W9b2LrXk7TzN3vYcJ8mE5hGd1PfSa6',
  annotation: 'an_6j3d9s2k8t',
  visitor: '4k1x9d2m7q',
  funnel: 'fn_2c7t0k5x8d',
} as const;

export const storeId = z
  .string('Say which store: store=st_…')
  .openapi({ description: 'The store’s public id.', example: EXAMPLES.store });
export const tokenId = z.string().openapi({ example: EXAMPLES.token });

const scopes = z
  .array(z.enum(SCOPES_OF_TOKENS, `A scope is one of ${SCOPES_OF_TOKENS.join(', ')}.`))
  .min(1, 'Name a scope at least.')
  .transform((named) => SCOPES_OF_TOKENS.filter((scope) => named.includes(scope)))
  .openapi({
    type: 'array',
    items: { type: 'string', enum: [...SCOPES_OF_TOKENS] },
    description:
      '`read`: ask about the store. `write`: send its events from a server. `admin`: both, change its settings, have its pages checked, and make and revoke its tokens and secrets; not its members and share links.',
    example: ['read'],
  });

export const expires = z.int('The end is milliseconds since 1970, or null for never.').nullable().openapi({
  description: 'When it opens nothing any more, in milliseconds since 1970; null for never.',
  example: null,
});

export const token = z
  .object({
    id: tokenId,
    store: storeId,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES_OF_TOKENS)),
    created: z.int(),
    expires,
    last_used: z.int().nullable().openapi({ description: 'Exact to the hour.' }),
  })
  .openapi('Token');
export type Token = z.infer<typeof token>;

/** A name that people give. */
export const lineOfText = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(100, 'At most 100 characters.')
    .regex(shown, 'A name is one line of text.')
    .openapi(SHOWN);

export const newToken = z
  .strictObject({
    store: storeId,
    name: lineOfText('Give the token a name.').default('API'),
    scopes: scopes.default(['read']),
    expires: expires.default(null),
  })
  .openapi('NewToken', {
    example: { store: EXAMPLES.store, name: 'Reports', scopes: ['read'], expires: null },
  });
export type NewToken = z.input<typeof newToken>;
