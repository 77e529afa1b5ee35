// What can be tried of the deployment without an account: the upload, the migrations, and the commands that the README names.
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { experimental_getWranglerCommands } from 'wrangler';
import { atLength } from './effort.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(`${tmpdir()}/tundish-deploy-`);
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** KiB of the upload, compressed: Cloudflare takes 3 MiB on its free plan, and starts smaller ones sooner. */
const UPLOAD = 1_024;

function wrangler(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('wrangler', args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1' },
  });
  expect([args, status, status === 0 ? '' : stdout + stderr]).toEqual([args, 0, '']);
  return stdout;
}

test(`a dry run bundles at most ${UPLOAD} KiB, with the bindings the code asks for`, () => {
  // Part of the build, which is what it bundles.
  const said = readFileSync(`${root}dist/worker/upload.txt`, 'utf8');
  expect(said).toContain('--dry-run');
  const [, kib] = /gzip: ([\d.]+) KiB/.exec(said) ?? [];
  expect(Number(kib)).toBeGreaterThan(100);
  expect(Number(kib)).toBeLessThanOrEqual(UPLOAD);
  for (const binding of ['env.DB', 'env.ASSETS']) expect(said).toContain(binding);
  // Secrets are put by their own command, and never lie in the configuration.
  expect(said).not.toContain('TUNDISH_SECRET');
});

// Every other test's database was made by the same files: this one asks whether Wrangler takes them as they do.
atLength(() => {
  test('Wrangler applies the migrations, all of them in order', () => {
    wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', `${place}/state`);
    const [file] = globSync(`${place}/state/**/*.sqlite`).filter((one) => !one.endsWith('metadata.sqlite'));
    const database = new DatabaseSync(file as string, { readOnly: true });
    const names = database.prepare('select name from d1_migrations order by id').all() as { name: string }[];
    database.close();
    const files = readdirSync(`${root}worker/store/migrations`).filter((name) => name.endsWith('.sql'));
    expect(names.map(({ name }) => name)).toEqual(files.sort());
  });
});

describe('the README', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const named = [...readme.matchAll(/npx wrangler ((?:[a-z][\w-]*)(?: (?:[a-z][\w-]*))*)/g)].map(
    ([, words]) => (words as string).split(' '),
  );

  test('names commands that Wrangler has', () => {
    expect(named.length).toBeGreaterThan(4);
    const { registry } = experimental_getWranglerCommands();
    for (const words of named) {
      let group: typeof registry.subtree | undefined = registry.subtree;
      // A word past a command that has none below it is an argument.
      for (const word of words) {
        if (group.size === 0) break;
        expect([words, word, [...group.keys()].includes(word)]).toEqual([words, word, true]);
        group = group.get(word)?.subtree ?? new Map();
      }
    }
  });
});
