// Sends many events in requests the import route takes, two at a time so that parsing and storing overlap.
import type { Answer } from '../../sdk/event.ts';
import { sendImport, type Target } from './operator.ts';

/** Events and bytes of one request, under the route's 5,000 events and 2 MB. */
const EVENTS = 2_000;
const BYTES = 900_000;
const IN_FLIGHT = 2;

function* batchesOf<T>(events: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (batch.length === EVENTS || bytes + size > BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Sends all events; `onSent` hears how many have been answered for. */
export async function sendAll(
  to: Target,
  store: string,
  events: Iterable<unknown>,
  onSent: (count: number) => void = () => undefined,
): Promise<Answer> {
  const sent: Answer = { accepted: 0, duplicate: 0, rejected: [] };
  const batches = batchesOf(events);
  let done = 0;
  const lane = async () => {
    for (const batch of batches) {
      const answer = await sendImport(to, store, batch);
      sent.accepted += answer.accepted;
      sent.duplicate += answer.duplicate;
      sent.rejected.push(...answer.rejected);
      done += batch.length;
      onSent(done);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return sent;
}
