// The script tag's budget, and what its one file may hold.
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { buildTag } from './built.ts';

/** Bytes, by gzip -9: what a shop's page pays. */
const BUDGET = 2048;

it(`is at most ${BUDGET} bytes, gzipped`, async () => {
  const tag = await buildTag();
  const { length } = gzipSync(tag, { level: 9 });
  // gzip implementations differ by a few bytes.
  expect(length).toBeLessThanOrEqual(BUDGET - 16);
  expect(length).toBeGreaterThan(1000);
});

it('needs no eval, leaves no global and imports nothing', async () => {
  const tag = await buildTag();
  expect(tag).not.toMatch(/\beval\b|new Function|\bimport\b|\bexport\b|document\.write|\.cookie/);
  expect(tag).toMatch(/^\(function\(\)\{[\s\S]*\}\)\(\);\s*$/);
});
