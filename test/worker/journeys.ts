// Random shops with more on the way: steps of every type, milliseconds apart where funnels draw their lines.
import fc from 'fast-check';
import type { RawEvent } from './oracle.ts';
import { type Stream, streams } from './streams.ts';

const MINUTE = 60_000;

/** Either side of what counts as simultaneous. */
const jitter = fc.constantFrom(0, 0, 0, 1, 1_999, 2_000, 2_001, 4_000, 4_001);

/** Apart by what windows are long, so that many events lie at the very end of one. */
const minutes = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }).map((n) => n * 30) },
  { weight: 2, arbitrary: fc.integer({ min: -6, max: 6 }).map((n) => n * 240) },
  { weight: 1, arbitrary: fc.integer({ min: -8, max: 8 }).map((n) => n * 1440) },
);

const TYPES = [
  ...['visit', 'visit', 'visit', 'product', 'cart', 'cart', 'checkout', 'inquiry', 'review'],
  ...['order', 'order', 'payment', 'payment', 'refund', 'custom', 'custom', 'engaged'],
];

const step = fc.record({
  type: fc.constantFrom(...TYPES),
  visitor: fc.constantFrom('ann', 'ann', 'ann', 'bob'),
  visit: fc.constantFrom('w1', 'w1', 'w2'),
  minutes,
  jitter,
  path: fc.constantFrom('/p0', '/p1', '/p1/a', '/list'),
  name: fc.constantFrom('quiz', 'spin'),
  order: fc.constantFrom('A1', 'A2', 'B1'),
});

/** Streams with 15 to 40 further events. */
export const journeys: fc.Arbitrary<Stream> = fc
  .tuple(streams, fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }))
  .map(([stream, steps]) => ({
    ...stream,
    events: [
      ...stream.events,
      ...steps.map(({ type, visitor, visit, ...made }, n): RawEvent => {
        const sale = type === 'order' || type === 'payment' || type === 'refund';
        return {
          id: n % 3 === 0 ? `y${(n * 7919) % 97}-${n}` : `${visit}.z${n}`,
          type,
          visitor,
          visit,
          at: stream.around + made.minutes * MINUTE + made.jitter,
          ...(type === 'visit' ? { url: `https://shop.example${made.path}` } : {}),
          ...(type === 'custom' ? { name: made.name } : {}),
          ...(type === 'engaged' ? { engaged: 500 } : {}),
          ...(sale ? { order: made.order, value: 5, currency: 'USD' } : {}),
        };
      }),
    ],
  }));
