// What the files beside the script tag cost who loads them, and what a file may hold.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FILES, type FileName } from '../../../sdk/files.ts';
import { buildFile } from '../built.ts';

/** Bytes, by gzip -9. */
const BUDGET = 1200;

/** Only who debugs loads it: mostly sentences, all in two languages. */
const BUDGET_OF_DEBUG = 5900;

const files = Object.keys(FILES).filter((file) => file !== 't.js') as FileName[];
const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe.each(files)('%s', (file) => {
  it('keeps its budget, and weighs what the README says', async () => {
    const { length } = gzipSync(await buildFile(file), { level: 9 });
    expect(length).toBeLessThanOrEqual(file === 't.debug.js' ? BUDGET_OF_DEBUG : BUDGET);
    const said = readme.match(new RegExp(`\`${file}\` is ([\\d,]+) bytes`))?.[1]?.replace(',', '');
    // gzip implementations differ by a few bytes, and by more where there is Chinese.
    expect(Math.abs(Number(said) / length - 1)).toBeLessThan(file === 't.debug.js' ? 0.04 : 0.01);
  });

  it('needs no eval, declares no global and imports nothing', async () => {
    const code = await buildFile(file);
    expect(code).not.toMatch(/\beval\b|new Function|\bimport\(|document\.write|createElement|\.setItem/);
    expect(code).toMatch(/^\(function\(\)\{[\s\S]*\}\)\(\);\s*$/);
  });
});
