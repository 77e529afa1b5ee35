// A visit's trail: the events of one of its days in their order, small enough to lie with the visit.
import type { EventType } from '../../sdk/event.ts';

/** A letter for each type; what follows it is the path of a page view, a custom step's name, an inquiry's event id. */
const LETTERS: Record<EventType, string> = {
  visit: 'v',
  inquiry: 'i',
  order: 'o',
  payment: 'p',
  product: 'd',
  cart: 'c',
  checkout: 'k',
  refund: 'f',
  review: 'r',
  share: 's',
  custom: 'x',
  engaged: 'e',
};
const TYPES = new Map(Object.entries(LETTERS).map(([type, letter]) => [letter, type as EventType]));

/** Events of one day of a visit that its trail holds; what comes after is a robot's. */
export const TRAIL_EVENTS = 1_000;

/** One entry as SQL writes it, from an event `o` and the visit's beginning `n.start`. */
export const STOP = `json_quote((o.at - n.start) || case o.type ${Object.entries(LETTERS)
  .map(([type, letter]) => `when '${type}' then '${letter}'`)
  .join(' ')} end || case o.type when 'visit' then o.path when 'inquiry' then o.id
  when 'custom' then coalesce(o.data->>'name', '') else '' end)`;

export interface Stop {
  /** Milliseconds since 1970. */
  at: number;
  type: EventType;
  /** The path of a page view, the name of a custom step, the event id of an inquiry; else empty. */
  detail: string;
}

/** Reads a trail; `start` is the visit's. */
export function stopsOf(trail: string, start: number): Stop[] {
  return (JSON.parse(trail) as string[]).map((text) => {
    const place = text.search(/[a-z]/);
    const type = TYPES.get(text.charAt(place));
    if (!type) throw new Error(`The trail holds an unknown entry: ${text}`);
    return { at: start + Number(text.slice(0, place)), type, detail: text.slice(place + 1) };
  });
}
