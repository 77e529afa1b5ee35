// Ids grow with time, whatever the clock does.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventId, random, visitId } from '../../sdk/id.ts';

it('makes visitors of 16 base36 characters, no two alike', () => {
  const ids = Array.from({ length: 1000 }, () => random());
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{16}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

it('makes visits of 16 characters that begin with their time', () => {
  const at = Date.UTC(2026, 10, 22);
  expect(visitId(at)).toMatch(/^[0-9a-z]{16}$/);
  expect(Number.parseInt(visitId(at).slice(0, 8), 36)).toBe(at);
  expect(visitId(at) < visitId(at + 1)).toBe(true);
});

it('begins an event with its visit and a dot', () => {
  expect(eventId('v1', Date.now())).toMatch(/^v1\.[0-9a-z]{12}$/);
});

it('makes greater event ids in one page: in the same millisecond, and when the clock steps back', () => {
  const start = Date.UTC(2026, 0, 1);
  const steps = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 2, maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const ids = all.map((step) => eventId('v', start + step));
      for (const [index, id] of ids.slice(1).entries()) expect(id > (ids[index] as string)).toBe(true);
    }),
  );
});
