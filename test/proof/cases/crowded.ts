// A page that Tundish shares with twenty scripts of others, some of them ill-behaved, under a strict policy.
import { acknowledged, bought, purchase, ready, SLOW } from '../place.ts';
import { type Case, view } from './case.ts';

/** What other people's scripts do to a page; the rest of the twenty keep it busy. */
const NEIGHBOURS = [
  `throw new Error('A script of somebody else.')`,
  `Array.prototype.last = function () { return this[this.length - 1] }`,
  `Object.prototype.extend = function () {}`,
  `{ const push = history.pushState; history.pushState = function (...given) { return push.apply(this, given) } }`,
  `{ const real = fetch; fetch = (...given) => real(...given) }`,
  `addEventListener('click', (event) => event.stopImmediatePropagation(), true)`,
  `for (let n = 0; n < 50; n++) localStorage.setItem('other:' + n, 'x'.repeat(1000))`,
  `window.onerror = () => true; window.dataLayer = [['js', new Date()]]`,
  `addEventListener('pagehide', () => { for (const end = performance.now() + 30; performance.now() < end; ); })`,
  // All that a page may have on its way when it is left, for some seconds.
  `fetch('${SLOW}', { method: 'POST', body: 'x'.repeat(64 * 1024), keepalive: true }).catch(() => {})`,
];
const BUSY = `for (const end = performance.now() + 5; performance.now() < end; ); setInterval(() => {}, 10)`;
const SCRIPTS = 20;

export const crowded: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  const names = Array.from({ length: SCRIPTS }, (_, n) => `/other/${n}.js`);
  for (const [n, name] of names.entries()) place.script(name, NEIGHBOURS[n] ?? BUSY);
  place.script(
    '/buy.js',
    `addEventListener('DOMContentLoaded', () => { ${purchase('A-1')} location.href = '/shop' })`,
  );
  place.headers['content-security-policy'] =
    `default-src 'none'; script-src 'self' ${link.url}; connect-src 'self' ${link.url}; base-uri 'none'`;
  const others = names.map((name) => `<script defer src="${name}"></script>`).join('');
  place.page('/shop', link, `${others}{tag}`);
  place.page('/thanks', link, `${others}{tag}<script defer src="/buy.js"></script>`);
  const context = await on.visitor();
  const page = await context.newPage();
  await page.goto(`${place.url}/shop`);
  await ready(page);
  await page.goto(`${place.url}/thanks`, { waitUntil: 'commit' });
  await page.waitForURL('**/shop');
  await ready(page);
  const sent = [view('/shop'), view('/thanks'), ...bought('A-1'), view('/shop')];
  await place.arrived(sent);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length };
};
