// unknown -> event, or the one reason why not. Past this file no code doubts its input.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
  type EventReason,
  INQUIRY_WAYS,
  type Item,
  LIMITS,
  type Rejection,
  type WireEvent,
} from '../../sdk/event.ts';
import { isCurrency } from './money.ts';
import { clean, cleanProperty, isPersonal } from './personal/clean.ts';
import { spell } from './spell.ts';

const SALE_TYPES: ReadonlySet<unknown> = new Set(['order', 'payment', 'refund']);

/** Whether it speaks of a merchant's order, so that it may come without a visitor and be confirmed. */
export const isSale = (event: object) => 'type' in event && SALE_TYPES.has(event.type);

/** 16 characters of base36: 82 bits. */
const digestOf = (secret: string, text: string): string =>
  [...createHmac('sha256', secret).update(`order ${text}`).digest().subarray(0, 16)]
    .map((byte) => (byte % 36).toString(36))
    .join('');

/** A schema's message is the reason itself; the type keeps the list closed. */
const because = (reason: EventReason) => reason;

const named = (reason: EventReason, pattern: RegExp) =>
  z.string(because(reason)).max(LIMITS.id, because(reason)).regex(pattern, because(reason));
/** Who and in which visit: a word. */
const word = (reason: EventReason) => named(reason, /^[^\s\p{C}]+$/u);

const isPage = (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text);
const cut = z.string().transform((text) => clean(text).slice(0, LIMITS.text));
/** Something that helps but does not matter enough to lose an order over: what is malformed is left out. */
const ifSound = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const attention = z.number(because('invalid_engaged')).min(0, because('invalid_engaged'));
const envelope = {
  // An order's id holds the shop's own number, which may have spaces in it.
  id: named('invalid_id', /^[^\p{Cc}\p{Cs}]+$/u),
  at: z.int(because('invalid_time')).min(0, because('invalid_time')),
  url: ifSound(z.string().refine(isPage)),
  referrer: ifSound(z.string()),
  engaged: ifSound(attention),
};

const value = z
  .number(because('invalid_value'))
  .min(0, because('invalid_value'))
  .max(LIMITS.value, because('invalid_value'));
const currency = z.string(because('invalid_currency')).refine(isCurrency, because('invalid_currency'));
/** Shops that number their orders send numbers. */
const order = z.preprocess(
  (sent) => (Number.isSafeInteger(sent) ? String(sent) : sent),
  z
    .string({ error: ({ input }) => because(input == null ? 'missing_order' : 'invalid_order') })
    .trim()
    .min(1, because('missing_order'))
    .max(LIMITS.order, because('invalid_order'))
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, because('invalid_order')),
);

const item: z.ZodType<Item> = z.object(
  {
    item_id: ifSound(cut),
    item_name: ifSound(cut),
    price: ifSound(z.number()),
    quantity: ifSound(z.number()),
  },
  because('invalid_items'),
) as z.ZodType<Item>;

const sale = { order, value, currency, method: ifSound(cut) };
/** A price is worth nothing without its currency, and the other way round. */
const thing = { item: ifSound(cut), value: ifSound(value), currency: ifSound(currency) };

const kept = <T>(value: T): T | string => (typeof value === 'string' ? value.slice(0, LIMITS.text) : value);
const props = z
  .record(
    z.string().max(LIMITS.text, because('invalid_props')),
    z.union([z.string(), z.number(), z.boolean()], because('invalid_props')),
    because('invalid_props'),
  )
  .refine((flat) => Object.keys(flat).length <= LIMITS.props, because('invalid_props'))
  .transform((flat) =>
    Object.fromEntries(
      Object.entries(flat).map(([name, value]) => [clean(name), kept(cleanProperty(name, value))]),
    ),
  );

