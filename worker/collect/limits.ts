// How much may come: requests of a network and of a store in a while, and a store's events in a day.
import { createHmac } from 'node:crypto';

/** Events that pages may send of one store in a day where it does not say otherwise: some ten days fill a database. */
export const DAILY_EVENTS = 5_000_000;

/** So many in so many seconds. */
export interface Rate {
  requests: number;
  seconds: number;
}

/**
 * What one instance of the Worker takes. A network is an office or a whole village behind one address: fifty requests a
 * second are a thousand people who look at pages. A store has what is left to the others when it takes all it can.
 */
export const RATES = {
  network: { requests: 3_000, seconds: 60 },
  store: { requests: 10_000, seconds: 10 },
} as const satisfies Record<string, Rate>;

/** Counts under names, in memory: a count in the database would cost a write a request. */
export class Windows {
  readonly #rate: Rate;
  /** Names remembered at once; starting over forgives them a while. */
  readonly #remembered = 10_000;
  readonly #open = new Map<string, { used: number; until: number }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes one of what a name has: how many are left, below 0 for none, and seconds until there are all again. */
  take(name: string, now: number): { left: number; seconds: number } {
    let window = this.#open.get(name);
    if (!window || window.until <= now) {
      if (this.#open.size >= this.#remembered) this.#open.clear();
      window = { used: 0, until: now + this.#rate.seconds * 1000 };
      this.#open.set(name, window);
    }
    window.used++;
    return { left: this.#rate.requests - window.used, seconds: Math.ceil((window.until - now) / 1000) };
  }
}

/** Of IPv6 the half that a household has as a whole, of IPv4 the address. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [first, last] = [groups(head), groups(tail)];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':');
}

/** Whether an address is this machine's own: whoever asks through it, a proxy on it or a test, is not known by it. */
export const isLoopback = (ip: string): boolean => /^(::1$|(::ffff:)?127\.)/i.test(ip);

/** A name for a network that says nothing of it: not even in memory an address is kept. */
export const networkName = (secret: string, ip: string): string =>
  createHmac('sha256', secret)
    .update(`network ${networkOf(ip)}`)
    .digest('base64url');

/** What pages of a store have sent on a day. */
export interface DayCount {
  store: number;
  day: number;
  events: number;
}

/** Events that an instance lets come together before it writes how many, and milliseconds that it waits at most. */
const WRITE = { events: 50, every: 10 * 60_000 };
/** Stores counted at once. */
const COUNTED = 10_000;

interface Counted extends DayCount {
  /** How many there are in all, as far as the database has said. */
  known: number;
  /** When they were last taken to be written. */
  taken: number;
}

/** Counts a day's events, and says when it is time to write how many came. */
export class DayCounts {
  readonly #counts = new Map<string, Counted>();

  /** Events of the day in all, as far as this instance knows: others may have taken a few more. */
  of(store: number, day: number): number {
    const count = this.#counts.get(`${store} ${day}`);
    return count ? count.known + count.events : 0;
  }

  /** @returns whether it is time to write. */
  note({ store, day, events }: DayCount, now: number): boolean {
    const name = `${store} ${day}`;
    let count = this.#counts.get(name);
    if (!count) {
      if (this.#counts.size >= COUNTED) this.#counts.clear();
      count = { store, day, events: 0, known: 0, taken: 0 };
      this.#counts.set(name, count);
    }
    count.events += events;
    return count.events >= WRITE.events || (count.events > 0 && now - count.taken >= WRITE.every);
  }

  /** What is to be written: all that came since it was last taken. */
  take(now: number): DayCount[] {
    const some: DayCount[] = [];
    const last = new Map<number, number>();
    for (const { store, day } of this.#counts.values())
      last.set(store, Math.max(day, last.get(store) ?? day));
    for (const [name, count] of this.#counts) {
      if (count.events > 0) some.push({ store: count.store, day: count.day, events: count.events });
      count.known += count.events;
      count.events = 0;
      count.taken = now;
      // Nothing more comes of a day that is over.
      if (count.day < (last.get(count.store) ?? count.day)) this.#counts.delete(name);
    }
    return some;
  }

  /** What the database says, with what other instances have written. */
  learn({ store, day, events }: DayCount): void {
    const count = this.#counts.get(`${store} ${day}`);
    if (count) count.known = events;
  }
}
