// Every threat names the tests that would notice it, and every test that is named exists and runs.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { THREATS } from './list.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** A text as it may stand between the quotes of a program. */
const quoted = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a file has a test of this name that is not left out; `each` gives the name after its rows. */
function hasTest(source: string, name: string): boolean {
  return new RegExp(`(?:\\b(?:test|it)|\\)|\`)\\(\\s*(['"\`])${quoted(name)}\\1\\s*,`).test(source);
}

test('ids are told apart, and there are as many threats as were thought of', () => {
  expect(new Set(THREATS.map(({ id }) => id)).size).toBe(THREATS.length);
  expect(THREATS.length).toBeGreaterThan(25);
});

describe.each(THREATS)('$id', ({ threat, stopped, tests }) => {
  test('says what it is and what stops it', () => {
    for (const sentence of [threat, stopped]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('names tests, which exist', () => {
    const named = Object.entries(tests).flatMap(([file, names]) => names.map((name) => ({ file, name })));
    expect(named.length).toBeGreaterThan(0);
    for (const { file, name } of named) {
      expect([file, existsSync(folder + file)]).toEqual([file, true]);
      expect([file, name, hasTest(readFileSync(folder + file, 'utf8'), name)]).toEqual([file, name, true]);
    }
  });
});

describe('a test is found', () => {
  test.each([
    ["test('a b', () => {", true],
    ["test.each(rows)('a b', () => {", true],
    ["  ])(\n    'a b',\n    async () => {", true],
    ["test.skip('a b', () => {", false],
    ["test.todo('a b');", false],
    ["// a b\nconst x = 'a b';", false],
    ["test('a b c', () => {", false],
  ])('in %j: %s', (source, found) => expect(hasTest(source, 'a b')).toBe(found));
});
