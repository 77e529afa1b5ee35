// From what a shop pushes for GA4 to what Tundish is told. Pure but for the currency it remembers.
import { type EventType, type Item, LIMITS } from '../../event.ts';
import type { Told } from '../tell.ts';

/** The data layer is the shop's: anything may be anything. */
type Given = Record<string, unknown>;

/** Texts and numbers pass, as text; an object in their place could hold anybody's name. */
const text = (given: unknown): string | undefined =>
  typeof given === 'string' || typeof given === 'number' ? `${given}` : undefined;

/** 49.99 and "49.99" are numbers; what is not plainly one stays behind, and the collector says that it is missing. */
const number = (given: unknown): number | undefined =>
  /^\s*\d+(\.\d+)?\s*$/.test(text(given) ?? '') ? Number(given) : undefined;

const code = (given: unknown): string | undefined =>
  text(given)
    ?.trim()
    .toUpperCase()
    .match(/^[A-Z]{3}$/)?.[0];

const itemsOf = ({ items }: Given): Given[] =>
  Array.isArray(items) ? items.filter((item) => Object(item) === item) : [];

const nameOf = ({ item_id, item_name }: Given): string | undefined => text(item_id) || text(item_name);

const step = (given: Given, currency?: string): object => ({
  item: nameOf(itemsOf(given)[0] ?? {}),
  value: number(given.value),
  currency,
});

/** What a template makes of an order number that it does not have: taken for one, all orders would be one. */
const NOTHING = /^\s*(undefined|null|NaN|\(not set\))?\s*$/;

/** Without a number the order is passed on all the same: the collector refuses it and says why. */
const sale = (given: Given, currency?: string): object => ({
  order: NOTHING.test(text(given.transaction_id) ?? '') ? undefined : text(given.transaction_id),
  value: number(given.value),
  currency,
});

const order = (given: Given, currency?: string): object => ({
  ...sale(given, currency),
  items: itemsOf(given)
    .slice(0, LIMITS.items)
    .map(
      ({ item_id, item_name, price, quantity }: Given): Partial<Record<keyof Item, unknown>> => ({
        item_id: text(item_id),
        item_name: text(item_name),
        price: number(price),
        quantity: number(quantity),
      }),
    ),
});

/** GA4's names, and what each tells. A purchase is a payment only where the shop says so. */
const EVENTS = new Map<unknown, [type: EventType, fields: (given: Given, currency?: string) => object][]>([
  ['view_item', [['product', step]]],
  ['add_to_cart', [['cart', step]]],
  ['begin_checkout', [['checkout', step]]],
  [
    'purchase',
    [
      ['order', order],
      ['payment', sale],
    ],
  ],
  ['refund', [['refund', sale]]],
  ['generate_lead', [['inquiry', () => ({ via: 'form' })]]],
  ['share', [['share', (given) => ({ item: nameOf(given) })]]],
]);

/** The page's own setting, and what its last event had. */
let set: string | undefined;
let last: string | undefined;

/**
 * What one entry of the data layer tells, by its shape: the arguments of `gtag('event', name, params)`, or Tag
 * Manager's `{event, ecommerce}` with the parameters under `ecommerce` or beside `event`. `paid` says whether a
 * purchase is a payment, too.
 */
export const told = (entry: Given, paid: boolean): Told[] => {
  const { 0: command, 1: name, 2: more } = entry;
  if (command === 'set' || command === 'config') {
    // gtag('set', {currency}), gtag('set', 'currency', code) and gtag('config', id, {currency}).
    set = code(name === 'currency' ? more : ((more ?? name) as Given | undefined)?.currency) ?? set;
    return [];
  }
  const event = command === 'event' ? name : entry.event;
  const given = (command === 'event' ? more : (entry.ecommerce ?? entry)) as Given | undefined;
  const own = code(given?.currency);
  last = own ?? last;
  return (EVENTS.get(event) ?? [])
    .filter(([type]) => paid || type !== 'payment')
    .map(([type, fields]) => [type, fields(given ?? {}, own ?? set ?? last)]);
};