const shapesWith = <Visit extends z.ZodType<string | null>>(visit: Visit) => {
  const common = { ...envelope, visit };
  return [
    z.object({
      ...common,
      type: z.literal('visit'),
      url: z.string(because('invalid_url')).refine(isPage, because('invalid_url')),
    }),
    z.object({
      ...common,
      type: z.literal('inquiry'),
      via: z.enum(INQUIRY_WAYS, because('invalid_via')).default('other'),
    }),
    z.object({
      ...common,
      type: z.literal('order'),
      ...sale,
      items: z.array(item, because('invalid_items')).max(LIMITS.items, because('invalid_items')).optional(),
    }),
    z.object({ ...common, type: z.literal('payment'), ...sale }),
    z.object({ ...common, type: z.literal('refund'), ...sale }),
    z.object({ ...common, type: z.literal('product'), ...thing }),
    z.object({ ...common, type: z.literal('cart'), ...thing }),
    z.object({ ...common, type: z.literal('checkout'), ...thing }),
    z.object({ ...common, type: z.literal('review'), item: ifSound(cut) }),
    z.object({ ...common, type: z.literal('share'), item: ifSound(cut) }),
    z.object({
      ...common,
      type: z.literal('custom'),
      name: z
        .string(because('missing_name'))
        .min(1, because('missing_name'))
        .transform((text) => clean(text).slice(0, LIMITS.text)),
      props: props.optional(),
    }),
    z.object({ ...common, type: z.literal('engaged'), engaged: attention }),
  ] as const;
};

export const isObject = (input: unknown): input is object =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const union = <Visit extends z.ZodType<string | null>>(visit: Visit) =>
  z.discriminatedUnion('type', shapesWith(visit), {
    error: ({ input }) => because(isObject(input) ? 'unknown_type' : 'not_an_object'),
  });

const wireEvent = union(word('invalid_visit'));
/** A sale that no browser reported has neither visitor nor visit. */
const anonymousSale = union(z.null());

const visitorId = word('invalid_visitor').refine((id) => !isPersonal(id), because('personal_data'));

/** Why somebody cannot be called so; null where they can. */
export const reasonAgainst = (visitor: unknown): EventReason | null =>
  (visitorId.safeParse(visitor).error?.issues[0]?.message as EventReason | undefined) ?? null;

/** A parsed event: the wire's, with what was malformed but not essential left out. */
export type ParsedEvent = z.output<typeof wireEvent> | z.output<typeof anonymousSale>;

// The schema and the contract must say the same; either drifting from the other does not compile.
type Loose<T> = T extends unknown ? { [K in keyof T]: T[K] | undefined } : never;
const conforms = (event: WireEvent): Loose<z.input<typeof wireEvent>> => event;
void conforms;

export type Parsed = { event: ParsedEvent; rejection?: never } | { event?: never; rejection: Rejection };

/**
 * The event under a number that says nothing of anybody. Digits may look like a card's or a telephone's and be an order's
 * all the same: they are kept as their digest under the secret, the same from pages and servers.
 */
function discreet<E extends ParsedEvent>(event: E, secret: string): E {
  if (!('order' in event) || !/^[\d ().+-]+$/.test(event.order) || !isPersonal(event.order)) return event;
  const order = `number-${digestOf(secret, event.order)}`;
  return {
    ...event,
    order,
    id: event.id === `${event.type}:${event.order}` ? `${event.type}:${order}` : event.id,
  };
}

/** Whether one of its names says who somebody is. */
const namesSomebody = (event: ParsedEvent): boolean =>
  isPersonal(event.id) ||
  (event.visit !== null && isPersonal(event.visit)) ||
  ('order' in event && isPersonal(event.order));

function parseWith(schema: typeof wireEvent | typeof anonymousSale, input: unknown, secret: string): Parsed {
  const result = schema.safeParse(input);
  if (!result.success) return { rejection: reject(input, result.error.issues[0]?.message as EventReason) };
  const event = discreet(result.data, secret);
  return namesSomebody(event) ? { rejection: reject(input, 'personal_data') } : { event };
}

/** Parses one event of a batch. The rejection names the first thing wrong with it. */
export const parseEvent = (input: unknown, secret: string) =>
  parseWith(wireEvent, isObject(input) ? spell(input) : input, secret);

/** Parses an order, payment or refund of no known visitor; of any other type, a visitor is missing. */
export function parseAnonymous(input: object, secret: string): Parsed {
  if (!isSale(input)) return { rejection: reject(input, 'invalid_visitor') };
  return parseWith(anonymousSale, { ...input, visit: null }, secret);
}

/** What the answer says of an event that is refused; its id as it was sent, where it sent a usable one. */
export function reject(input: unknown, reason: EventReason): Rejection {
  const sent = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return { id: typeof sent === 'string' ? sent.slice(0, LIMITS.id) : null, reason };
}
