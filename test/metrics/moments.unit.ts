// A moment in one number: what goes in comes out.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAt, momentOf, stepsAt, timeOf } from '../../worker/store/moments.ts';

test('time, steps and beginning come out as they went in, until the year 2248', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 43 - 1), fc.nat(255), fc.boolean(), (at, steps, begins) => {
      const moment = momentOf(at, steps, begins);
      expect([timeOf(moment), stepsAt(moment), beginsAt(moment)]).toEqual([at, steps, begins]);
      expect(Number.isSafeInteger(moment)).toBe(true);
    }),
  );
});
