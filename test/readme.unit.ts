// What the README says must be so: reasons, commands, paths and the script's size.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EVENT_REASONS, REQUEST_REASONS } from '../sdk/event.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** The reasons a table of the README holds, as it holds them. */
const rowsAfter = (heading: string) =>
  (readme.split(heading)[1] ?? '')
    .split('\n\n')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'));

test('the reasons of events are the contract’s, word for word', () => {
  expect(rowsAfter('| reason of an event |')).toEqual(
    Object.entries(EVENT_REASONS).map(([reason, says]) => `| \`${reason}\` | ${says} |`),
  );
});

test('the reasons of requests are the contract’s, word for word', () => {
  expect(rowsAfter('| reason of a request |')).toEqual(
    Object.entries(REQUEST_REASONS).map(
      ([reason, { status, says }]) => `| \`${reason}\` | ${status} | ${says} |`,
    ),
  );
});

test('the script’s size is the one that is built', () => {
  const bytes = gzipSync(readFileSync(`${root}dist/assets/t.js`), {
    level: constants.Z_BEST_COMPRESSION,
  }).length;
  const said = Number(/The script is ([\d,]+) bytes/.exec(readme)?.[1]?.replace(',', ''));
  // zlib builds differ by a few bytes in what they find.
  expect(Math.abs(said - bytes)).toBeLessThanOrEqual(8);
});

test('every command and path exists', () => {
  const commands = [
    ...readme.matchAll(/npm (?:run )?(admin|import|start|test|deploy|build|bench|proof)\b/g),
  ].map(([, name]) => name as string);
  expect(commands.length).toBeGreaterThan(5);
  for (const name of commands) expect([name, scripts[name] !== undefined]).toEqual([name, true]);
  const paths = [...readme.matchAll(/(?:^|[`(])((?:sdk|worker|dashboard|test)\/[\w./-]*)/gm)].map(
    ([, path]) => path,
  );
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect([path, existsSync(root + path)]).toEqual([path, true]);
});
