// The browser is killed while it sends, and started again with the same profile.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { FLAGS, findChromium } from '../../browser/chromium.ts';
import { bought, purchase, until } from '../place.ts';
import { USER_AGENT } from '../stand.ts';
import { type Case, steps, view } from './case.ts';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // Not written yet.
    return '';
  }
};

/** A browser whose processes can be killed all at once, as by a crash of the machine. */
async function startBrowser(profile: string) {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const flags = ['--headless=new', '--remote-debugging-port=0', USER_AGENT];
  const started = spawn(findChromium(), [...FLAGS, ...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise((resolve) => started.once('exit', resolve));
  await until(() => read(portFile).includes('\n'), 'the browser’s start');
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${read(portFile).split('\n')[0]}`);
  const [context] = browser.contexts();
  if (!context) throw new Error('The browser has no profile.');
  const kill = async () => {
    process.kill(-(started.pid as number), 'SIGKILL');
    await ended;
  };
  return { context, kill };
}

/** Whether the browser has written it down; it does so some seconds after the page did. */
function onDisk(profile: string, text: string): boolean {
  const folder = join(profile, 'Default/Local Storage/leveldb');
  return readdirSync(folder).some((name) => read(join(folder, name)).includes(text));
}

/** Events of three requests: the first is acknowledged, the second on its way when the browser dies. */
const STEPS = 120;

export const killed: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, '{tag}');
  // All in one go: Chromium writes down what pages keep after five seconds, and then not again for a minute.
  const calls = `${purchase('A-1')} for (let n = 0; n < ${STEPS}; n++) tundish('custom', { name: 'n' + n })`;
  place.page('/buy', link, `{tag}<script>addEventListener('DOMContentLoaded', () => { ${calls} })</script>`);
  const profile = mkdtempSync(join(tmpdir(), 'tundish-'));
  try {
    const first = await startBrowser(profile);
    const page = await first.context.newPage();
    let down = true;
    let posts = 0;
    link.fault = () => (down ? 'drop' : ++posts > 1 ? 'hold' : undefined);
    await page.goto(`${place.url}/buy`);
    await until(() => onDisk(profile, `"n${STEPS - 1}"`), 'the events on the disk');
    down = false;
    await until(() => posts === 2, 'the second request');
    await first.kill();
    link.fault = () => undefined;
    const before = place.stored().length;

    const second = await startBrowser(profile);
    await (await second.context.newPage()).goto(`${place.url}/`);
    const sent = [view('/buy'), view('/'), ...bought('A-1'), ...steps(STEPS)];
    await place.arrived(sent);
    await second.kill();
    place.same(sent);
    return { sent: sent.length, note: `${before} of them before the kill` };
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};
