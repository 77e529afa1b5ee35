// What the script tag leaves to the collector to save bytes in every shop's page, spelt as the contract has it.
import type { InquiryWay } from '../../sdk/event.ts';

/** A link's scheme says how it asks; without a word it is some other way. */
const WAYS = new Map<unknown, InquiryWay>([
  ['tel', 'phone'],
  ['mailto', 'email'],
  ['sms', 'message'],
  ['', 'other'],
]);

/** What a plain word means, by the type of event. */
const WORDS = new Map<unknown, string>([
  ['product', 'item'],
  ['cart', 'item'],
  ['checkout', 'item'],
  ['review', 'item'],
  ['share', 'item'],
  ['custom', 'name'],
]);

/**
 * The event with its way of asking and its order number in the contract's words. The id was made of what was sent, so
 * it follows: a tap on a tel: link is the same inquiry as one that the shop reports by phone.
 */
export function spell(input: object): object {
  const { id, type, via, order } = input as Record<string, unknown>;
  // A plain word in HTML (data-tundish-cart="tea") travels as the way of an inquiry: the tag does not know the types.
  const field = WORDS.get(type);
  if (field) return via && !(field in input) ? { ...input, [field]: via } : input;
  if (typeof id !== 'string') return input;
  if (type === 'inquiry') {
    const way = WAYS.get(via);
    const end = `.${via}`;
    return way === undefined
      ? input
      : { ...input, via: way, id: id.endsWith(end) ? `${id.slice(0, -end.length)}.${way}` : id };
  }
  if (typeof order === 'string' && id === `${type}:${order}`)
    return { ...input, id: `${type}:${order.trim()}` };
  return input;
}
