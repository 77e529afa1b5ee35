// npm test and npm run test:long, after type check and build: finds or installs what tests run with, runs them all, closes with the counts.
import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, findShell, SHELL } from './browser/chromium.ts';
import { PROGRAMS } from './programs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(command: string, ...args: string[]): number {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) console.error(error.message);
  return status ?? 1;
}

const found = (): boolean => {
  try {
    findChromium();
    return true;
  } catch {
    return false;
  }
};

const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
const install = (...packages: string[]): boolean =>
  run('apt-get', 'update', '-qq') === 0 && run('apt-get', 'install', '-y', '-qq', ...packages) === 0;

/** Installed where that is possible; elsewhere the test that needs them fails and says what to install. */
function wantPrograms(): void {
  const missing = PROGRAMS.filter((program) => spawnSync(program, ['--version']).error);
  if (missing.length === 0 || !debian) return;
  console.log(`Installing ${missing.join(', ')} for the README's examples.`);
  install(...missing);
}

/** Without it all tests take the whole browser, and those of the dashboard twice as long. */
function wantEngine(): void {
  if (!debian || process.env.CHROME_PATH || findShell()) return;
  console.log(`Installing ${SHELL}, with which the dashboard's tests take half the time.`);
  install(SHELL);
}

/** Debian's package where that is possible, else the build that Playwright downloads. Never goes on without. */
function requireBrowser(): void {
  if (found()) {
    wantEngine();
    return;
  }
  console.log('No Chromium, Chrome or Edge here: installing one for the browser tests.');
  const installed = debian ? install('chromium', SHELL) : run('playwright-core', 'install', 'chromium') === 0;
  if (installed && found()) return;
  console.error(
    'The browser tests need Chromium, Chrome or Edge, and it could not be installed: install one, or set CHROME_PATH.',
  );
  process.exit(1);
}

/** What tests write is gone with them: in memory where Linux has a folder for it, because a disk keeps them waiting. */
const MEMORY = '/dev/shm';
/** Bytes that it must have free. */
const ROOM = 4e9;
function writeToMemory(): void {
  if (!existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize > ROOM) process.env.TMPDIR ??= MEMORY;
}

// Servers and commands are started a hundred times: what Node has compiled once it need not compile again.
process.env.NODE_COMPILE_CACHE ??= `${root}node_modules/.cache/compiled`;

const given = process.argv.slice(2);
if (given.includes('--long')) process.env.TUNDISH_EFFORT = 'long';
requireBrowser();
wantPrograms();
writeToMemory();
process.exit(
  run(
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=./test/closing.ts',
    ...given.filter((each) => each !== '--long'),
  ),
);
