// Faults of the line and of the collector behind it.

import type { Fault, Link } from '../link.ts';
import { acknowledged, bought, type Place, purchase, ready, until } from '../place.ts';
import type { Stand } from '../stand.ts';
import { type Case, steps, tell, view } from './case.ts';

const MANY = 1000;

async function atHome(on: Stand, place: Place, link: Link) {
  place.page('/', link, '{tag}');
  const context = await on.visitor();
  const page = await context.newPage();
  await page.goto(`${place.url}/`);
  await ready(page);
  return { context, page };
}

/** As many as the outbox takes. */
export const offline: Case = async (on) => {
  const place = await on.place();
  const link = await place.link();
  const { context, page } = await atHome(on, place, link);
  await acknowledged(page);
  await context.setOffline(true);
  const failed = page.waitForEvent('requestfailed');
  await page.evaluate(purchase('A-1'));
  await tell(page, MANY - 2);
  await failed;
  await context.setOffline(false);
  const online = Date.now();
  const sent = [view('/'), ...bought('A-1'), ...steps(MANY - 2)];
  await place.arrived(sent);
  const seconds = (Date.now() - online) / 1000;
  await acknowledged(page);
  await context.close();
  place.same(sent);
  return { sent: sent.length, note: `stored ${seconds.toFixed(1)} s after the line was back` };
};

export const answerLost: Case = async (on) => {
  const place = await on.place();
  const link = await place.link(300);
  link.fault = (body) => (body.includes('"order:A-1"') && !link.faults ? 'lose' : undefined);
  const { context, page } = await atHome(on, place, link);
  await page.evaluate(purchase('A-1'));
  const sent = [view('/'), ...bought('A-1')];
  await place.arrived(sent);
  await acknowledged(page);
  await context.close();
  place.same(sent);
  if (link.faults !== 1 || link.posts.length < 2) throw new Error('No answer was lost.');
  return { sent: sent.length, note: `${link.posts.length} requests` };
};

/** Refuses once and asks for a pause; what the page tells meanwhile waits too. */
const refusing =
  (fault: Exclude<Fault, string>): Case =>
  async (on) => {
    const place = await on.place();
    const link = await place.link(300);
    link.fault = () => (link.faults ? undefined : fault);
    const { context, page } = await atHome(on, place, link);
    await page.evaluate(purchase('A-1'));
    await until(() => link.faults === 1, 'the refusal');
    await tell(page, 20);
    const sent = [view('/'), ...bought('A-1'), ...steps(20)];
    await place.arrived(sent);
    await acknowledged(page);
    await context.close();
    place.same(sent);
    const waited = ((link.posts[1] ?? 0) - (link.posts[0] ?? 0)) / 1000;
    const asked = Number(fault.headers?.['retry-after']);
    if (waited < asked) throw new Error(`Retry-After was ${asked} s, and it waited ${waited} s.`);
    return { sent: sent.length, note: `asked to wait ${asked} s, waited ${waited.toFixed(1)} s` };
  };

export const tooMany = refusing({ status: 429, headers: { 'retry-after': '3' } });
export const unavailable = refusing({ status: 503, headers: { 'retry-after': '6' } });
