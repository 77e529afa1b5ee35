// The steps of a funnel: what may be written for one, and which events match it. Pure.
import { EVENT_TYPES, type EventType, LIMITS } from '../../sdk/event.ts';

/** What counts as something done: everything but attention. */
export const STEP_TYPES = EVENT_TYPES.filter((type) => type !== 'engaged');

/** An event's type, with what its detail must be where that matters. */
export interface Step {
  /** As it was written. */
  text: string;
  type: EventType;
  /** A path cut at its asterisks, or a custom step's name alone; undefined where any will do. */
  parts?: readonly string[];
}

const CUSTOM = 'custom:';

/** Paths or names remembered with the steps they match; a shop with more has the rest compared again. */
const REMEMBERED = 20_000;

/** Paths are kept as addresses have them, so that /产品 is /%E4%BA%A7%E5%93%81. */
const asInAddresses = (pattern: string) =>
  pattern.toWellFormed().replace(/[^\x21-\x7e]+/g, (rest) => encodeURIComponent(rest));

/** The step that a text names, or null. */
export function parseStep(text: string): Step | null {
  if (text.startsWith('/')) return { text, type: 'visit', parts: asInAddresses(text).split('*') };
  if (text.startsWith(CUSTOM) && text.length > CUSTOM.length)
    // Longer names were cut when they came in.
    return { text, type: 'custom', parts: [text.slice(CUSTOM.length).slice(0, LIMITS.text)] };
  const type = STEP_TYPES.find((name) => name === text);
  return type ? { text, type } : null;
}

/** Whether these parts make up a whole text, with anything between them. Linear, whatever the pattern. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Says of an event which steps it matches: a bit each, 1 for the first. `detail` is a page view's path or a name. */
export function matcherOf(steps: readonly Step[]): (type: EventType, detail: string) => number {
  const always = new Map<EventType, number>();
  const detailed = new Map<
    EventType,
    { known: Map<string, number>; some: { bit: number; parts: readonly string[] }[] }
  >();
  for (const [n, { type, parts }] of steps.entries()) {
    const bit = 1 << n;
    if (!parts) always.set(type, (always.get(type) ?? 0) | bit);
    else if (detailed.has(type)) detailed.get(type)?.some.push({ bit, parts });
    else detailed.set(type, { known: new Map(), some: [{ bit, parts }] });
  }
  return (type, detail) => {
    const base = always.get(type) ?? 0;
    const details = detailed.get(type);
    if (!details) return base;
    const { known, some } = details;
    let bits = known.get(detail);
    if (bits === undefined) {
      bits = some.reduce((sum, { bit, parts }) => (fits(detail, parts) ? sum | bit : sum), base);
      if (known.size < REMEMBERED) known.set(detail, bits);
    }
    return bits;
  };
}
