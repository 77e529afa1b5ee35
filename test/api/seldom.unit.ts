// Writes that are made seldom: what comes in between goes along, once, and none is forgotten.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Seldom } from '../../worker/api/seldom.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 1) }));
afterEach(() => void vi.useRealTimers());

/** Counts when it writes. */
function writer() {
  const writes = new Seldom(2_000);
  const times: number[] = [];
  const began = Date.now();
  const write = () => writes.write(Date.now(), async () => void times.push(Date.now() - began));
  return { write, times };
}

test('the first is made at once, the next when the pause is over, however many are wanted', async () => {
  const { write, times } = writer();
  for (let n = 0; n < 100; n++) {
    void write();
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  // The last was wanted after 4,950 ms.
  expect(times).toEqual([0, 2_000, 4_000, 6_000]);
});

test('after a quiet while it is made at once again', async () => {
  const { write, times } = writer();
  await write();
  await vi.advanceTimersByTimeAsync(7_000);
  await write();
  expect(times).toEqual([0, 7_000]);
});

test('a clock that is set back holds nothing up', async () => {
  const { write, times } = writer();
  await write();
  vi.setSystemTime(Date.now() - 86_400_000);
  await write();
  expect(times).toHaveLength(2);
});
