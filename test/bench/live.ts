// The reference traffic as browsers send it at this moment: requests of one visitor each, for the collector.
import { randomOf } from '../../worker/cli/seeded.ts';
import { newcomer, SHOP, type TrafficEvent, visitOf } from './traffic.ts';

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** What a browser on a page of the shop sends with every request. */
export const BROWSER_HEADERS = {
  origin: SHOP.origin,
  'user-agent': BROWSER,
  'content-type': 'text/plain;charset=UTF-8',
};

/** Milliseconds before now at which a visit begins, so that most of its events have happened. */
const AGO = 20 * 60_000;
/** Milliseconds from one visit of a visitor to the next, where one request holds several. */
const APART = 90 * 60_000;

/**
 * Events of new visitors in pieces of `size`: a visit's events one by one, or as many visits of one visitor as it
 * takes to fill a request; what would not fill another is left out.
 */
export function* livePieces(size: number, seed: number): Generator<TrafficEvent[], never> {
  const random = randomOf(seed);
  for (;;) {
    const visitor = newcomer(random);
    const events: TrafficEvent[] = [];
    while (events.length < size)
      events.push(...visitOf(random, visitor, Date.now() - AGO - visitor.visits * APART));
    for (let sent = 0; sent + size <= events.length; sent += size) yield events.slice(sent, sent + size);
  }
}

/** An event without what only the import route takes. */
const onTheWire = ({ visitor: _visitor, device: _device, country: _country, ...event }: TrafficEvent) =>
  event;

/** The body of one request to the collector. */
export const bodyOf = (store: string, events: readonly TrafficEvent[]) => ({
  v: 1,
  store,
  visitor: events[0]?.visitor,
  sent: Date.now(),
  events: events.map(onTheWire),
});
