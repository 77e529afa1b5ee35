// Ways in which pages come and go: tabs, the back/forward cache, pages rendered ahead, haste, routes of a single page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchAlone } from '../../browser/chromium.ts';
import { acknowledged, bought, purchase, ready } from '../place.ts';
import { USER_AGENT } from '../stand.ts';
import { type Case, steps, tell, view } from './case.ts';

const EACH = 100;

/** All at once, on one storage; each also tells of the same purchase. */
export const threeTabs: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, '{tag}');
  const context = await on.visitor();
  const tabs = await Promise.all([0, 1, 2].map(() => context.newPage()));
  await Promise.all(
    tabs.map(async (page, n) => {
      await page.goto(`${place.url}/`);
      await ready(page);
      await page.evaluate(purchase('A-1'));
      await tell(page, EACH, n * EACH);
    }),
  );
  const sent = [...tabs.map(() => view('/')), ...bought('A-1'), ...steps(3 * EACH)];
  await place.arrived(sent);
  for (const page of tabs) await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};

export const backForward: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/a', link, '{tag}<script>window.made = Math.random()</script>');
  place.page('/b', link, '{tag}<script>window.made = Math.random()</script>');
  const context = await on.visitor();
  const page = await context.newPage();
  const made = () => page.evaluate('made');
  await page.goto(`${place.url}/a`);
  await ready(page);
  const first = await made();
  await page.goto(`${place.url}/b`);
  await ready(page);
  const second = await made();
  const sent = [view('/a'), view('/b')];
  for (let turn = 0; turn < 3; turn++) {
    await page.goBack({ waitUntil: 'commit' });
    if ((await made()) !== first) throw new Error('The page was loaded anew.');
    await tell(page, 1, 2 * turn);
    await page.goForward({ waitUntil: 'commit' });
    if ((await made()) !== second) throw new Error('The page was loaded anew.');
    await tell(page, 1, 2 * turn + 1);
    sent.push(view('/a'), view('/b'));
  }
  sent.push(...steps(6));
  await place.arrived(sent);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};

/** One page is rendered ahead and shown, another is rendered ahead and never shown. */
export const prerender: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  const rules = { prerender: [{ source: 'list', urls: ['/shown', '/never'], eagerness: 'immediate' }] };
  // Its step says that it was really rendered ahead; it asks to be shown once it is there.
  place.page(
    '/shown',
    link,
    `{tag}<script>
      const ahead = document.prerendering;
      addEventListener('load', () => { ahead && tundish('custom', { name: 'n0' }); localStorage.there = 1 });
    </script>`,
  );
  place.page('/never', link, `{tag}<script>addEventListener('load', () => { ${purchase('A-1')} })</script>`);
  const show = `setInterval(() => { if (localStorage.there) document.querySelector('a').click() }, 50)`;
  place.page(
    '/a',
    link,
    `{tag}<a href="/shown">b</a><script>${show}</script><script type="speculationrules">${JSON.stringify(rules)}</script>`,
  );
  const profile = mkdtempSync(join(tmpdir(), 'tundish-'));
  // The developer tools switch off rendering ahead: nobody steers this browser.
  const end = launchAlone(profile, `${place.url}/a`, USER_AGENT);
  try {
    const sent = [view('/a'), view('/shown'), ...steps(1)];
    await place.arrived(sent);
    await end();
    place.same(sent);
    return { sent: sent.length };
  } finally {
    await end();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};

const PAGES = 10;

/** Full loads, each page leaving for the next as soon as its scripts have run. */
export const haste: Case = async (on) => {
  const place = await on.place();
  const link = await place.link();
  for (let n = 0; n <= PAGES; n++) {
    const then = n < PAGES ? `location.replace('/${n + 1}')` : purchase('A-1');
    const html = `{tag}<script>addEventListener('DOMContentLoaded', () => { ${then} })</script>`;
    place.page(`/${n}`, link, html);
  }
  const context = await on.visitor();
  const page = await context.newPage();
  // The script is in the browser's cache, as it is after the first page of any visit.
  await page.goto(`${place.url}/${PAGES}`);
  await acknowledged(page);
  link.delay = 300;
  const began = Date.now();
  await page.goto(`${place.url}/0`, { waitUntil: 'commit' });
  await page.waitForURL(`**/${PAGES}`);
  const seconds = (Date.now() - began) / 1000;
  const views = Array.from({ length: PAGES + 1 }, (_, n) => view(`/${n}`));
  const sent = [view(`/${PAGES}`), ...views, ...bought('A-1')];
  await place.arrived(sent);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length, note: `${PAGES} navigations in ${seconds.toFixed(2)} s` };
};

/** Routes of both kinds, there and back, as fast as a script can. */
export const singlePage: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  place.page('/', link, '{tag}');
  const context = await on.visitor();
  const page = await context.newPage();
  await page.goto(`${place.url}/`);
  await ready(page);
  const sent = [view('/')];
  const go = async (script: string, ...paths: string[]) => {
    await page.evaluate(script);
    sent.push(...paths.map(view));
  };
  const routes = Array.from({ length: 10 }, (_, n) => `/p/${n}`);
  await go(`for (let n = 0; n < 10; n++) history.pushState(null, '', '/p/' + n)`, ...routes);
  // A filter, an anchor and the same page again are no views.
  await go(`history.replaceState(null, '', '/p/9?size=xl'); history.pushState(null, '', '/p/9#reviews')`);
  const settled = (path: string) => page.waitForFunction(`location.pathname === '${path}'`);
  await page.evaluate('history.go(-2)');
  await settled('/p/8');
  sent.push(view('/p/8'));
  await page.evaluate('history.forward()');
  await settled('/p/9');
  sent.push(view('/p/9'));
  const hashes = Array.from({ length: 10 }, (_, n) => `/p/9#/h/${n}`);
  await go(`for (let n = 0; n < 10; n++) history.pushState(null, '', '#/h/' + n)`, ...hashes);
  for (const hash of ['#/cart', '#/pay']) await go(`location.hash = '${hash}'`, `/p/9${hash}`);
  await go(purchase('A-1'));
  sent.push(...bought('A-1'));
  await place.arrived(sent);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};
