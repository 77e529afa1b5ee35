// What an adapter costs a shop's page, and what its one file may hold.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type Adapter, buildAdapter } from './built.ts';

/** Bytes, by gzip -9. */
const BUDGET = 1200;

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

it.each<Adapter>(['ga4', 'chat'])(
  `t.%s.js is at most ${BUDGET} bytes, gzipped, and what the README says`,
  async (adapter) => {
    const { length } = gzipSync(await buildAdapter(adapter), { level: 9 });
    expect(length).toBeLessThanOrEqual(BUDGET);
    const said = Number(
      new RegExp(`\`t\\.${adapter}\\.js\` is ([\\d,]+) bytes`).exec(readme)?.[1]?.replace(',', ''),
    );
    // gzip implementations differ by a few bytes.
    expect(Math.abs(said - length)).toBeLessThanOrEqual(8);
  },
);

it.each<Adapter>(['ga4', 'chat'])(
  't.%s.js needs no eval, declares no global and imports nothing',
  async (adapter) => {
    const code = await buildAdapter(adapter);
    expect(code).not.toMatch(
      /\beval\b|new Function|\bimport\b|\bexport\b|document\.write|createElement|localStorage|fetch\(/,
    );
    expect(code).toMatch(/^\(function\(\)\{[\s\S]*\}\)\(\);\s*$/);
  },
);
