// What was refused, added up in memory: who refuses much must not write much. Bounded, whatever is sent.
import { EVENT_REASONS, type EventReason, REQUEST_REASONS, type RequestReason } from '../../sdk/event.ts';

/** Why something never became an event of a store: refused here, or dropped by its sender. */
export type RefusalReason = EventReason | RequestReason | 'dropped';

/** What a reason says; the contract's own words for what was refused here. */
export const says = (reason: RefusalReason): string =>
  reason === 'dropped'
    ? 'Browsers could not send for so long that their outboxes were full; these events are lost.'
    : reason in EVENT_REASONS
      ? EVENT_REASONS[reason as EventReason]
      : REQUEST_REASONS[reason as RequestReason].says;

export const REFUSAL_REASONS: readonly RefusalReason[] = [
  ...(Object.keys(EVENT_REASONS) as EventReason[]),
  ...(Object.keys(REQUEST_REASONS) as RequestReason[]),
  'dropped',
];

/** Stands for every store id or origin past the bound. */
export const OTHERS = '*';

export const BOUNDS = {
  /** Reasons and origins remembered apart for one store; what comes past them keeps its reason only. */
  store: 20,
  /** The same of requests that name no store of this installation. */
  unknown: 50,
  /** Stores whose refusals one isolate adds up between two writes; the rest goes uncounted. */
  stores: 100,
  /** Characters of an unknown store's id; ours have 13. */
  id: 40,
} as const;

/** What was refused for one reason, from one origin, of one store. Times are milliseconds since 1970. */
export interface Refused {
  /** The store's row number, or 0 where there is none. */
  store: number;
  /** The id that was sent where it is of no store; empty where none was. */
  named: string;
  reason: RefusalReason;
  /** Scheme, host and port of the page; empty where it is not known. */
  origin: string;
  first: number;
  last: number;
  count: number;
}

/** An Origin header as an origin, or empty: nobody may make us keep anything else. */
export function originOf(header: string | null): string {
  if (header === null || !URL.canParse(header)) return '';
  const { protocol, hostname, origin } = new URL(header);
  return /^https?:$/.test(protocol) && hostname.length <= 253 ? origin : '';
}

/** What is shaped as our ids are may be kept; anything else could be anything. */
const calledOf = (named: string): string =>
  named === '' || /^st_\w+$/.test(named) ? named.slice(0, BOUNDS.id) : OTHERS;

const keyOf = ({ named, reason, origin }: Refused) => JSON.stringify([named, reason, origin]);

/** Adds refusals up until they are taken. */
export class Tally {
  #stores = new Map<number, Map<string, Refused>>();

  note(refused: Refused): void {
    let kept = this.#stores.get(refused.store);
    if (!kept) {
      if (this.#stores.size >= BOUNDS.stores) return;
      kept = new Map();
      this.#stores.set(refused.store, kept);
    }
    const bound = refused.store === 0 ? BOUNDS.unknown : BOUNDS.store;
    const whole = { ...refused, named: calledOf(refused.named) };
    const fits = kept.has(keyOf(whole)) || kept.size < bound;
    // What is folded is one row a reason, so that even then the list of reasons is complete.
    const row = fits ? whole : { ...whole, named: whole.named && OTHERS, origin: OTHERS };
    const before = kept.get(keyOf(row));
    if (before) {
      before.last = refused.last;
      before.count += refused.count;
    } else kept.set(keyOf(row), row);
  }

  /** What was added up since it was last taken. */
  take(): Refused[] {
    const rows = [...this.#stores.values()].flatMap((kept) => [...kept.values()]);
    this.#stores.clear();
    return rows;
  }
}
