// Bodies that are almost right: one that an endpoint takes, changed in a few places of its structure or its bytes.
import { oneOf, type Random } from '../../../worker/cli/seeded.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What stands in the place of something else. */
const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  -1e300,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  'x'.repeat(201),
  'x'.repeat(20_000),
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '٣',
  '-',
  ':',
  'order:',
  '!:x',
  '__proto__',
  'constructor',
  '2026-02-30',
  '2026-11-02',
  '1e3',
  'USD',
  'usd',
  'https://',
  'http://[::1',
  'https://shop.example:99999/',
  'a@b',
  '*',
  '%',
  "'",
  [],
  [[]],
  [null],
  {},
  { a: { b: {} } },
  { length: -1 },
];
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  'id',
  'type',
  'v',
  'x'.repeat(1_000),
  '\u0000',
];

/** Every list and object in a body. */
function* boxesOf(value: Json): Generator<Json[] | { [key: string]: Json }> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const inner of Object.values(value)) yield* boxesOf(inner);
}

function put(box: Json[] | { [key: string]: Json }, key: string, value: Json): void {
  // As a parser would: an assignment to __proto__ would make no field.
  Object.defineProperty(box, key, { value, enumerable: true, configurable: true, writable: true });
}

function changeOnce(random: Random, body: Json): void {
  const boxes = [...boxesOf(body)];
  const box = oneOf(random, boxes);
  const keys = Object.keys(box);
  const key = keys.length > 0 ? oneOf(random, keys) : '0';
  const there = (box as { [key: string]: Json })[key] ?? null;
  const kind = random();
  if (kind < 0.5) put(box, key, structuredClone(oneOf(random, ODD)));
  else if (kind < 0.6) Reflect.deleteProperty(box, key);
  else if (kind < 0.7) put(box, oneOf(random, NAMES), structuredClone(oneOf(random, ODD)));
  else if (kind < 0.78) put(box, key, random() < 0.5 ? [there] : { [key]: there });
  else if (kind < 0.86 && typeof there === 'string')
    put(box, key, there + oneOf(random, ['\u0000', ' ', 'x', '\ud83d', '‮', '"', '\n']));
  else if (kind < 0.93 && Array.isArray(box)) for (let n = 0; n < 60; n++) box.push(structuredClone(there));
  else {
    const other = oneOf(random, boxes);
    const from = Object.keys(other);
    if (from.length > 0)
      put(box, key, structuredClone((other as { [key: string]: Json })[oneOf(random, from)] ?? null));
  }
}

function changeBytes(random: Random, bytes: Buffer): Buffer {
  const at = Math.floor(random() * bytes.length);
  const to = Math.min(bytes.length, at + 1 + Math.floor(random() * 20));
  const kind = random();
  if (kind < 0.3) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    return flipped;
  }
  if (kind < 0.5) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
  if (kind < 0.7) return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
  if (kind < 0.8) return bytes.subarray(0, at);
  const noise = Buffer.from(Array.from({ length: 8 }, () => Math.floor(random() * 256)));
  return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(to)]);
}

/** A body from a valid one: three of four are JSON still. */
export function mutated(random: Random, valid: string): Buffer {
  const body = { whole: JSON.parse(valid) as Json };
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) changeOnce(random, body.whole);
  const bytes = Buffer.from(JSON.stringify(body.whole) ?? '');
  return random() < 0.25 ? changeBytes(random, Buffer.from(valid)) : bytes;
}
