// Who is refused while still sending: what they send is read, so that they hear why, but not without end.
import { expect, test } from 'vitest';
import { MOST_UNREAD } from '../../worker/api/unread.ts';
import { fetchWorker } from './shop.ts';

const CHUNK = 100_000;

/** A body of so many chunks, and what became of it. */
function sending(chunks: number) {
  const told = { sent: 0, ended: false, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (told.sent === chunks) {
        told.ended = true;
        controller.close();
      } else {
        told.sent++;
        controller.enqueue(new Uint8Array(CHUNK));
      }
    },
    cancel() {
      told.cancelled = true;
    },
  });
  return { body, told };
}

const refused = async (path: string, body: ReadableStream) => {
  const headers = { authorization: 'Bearer nobody' };
  const response = await fetchWorker(path, { method: 'POST', headers, body });
  return [response.status, ((await response.json()) as { code: string }).code];
};

test.each([
  ['/v1/stores', 401, 'no_credential'],
  ['/v1/nowhere', 401, 'no_credential'],
  ['/nowhere', 404, 'not_found'],
])('%s refuses when all has come', async (path, status, code) => {
  const { body, told } = sending(30);
  expect(await refused(path, body)).toEqual([status, code]);
  expect(told).toEqual({ sent: 30, ended: true, cancelled: false });
});

test('a body without an end is not read for ever', async () => {
  const { body, told } = sending(Number.POSITIVE_INFINITY);
  expect(await refused('/v1/stores', body)).toEqual([401, 'no_credential']);
  expect(told).toMatchObject({ ended: false, cancelled: true });
  expect(told.sent * CHUNK).toBeLessThan(MOST_UNREAD + 5 * CHUNK);
});
