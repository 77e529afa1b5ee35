// One store's batches take turns in each instance of the Worker, and those that wait are stored together: so the flood
// of one store costs the database few transactions, and does not stand before the batches of all others.
import type { StampedEvent, StoreSettings } from '../collect/event.ts';
import { Refusal } from '../collect/receive.ts';
import type { Env } from '../env.ts';
import { appendTogether, type Stored } from './append.ts';
import { isUnavailable } from './trouble.ts';

/** Transactions of one store with the database at once: while one is written the next is there already. */
const AT_ONCE = 2;
/**
 * Milliseconds from one turn to the next where many follow each other, unless as much waits as one takes: a transaction
 * costs more than the few events in it, so that what comes close together goes together.
 */
const PACE = 20;
/** Turns that may follow each other at once: who comes now and then waits for nothing. */
const AT_FIRST = 10;
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
/** Milliseconds that a turn is taken to last, where nothing is known and at most: who waits looks again then. */
const LASTS = { first: 2, most: 50 };
/** Milliseconds between two looks of one who waits, at most. */
const LONGEST_LOOK = PACE + LASTS.most;
/** Stores whose pace is remembered at once. */
const KEPT = 1_000;

/** What one request asks to be stored. */
export interface Batch {
  events: readonly StampedEvent[];
  /** Characters of its body. */
  size: number;
}

interface Turn {
  began: number;
  /** When it ends at the latest. */
  until: number;
  /** How many batches are stored in it. */
  batches: number;
}

interface Place extends Batch {
  settings: StoreSettings;
  /** The turn in which it is being stored. */
  turn: Turn | undefined;
  /** Milliseconds that it has waited by its own clock: that of the day may stand still, or be set back. */
  waited: number;
  outcome: { stored: Stored } | { error: unknown } | undefined;
}

interface Queue {
  turns: Set<Turn>;
  waiting: Set<Place>;
  /** Events of those who wait. */
  events: number;
  /** When the turns that were taken would have been, had none come before its time. */
  paced: number;
  /** How long a turn took last. */
  lasts: number;
}

const queues = new Map<number, Queue>();

const isIdle = ({ turns, waiting }: Queue) => turns.size + waiting.size === 0;

function queueOf(store: number): Queue {
  let queue = queues.get(store);
  if (!queue) {
    if (queues.size >= KEPT) for (const [other, idle] of queues) if (isIdle(idle)) queues.delete(other);
    queue = { turns: new Set(), waiting: new Set(), events: 0, paced: 0, lasts: LASTS.first };
    queues.set(store, queue);
  }
  return queue;
}

function wait(queue: Queue, place: Place): void {
  place.turn = undefined;
  queue.waiting.add(place);
  queue.events += place.events.length;
}

/** Takes those who wait, the first first, as long as they have the same settings and are not too many. */
function take(queue: Queue, turn: Turn): Place[] {
  const taken: Place[] = [];
  let [events, size] = [0, 0];
  for (const place of queue.waiting) {
    events += place.events.length;
    size += place.size;
    if (taken[0] && (events > EVENTS || size > CHARACTERS)) break;
    // Settings were changed in between: who has the new ones comes in the next turn.
    if (taken[0] && taken[0].settings !== place.settings) break;
    queue.waiting.delete(place);
    queue.events -= place.events.length;
    place.turn = turn;
    turn.batches++;
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
  const began = Date.now();
  const turn = { began, until: began + LONGEST, batches: 0 };
  queue.turns.add(turn);
  queue.paced = Math.min(Math.max(queue.paced, began) + PACE, began + AT_FIRST * PACE);
  await store(env, take(queue, turn));
  queue.turns.delete(turn);
  queue.lasts = Math.min(Date.now() - began, LASTS.most);
}

/** When the next turn may begin for a place, as far as it can be known. */
function nextTurn({ turns, events, paced, lasts }: Queue, { waited }: Place, now: number): number {
  const next = events >= EVENTS || waited >= PACE ? now : paced - (AT_FIRST - 1) * PACE;
  if (turns.size < AT_ONCE) return next;
  return Math.max(next, Math.min(...[...turns].map((turn) => turn.began)) + lasts);
}

/**
 * Has a place wait until it should look again: the first for its turn, the others for what became of them in it. Where
 * that is not yet so, the more there are the less often each looks, so that all look twice a millisecond at most.
 *
 * Each looks by a clock of its own. No request may wake another: with promises settled across requests, which the
 * runtime allows, those woken under load hung, or failed because they asked the database in the name of another.
 */
function moment(queue: Queue, place: Place, now: number): Promise<void> {
  const { waiting, turns, lasts } = queue;
  const [first] = waiting;
  const due = place.turn
    ? place.turn.began + lasts
    : nextTurn(queue, place, now) + (place === first ? 0 : lasts);
  const all = [...turns].reduce((sum, { batches }) => sum + batches, waiting.size);
  const ms = due > now ? Math.min(due - now, LONGEST_LOOK) + Math.random() : 1 + Math.random() * all;
  place.waited += ms;
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Stores a batch when it is its store's turn, alone or together with others.
 * @throws {Refusal} `unavailable` where too many wait already; what the database throws.
 */
export async function storeInTurn(env: Env, settings: StoreSettings, batch: Batch): Promise<Stored> {
  if (batch.events.length === 0) return { accepted: 0, duplicate: 0 };
  const queue = queueOf(settings.key);
  if (queue.waiting.size >= WAITING) throw new Refusal('unavailable', settings.id, RETRY);
  const place: Place = { ...batch, settings, turn: undefined, waited: 0, outcome: undefined };
  wait(queue, place);
  while (!place.outcome) {
    const now = Date.now();
    for (const turn of queue.turns) if (turn.until <= now) queue.turns.delete(turn);
    if (place.turn && place.turn.until <= now) wait(queue, place);
    const may = !place.turn && queue.turns.size < AT_ONCE && nextTurn(queue, place, now) <= now;
    if (may) await takeTurn(env, queue);
    else await moment(queue, place, now);
  }
  if ('error' in place.outcome) throw place.outcome.error;
  return place.outcome.stored;
}
