// npm test, after type check and build: finds or installs a browser, runs every test, closes with the counts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './browser/chromium.ts';

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

/** Debian's package where that is possible, else the build that Playwright downloads. Never goes on without. */
function requireBrowser(): void {
  if (found()) return;
  console.log('No Chromium, Chrome or Edge here: installing one for the browser tests.');
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  const installed = debian
    ? run('apt-get', 'update', '-qq') === 0 && run('apt-get', 'install', '-y', '-qq', 'chromium') === 0
    : run('playwright-core', 'install', 'chromium') === 0;
  if (installed && found()) return;
  console.error(
    'The browser tests need Chromium, Chrome or Edge, and it could not be installed: install one, or set CHROME_PATH.',
  );
  process.exit(1);
}

requireBrowser();
process.exit(
  run(
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=./test/closing.ts',
    ...process.argv.slice(2),
  ),
);
