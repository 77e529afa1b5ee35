// One store's batches take turns in each instance of the Worker, and those that wait are stored together: so the flood
// of one store costs the database few transactions, and does not stand before the batches of all others.
import type { StampedEvent, StoreSettings } from '../collect/event.ts';
import { Refusal } from '../collect/receive.ts';
import type { Env } from '../env.ts';
import { appendTogether, type Stored } from './append.ts';
import { isUnavailable } from './trouble.ts';

/** Transactions of one store with the database at once: while one is written the next is there already. */
const AT_ONCE = 2;
/** Events of one transaction at most, but for those of a single batch: then it is the turn of others. */
const EVENTS = 200;
/** Characters of their bodies at most, far below the 2 MB that a parameter may have. */
const CHARACTERS = 400_000;
/** Batches of one store that wait; the sender has more room and more time for what is beyond. */
const WAITING = 400;
/** Seconds after which to come back. */
const RETRY = 5;
/** Milliseconds after which a turn is over, whatever became of it: the platform may end its code mid-way. */
const LONGEST = 30_000;

/** What one request asks to be stored. */
export interface Batch {
  events: readonly StampedEvent[];
  /** Characters of its body. */
  size: number;
}

/** When the turn ends at the latest. */
interface Turn {
  until: number;
}

interface Place extends Batch {
  settings: StoreSettings;
  /** The turn in which it is being stored. */
  turn: Turn | undefined;
  outcome: { stored: Stored } | { error: unknown } | undefined;
}

interface Queue {
  turns: Set<Turn>;
  waiting: Set<Place>;
}

const queues = new Map<number, Queue>();

function queueOf(store: number): Queue {
  let queue = queues.get(store);
  if (!queue) {
    queue = { turns: new Set(), waiting: new Set() };
    queues.set(store, queue);
  }
  return queue;
}

/** Takes those who wait, the first first, as long as they have the same settings and are not too many. */
function take({ waiting }: Queue, turn: Turn): Place[] {
  const taken: Place[] = [];
  let [events, size] = [0, 0];
  for (const place of waiting) {
    events += place.events.length;
    size += place.size;
    if (taken[0] && (events > EVENTS || size > CHARACTERS)) break;
    // Settings were changed in between: who has the new ones comes in the next turn.
    if (taken[0] && taken[0].settings !== place.settings) break;
    waiting.delete(place);
    place.turn = turn;
    taken.push(place);
  }
  return taken;
}

/** Stores in one transaction; where something in it is at fault, each alone, so that nobody pays for another's. */
async function store(env: Env, places: readonly Place[]): Promise<void> {
  const [first] = places;
  if (!first) return;
  try {
    const stored = await appendTogether(
      env,
      first.settings,
      places.map(({ events }) => events),
    );
    for (const [index, place] of places.entries()) place.outcome = { stored: stored[index] as Stored };
  } catch (error) {
    if (places.length > 1 && !isUnavailable(error)) for (const place of places) await store(env, [place]);
    else for (const place of places) place.outcome = { error };
  }
}

/** One turn: of those who wait first, whoever they are. */
async function takeTurn(env: Env, queue: Queue): Promise<void> {
  const now = { until: Date.now() + LONGEST };
  queue.turns.add(now);
  const places = take(queue, now);
  await store(env, places);
  queue.turns.delete(now);
}

/**
 * Each looks by a clock of its own; the more there are, the less often each looks, so that all together look twice a
 * millisecond at most. No request may wake another: with promises settled across requests, which the runtime allows,
 * those woken under load hung, or failed because they asked the database in the name of another.
 */
const moment = ({ waiting }: Queue): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * waiting.size));

/**
 * Stores a batch when it is its store's turn, alone or together with others.
 * @throws {Refusal} `unavailable` where too many wait already; what the database throws.
 */
export async function storeInTurn(env: Env, settings: StoreSettings, batch: Batch): Promise<Stored> {
  if (batch.events.length === 0) return { accepted: 0, duplicate: 0 };
  const queue = queueOf(settings.key);
  if (queue.waiting.size >= WAITING) throw new Refusal('unavailable', settings.id, RETRY);
  const place: Place = { ...batch, settings, turn: undefined, outcome: undefined };
  queue.waiting.add(place);
  while (!place.outcome) {
    const now = Date.now();
    for (const turn of queue.turns) if (turn.until <= now) queue.turns.delete(turn);
    if (place.turn && place.turn.until <= now) {
      place.turn = undefined;
      queue.waiting.add(place);
    }
    if (!place.turn && queue.turns.size < AT_ONCE) await takeTurn(env, queue);
    else await moment(queue);
  }
  if (queue.waiting.size + queue.turns.size === 0) queues.delete(settings.key);
  if ('error' in place.outcome) throw place.outcome.error;
  return place.outcome.stored;
}
