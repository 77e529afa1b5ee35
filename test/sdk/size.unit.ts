// The script tag's budget, and what its one file may hold.
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { STUB, STUB_IN_MEMORY } from '../../sdk/stub.ts';
import { buildTag } from './built.ts';

/** Bytes, by gzip -9: what a shop's page pays. */
const BUDGET = 2048;

it(`is at most ${BUDGET} bytes, gzipped`, async () => {
  const tag = await buildTag();
  const { length } = gzipSync(tag, { level: 9 });
  // GNU gzip makes 6 bytes more of it than Node's zlib.
  expect(length).toBeLessThanOrEqual(BUDGET - 6);
  expect(length).toBeGreaterThan(1000);
});

it('has a stub of at most 200 bytes', () => {
  expect(STUB.length).toBeLessThanOrEqual(200);
  expect(STUB_IN_MEMORY.length).toBeLessThanOrEqual(200);
});

it('needs no eval, leaves no global and imports nothing', async () => {
  const tag = await buildTag();
  expect(tag).not.toMatch(/\beval\b|new Function|\bimport [\w{*]|\bexport\b|document\.write|\.cookie/);
  expect(tag).toMatch(/^\(\(\)=>\{[\s\S]*\}\)\(\);\s*$/);
});
