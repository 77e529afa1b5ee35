// Which policies let the tag's script load and send: a row a case, each as browsers decide it.
import { describe, expect, test } from 'vitest';
import { type Ban, banIn, parsePolicies, type Wish } from '../../worker/check/csp.ts';

const SCRIPT = 'https://stats.example/t.js';
const EVENTS = 'https://stats.example/v1/events';

/** What keeps it back, of all policies in a text. */
const ban = (
  text: string,
  what: 'script' | 'connect',
  wish: Partial<Record<'page' | 'url', string>> & Pick<Wish, 'nonce' | 'integrity'> = {},
): Ban | null =>
  parsePolicies(text)
    .map((policy) =>
      banIn(policy, what, {
        ...wish,
        page: new URL(wish.page ?? 'https://shop.example/p'),
        url: new URL(wish.url ?? (what === 'script' ? SCRIPT : EVENTS)),
      }),
    )
    .find((found) => found !== null) ?? null;

const LOCAL = { page: 'http://localhost:8788/', url: 'http://localhost:8787/t.js' };

/** A policy, what it is asked for, and whether that is allowed. */
const CASES: [policy: string, allowed: boolean, wish?: Parameters<typeof ban>[2]][] = [
  ['', true],
  ["img-src 'none'", true],
  ["default-src 'none'", false],
  ['script-src', false],
  ["script-src 'none'", false],
  ["script-src 'self'", false],
  ["script-src 'self'", true, { url: 'https://shop.example/t.js' }],
  ["script-src 'self'", true, { page: 'http://shop.example/', url: 'https://shop.example/t.js' }],
  ["script-src 'self'", false, { url: 'https://shop.example:8443/t.js' }],
  ["script-src 'self'", false, LOCAL],
  ['script-src *', true],
  ['script-src https:', true],
  ['script-src http:', true],
  ['script-src HTTPS:', true],
  ['script-src https:', false, LOCAL],
  ['script-src data: blob:', false],
  ['script-src stats.example', true],
  ['script-src STATS.example', true],
  ['script-src stats.example', true, { page: 'http://shop.example/', url: 'http://stats.example/t.js' }],
  ['script-src stats.example', false, { url: 'http://stats.example/t.js' }],
  ['script-src http://stats.example', true],
  ['script-src https://stats.example', true],
  ['script-src https://stats.example', false, { url: 'http://stats.example/t.js' }],
  ['script-src https://stats.example:443', true],
  ['script-src https://stats.example:8443', false],
  ['script-src https://stats.example', false, { url: 'https://stats.example:8443/t.js' }],
  ['script-src https://stats.example:*', true, { url: 'https://stats.example:8443/t.js' }],
  ['script-src http://stats.example:80', true],
  ['script-src http://localhost:8787', true, LOCAL],
  ['script-src http://localhost', false, LOCAL],
  ['script-src http://[::1]:8787', true, { ...LOCAL, url: 'http://[::1]:8787/t.js' }],
  ['script-src *.example', true],
  ['script-src *.stats.example', false],
  ['script-src https://*.stats.example', true, { url: 'https://eu.stats.example/t.js' }],
  ['script-src *.tats.example', false],
  ['script-src tats.example', false],
  ['script-src https://stats.example/', true],
  ['script-src https://stats.example/t.js', true],
  ['script-src https://stats.example/T.js', false],
  ['script-src https://stats.example/static/', false],
  ['script-src https://stats.example/static', false],
  ["script-src 'unsafe-inline' 'unsafe-eval'", false],
  ["script-src 'nonce-abc'", false],
  ["script-src 'nonce-abc'", true, { nonce: 'abc' }],
  ["script-src 'nonce-abc'", false, { nonce: 'abd' }],
  ["script-src 'nonce-abc'", false, { nonce: 'ABC' }],
  ["script-src 'strict-dynamic' 'nonce-abc' https://stats.example", false],
  ["script-src 'strict-dynamic' 'nonce-abc' https://stats.example", true, { nonce: 'abc' }],
  ["script-src 'sha256-aaa='", false],
  ["script-src 'sha256-aaa='", true, { integrity: 'sha256-aaa=' }],
  ["script-src 'sha256-aaa='", false, { integrity: 'sha256-aaa= sha384-bbb=' }],
  ["default-src 'none'; script-src https://stats.example", true],
  ["script-src 'none'; script-src-elem https://stats.example", true],
  ["script-src-elem 'none'; script-src https://stats.example", false],
  ["script-src https://stats.example; script-src 'none'", true],
  ["SCRIPT-SRC 'none'", false],
  ["script-src https://stats.example, default-src 'self'", false],
  ['script-src https://stats.example, img-src *', true],
  [' ;; script-src \t https://stats.example ;', true],
];

test.each(CASES)('%s lets the script load: %s %j', (policy, allowed, wish) => {
  expect(ban(policy, 'script', wish) === null).toBe(allowed);
});

test.each([
  ['', true],
  ["default-src 'none'", false],
  ['default-src https://stats.example', true],
  ["default-src https://stats.example; connect-src 'self'", false],
  ["default-src 'none'; connect-src https://stats.example", true],
  ['connect-src https://stats.example/v1/', true],
  ['connect-src https://stats.example/t.js', false],
  ['script-src https://stats.example', true],
  ["connect-src 'strict-dynamic' https://stats.example", true],
  ['connect-src wss://stats.example', false],
] as const)('%s lets events leave: %s', (policy, allowed) => {
  expect(ban(policy, 'connect') === null).toBe(allowed);
});

describe('what to change', () => {
  test.each([
    ["default-src 'self'", 'script', 'default-src', false],
    ["default-src *; script-src 'self'", 'script', 'script-src', false],
    ["script-src *; script-src-elem 'self'", 'script', 'script-src-elem', false],
    ["script-src 'strict-dynamic' 'nonce-abc'", 'script', 'script-src', true],
    ["default-src 'self'", 'connect', 'default-src', false],
    ["default-src *; connect-src 'none'", 'connect', 'connect-src', false],
  ] as const)('of %s for a %s is %s', (policy, what, directive, strict) => {
    expect(ban(policy, what)).toEqual({ directive, strict });
  });
});
