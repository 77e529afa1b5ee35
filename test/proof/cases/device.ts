// Faults of the visitor's device: no storage, full storage, a wrong clock.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '../../../sdk/event.ts';
import { launchProfile } from '../../browser/chromium.ts';
import { acknowledged, bought, purchase, ready } from '../place.ts';
import { USER_AGENT } from '../stand.ts';
import { type Case, steps, tell, view } from './case.ts';

/** Events that a page without storage can still send when it is left. */
const MEMORY = LIMITS.events;

export const storageDenied: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, '{tag}');
  place.page('/thanks', link, `<script>addEventListener('load', () => { ${purchase('A-1')} })</script>{tag}`);
  const profile = mkdtempSync(join(tmpdir(), 'tundish-'));
  mkdirSync(join(profile, 'Default'));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(settings));
  const context = await launchProfile(profile, {}, USER_AGENT);
  try {
    const page = await context.newPage();
    await page.goto(`${place.url}/`);
    if ((await page.evaluate('try { typeof localStorage } catch (error) { error.name }')) !== 'SecurityError')
      throw new Error('Storage was not denied.');
    await ready(page);
    await tell(page, MEMORY + 10);
    await place.arrived([view('/'), ...steps(MEMORY + 10)]);
    await tell(page, MEMORY, MEMORY + 10);
    // Left at once: the memory goes with the page, after one last request.
    await page.goto(`${place.url}/thanks`);
    const sent = [view('/'), ...steps(2 * MEMORY + 10), view('/thanks'), ...bought('A-1')];
    await place.arrived(sent);
    await context.close();
    place.same(sent);
    return { sent: sent.length };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};

const FILL = `let size = 4_000_000;
  while (size >= 1) try { localStorage['full' + localStorage.length] = 'x'.repeat(size) } catch { size /= 2 }`;

export const storageFull: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, `<script>${FILL}</script>{tag}`);
  const context = await on.visitor();
  const page = await context.newPage();
  await page.goto(`${place.url}/`);
  await ready(page);
  await page.evaluate(purchase('A-1'));
  await tell(page, 60);
  const sent = [view('/'), ...bought('A-1'), ...steps(60)];
  await place.arrived(sent);
  if (await page.evaluate(`Object.keys(localStorage).some((key) => /^tundish/.test(key))`))
    throw new Error('Storage was not full.');
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};

const DECADE = 10 * 365.25 * 86_400_000;
const MINUTE = 60_000;

/** A clock that is wrong by so many milliseconds, wherever a page reads it. */
const wrongClock = (by: number): string => `{
  const Real = Date;
  Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + ${by}) }
    static now() { return Real.now() + ${by} }
  };
}`;

/** Wrong while the collector cannot be reached, then also while it can; stored are the right times. */
const clock =
  (by: number): Case =>
  async (on) => {
    const place = await on.place();
    const link = await place.link(300);
    place.page('/', link, '{tag}');
    place.page('/blank', link, 'No tag here.');
    const context = await on.visitor();
    await context.addInitScript(wrongClock(by));
    const page = await context.newPage();
    await page.goto(`${place.url}/`);
    await ready(page);
    await acknowledged(page);
    await page.evaluate(purchase('A-1'));
    await tell(page, 20);
    await page.goto(`${place.url}/`);
    await ready(page);
    const sent = [view('/'), view('/'), ...bought('A-1'), ...steps(20)];
    await place.arrived(sent);
    await acknowledged(page);
    await context.close();
    place.same(sent);
    const error = Math.max(...place.times().map((at) => Math.abs(Date.now() - at)));
    if (error > MINUTE) throw new Error(`Stored times are wrong by up to ${error} ms.`);
    return { sent: sent.length, note: 'and at their right times' };
  };

export const clockAhead = clock(DECADE);
export const clockBehind = clock(-DECADE);

/** Wrong while the collector is down, right when the visitor comes back. */
export const clockSetRight: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, '{tag}');
  const context = await on.visitor();
  const wrong = await context.newPage();
  await wrong.addInitScript(wrongClock(DECADE));
  link.fault = () => 'drop';
  await wrong.goto(`${place.url}/`);
  await ready(wrong);
  const failed = wrong.waitForEvent('requestfailed');
  await wrong.evaluate(purchase('A-1'));
  await failed;
  await wrong.close();
  link.fault = () => undefined;
  const page = await context.newPage();
  await page.goto(`${place.url}/`);
  const sent = [view('/'), view('/'), ...bought('A-1')];
  await place.arrived(sent, 30_000);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};
