// A store's batches take turns: two at once, a bounded number behind them, and none is stuck behind who hung up.
import { afterEach, expect, test, vi } from 'vitest';
import type { StoreSettings } from '../../worker/collect/event.ts';
import { inTurn } from '../../worker/store/turns.ts';

const store = (key: number) => ({ key, id: `st_${key}` }) as StoreSettings;
const never = () => new Promise<never>(() => undefined);

afterEach(() => void vi.useRealTimers());

/** What is done, and how many of it at once. */
function work() {
  let [running, most, done] = [0, 0, 0];
  return {
    act: async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return ++done;
    },
    most: () => most,
    done: () => done,
  };
}

test('two of a store run at once, and all are done', async () => {
  const { act, most, done } = work();
  await Promise.all(Array.from({ length: 30 }, () => inTurn(store(1), act)));
  expect([most(), done()]).toEqual([2, 30]);
});

test('who waits for one store does not keep another waiting', async () => {
  for (let n = 0; n < 50; n++) void inTurn(store(2), never).catch(() => undefined);
  expect(await inTurn(store(3), async () => 'at once')).toBe('at once');
});

test('a failure gives its turn away', async () => {
  for (let n = 0; n < 5; n++)
    await expect(inTurn(store(4), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('more than may wait are told to come back', async () => {
  const all = Array.from({ length: 203 }, () => inTurn(store(5), never));
  await expect(all.at(-1)).rejects.toMatchObject({ reason: 'unavailable', store: 'st_5', retry: 5 });
});

test('a turn that never ends is over after half a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  for (let n = 0; n < 2; n++) void inTurn(store(6), never);
  const next = inTurn(store(6), async () => 'through');
  vi.setSystemTime(Date.now() + 29_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await Promise.race([next, 'waiting'])).toBe('waiting');
  vi.setSystemTime(Date.now() + 2_000);
  expect(await next).toBe('through');
});
