// One store's batches take turns in each instance of the Worker, so that the flood of one does not stand before the
// batches of all others: the database writes one transaction at a time, in the sequence in which they come.

import type { StoreSettings } from '../collect/event.ts';
import { Refusal } from '../collect/receive.ts';

/** Batches of one store with the database at once: while one is written the next is there already. */
const AT_ONCE = 2;
/** Batches of one store that wait, some 0.4 s of work; the sender has more room and more time for what is beyond. */
const WAITING = 200;
/** Seconds after which to come back. */
const RETRY = 5;
/** Milliseconds after which a turn is over, whatever became of it: who hangs up takes its code along, mid-way. */
const LONGEST = 30_000;

interface Place {
  until: number;
}

interface Queue {
  running: Set<Place>;
  waiting: Set<Place>;
}

const queues = new Map<number, Queue>();

function sweep(places: Set<Place>, now: number): void {
  for (const place of places) if (place.until <= now) places.delete(place);
}

function queueOf(store: number, now: number): Queue {
  const queue = queues.get(store) ?? { running: new Set(), waiting: new Set() };
  queues.set(store, queue);
  sweep(queue.running, now);
  sweep(queue.waiting, now);
  return queue;
}

/** Each waits by a clock of its own, since no request may wake another; the more there are, the less often each looks. */
const moment = ({ waiting }: Queue): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * (6 + waiting.size / 4)));

/** Does something in a store's turn. @throws {Refusal} `unavailable` where too many wait already. */
export async function inTurn<T>({ key, id }: StoreSettings, act: () => Promise<T>): Promise<T> {
  const place = { until: Date.now() + LONGEST };
  let queue = queueOf(key, Date.now());
  if (queue.running.size >= AT_ONCE) {
    if (queue.waiting.size >= WAITING) throw new Refusal('unavailable', id, RETRY);
    queue.waiting.add(place);
    try {
      do {
        await moment(queue);
        queue = queueOf(key, Date.now());
      } while (queue.running.size >= AT_ONCE);
    } finally {
      queue.waiting.delete(place);
    }
  }
  place.until = Date.now() + LONGEST;
  queue.running.add(place);
  try {
    return await act();
  } finally {
    queue.running.delete(place);
    if (queue.running.size + queue.waiting.size === 0) queues.delete(key);
  }
}
