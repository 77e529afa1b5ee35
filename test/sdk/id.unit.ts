// Ids grow with time, and part what happens in one moment.
import { describe, expect, it } from 'vitest';
import * as source from '../../sdk/id.ts';
import { both } from './both.ts';

const AT = Date.UTC(2026, 10, 22);

describe.each(await both('id', source))('%s', (_, { newId }) => {
  it('begins with its time, in nine characters, and no two are alike', () => {
    const ids = Array.from({ length: 1000 }, () => newId(AT));
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-v]{10,17}$/);
      expect(Number.parseInt(id.slice(0, 9), 32)).toBe(AT);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('grows from one millisecond to the next, for the next ten years and more', () => {
    for (const at of [AT, Date.UTC(2036, 10, 22), Date.UTC(2099, 0, 1)])
      expect(newId(at + 1).slice(0, 9) > newId(at).slice(0, 9)).toBe(true);
  });

  it('comes before the id of any order or payment, also in ten years', () => {
    expect(newId(Date.UTC(2036, 10, 22)) < 'order:').toBe(true);
  });

  it('grows within a millisecond, which orders the events of one task', () => {
    // A count that reaches another length would end the order once in some hundred million events.
    const ids = Array.from({ length: 50 }, () => newId(AT));
    const lengths = new Set(ids.map(({ length }) => length));
    if (lengths.size === 1) expect([...ids].sort()).toEqual(ids);
    expect(lengths.size).toBeLessThanOrEqual(2);
  });
});
