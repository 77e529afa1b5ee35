// What the README says must be so: reasons, commands, paths and the script's size.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EVENT_REASONS, REQUEST_REASONS } from '../sdk/event.ts';
import { STUB, STUB_IN_MEMORY } from '../sdk/stub.ts';
import { PROBLEMS } from '../worker/api/problems.ts';
import { QUOTA } from '../worker/api/quota.ts';
import { CAUSES } from '../worker/check/findings.ts';
import { SIGNATURE_REASONS } from '../worker/collect/signature.ts';
import { STRIPE_REASONS } from '../worker/collect/stripe.ts';
import { BOUNDS } from '../worker/collect/tally.ts';

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

test('the stubs are the tested ones', () => {
  for (const stub of [STUB, STUB_IN_MEMORY]) expect(readme).toContain(`<script>${stub}</script>`);
});

test('the codes of problems are the list’s, word for word', () => {
  expect(rowsAfter('| code | status |')).toEqual(
    Object.entries(PROBLEMS).map(([code, { status, says }]) => `| \`${code}\` | ${status} | ${says} |`),
  );
});

test('the quota is the one that is kept', () => {
  const { requests, seconds } = QUOTA;
  expect(readme).toContain(`has ${requests} requests a minute`);
  expect(readme).toContain(`"credential";q=${requests};w=${seconds}`);
});

test('the findings are those of the check', () => {
  const names = rowsAfter('| finding |')?.map((row) => /`(\w+)`/.exec(row)?.[1]);
  expect(names).toEqual(CAUSES);
});

test('the bounds of what is refused are those that are kept', () => {
  expect(readme).toContain(`At most ${BOUNDS.store} pairs of reason and origin`);
  expect(readme).toContain(`and ${BOUNDS.unknown} for all that names no store`);
});

test('the reasons of signed calls and of Stripe’s events are the code’s, word for word', () => {
  for (const [heading, reasons] of [
    ['| reason of a signed call |', SIGNATURE_REASONS],
    ['| reason of Stripe’s event |', STRIPE_REASONS],
  ] as const)
    expect(rowsAfter(heading)).toEqual(
      Object.entries(reasons).map(([reason, says]) => `| \`${reason}\` | ${says} |`),
    );
});

test('the script’s size is the one that is built', () => {
  const bytes = gzipSync(readFileSync(`${root}dist/assets/t.js`), {
    level: constants.Z_BEST_COMPRESSION,
  }).length;
  const said = Number(/The script is ([\d,]+) bytes/.exec(readme)?.[1]?.replace(',', ''));
  // GNU gzip, which the README says, makes some ten bytes more of it than Node's zlib.
  expect(Math.abs(said - bytes)).toBeLessThanOrEqual(12);
});

test('the operator’s commands and their options exist', () => {
  const usage = execFileSync('node', ['worker/cli/admin.ts', '--help'], { cwd: root, encoding: 'utf8' });
  const named = [...readme.matchAll(/npm run admin -- ([^`\n]+)/g)].map(([, text]) => text as string);
  expect(named.length).toBeGreaterThan(12);
  for (const text of named) {
    const command = /^[a-z-]+(?: [a-z]+)*/.exec(text)?.[0];
    const line = usage.split('\n  ').find((each) => `${each.trim()} `.startsWith(`${command} `));
    expect([text, line !== undefined]).toEqual([text, true]);
    for (const [option] of text.matchAll(/--[a-z-]+/g))
      expect([text, usage.includes(option)]).toEqual([text, true]);
  }
});

test('every command and path exists', () => {
  const commands = [
    ...readme.matchAll(/npm (?:run )?(admin|import|start|test|deploy|build|bench|chaos|proof)\b/g),
  ].map(([, name]) => name as string);
  expect(commands.length).toBeGreaterThan(5);
  for (const name of commands) expect([name, scripts[name] !== undefined]).toEqual([name, true]);
  const paths = [...readme.matchAll(/(?:^|[`(])((?:sdk|worker|dashboard|test)\/[\w./-]*)/gm)].map(
    ([, path]) => path,
  );
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect([path, existsSync(root + path)]).toEqual([path, true]);
});
