// The shape of the code, held so that nobody has to remember it: imports point one way, one door to the database.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync(['sdk/**/*.ts', 'worker/**/*.ts', 'dashboard/**/*.{ts,tsx}'], { cwd: root })
  .filter((path) => !path.endsWith('.d.ts') && !path.includes('config.ts'))
  .map((path) => path.replaceAll('\\', '/'));

/** Upstream first: each may import itself and those before it. */
const ORDER = [
  'sdk',
  'worker/env.ts',
  'worker/log.ts',
  'worker/collect',
  'worker/check',
  'worker/store',
  'worker/metrics',
  'worker/api',
  'worker/index.ts',
];
const placeOf = (path: string) => ORDER.findIndex((part) => path === part || path.startsWith(`${part}/`));

const read = (path: string) => readFileSync(root + path, 'utf8');
const importsOf = (path: string) =>
  [
    ...read(path).matchAll(/^(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm),
  ].map(([statement, from, bare]) => ({ statement, from: (from ?? bare) as string }));
const resolved = (path: string, from: string) => normalize(join(dirname(path), from)).replaceAll('\\', '/');

test('there is code to look at', () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(sources.flatMap(importsOf).length).toBeGreaterThan(200);
});

describe('imports', () => {
  test.each(sources.filter((path) => placeOf(path) >= 0))('of %s point upstream', (path) => {
    const later = importsOf(path)
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from }) => resolved(path, from))
      .filter((target) => placeOf(target) < 0 || placeOf(target) > placeOf(path));
    expect(later).toEqual([]);
  });

  test('the contract imports nothing', () => expect(importsOf('sdk/event.ts')).toEqual([]));

  test.each(sources.filter((path) => path.startsWith('dashboard/')))(
    'of %s take only types from the Worker',
    (path) => {
      const values = importsOf(path).filter(
        ({ from, statement }) =>
          resolved(path, from).startsWith('worker/') && !/^import type\b/.test(statement),
      );
      expect(values).toEqual([]);
    },
  );
});

describe('one door', () => {
  test('only worker/store speaks to D1', () => {
    const speakers = sources
      .filter((path) => !path.startsWith('worker/store/') && !path.startsWith('worker/cli/'))
      .filter((path) => /\bdrizzle\b|\.prepare\(|\.batch\(\[/.test(read(path)));
    expect(speakers).toEqual([]);
  });

  test('only the commands’ server opens the local database', () => {
    const openers = sources.filter((path) => /getD1Database|new Miniflare/.test(read(path)));
    expect(openers).toEqual(['worker/cli/server.ts']);
    const readers = sources.filter((path) => /new DatabaseSync/.test(read(path)));
    expect(readers).toEqual(['worker/cli/backup-remote.ts', 'worker/cli/backup.ts']);
  });

  test('one file writes the log', () => {
    const writers = sources
      .filter((path) => path.startsWith('worker/') && !path.startsWith('worker/cli/'))
      .filter((path) => /\bconsole\./.test(read(path)));
    expect(writers).toEqual(['worker/log.ts']);
  });

  test('one file uses uPlot, and one fetches', () => {
    const dashboard = sources.filter((path) => path.startsWith('dashboard/'));
    expect(dashboard.filter((path) => importsOf(path).some(({ from }) => from === 'uplot'))).toEqual([
      'dashboard/chart/plot.ts',
    ]);
    expect(dashboard.filter((path) => /\bfetch\(|\bhc</.test(read(path)))).toEqual(['dashboard/api.ts']);
  });
});

describe('files', () => {
  test.each(sources)('%s opens by saying what it is, and is one idea', (path) => {
    const lines = read(path).split('\n');
    expect(lines[0]).toMatch(/^(\/\/|\/\*\*?) ?\S/);
    // Messages are a list, not an idea.
    if (!path.startsWith('dashboard/messages/')) expect(lines.length).toBeLessThanOrEqual(300);
    expect(path).not.toMatch(/\b(utils?|helpers?|common|misc)\b/);
  });
});
