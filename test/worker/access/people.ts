// People for the tests of who may what: let in with a role, signed in, asking with their cookies.
import type { Member } from '../../../worker/api/members.ts';
import type { Role } from '../../../worker/store/schema-stores.ts';
import { ask, fetchWorker, HOST } from '../shop.ts';

/** The cookies of an answer, as a browser sends them back. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Follows a sign-in or share link; what the browser then sends. */
export async function openLink(link: string): Promise<string> {
  return cookiesOf(await fetchWorker(link.replace(HOST, ''), { redirect: 'manual' }));
}

export type Made = Member & { link: string };
export const invite = (store: string, email: string, role: Role) =>
  ask<Made>('POST', '/v1/members', { store, email, role });

/** Signed in with a role in one store. */
export async function memberOf(store: string, role: Role, email = `${role}.${store}@shop.example`) {
  const made = await invite(store, email, role);
  return { id: made.id, email, cookie: await openLink(made.link) };
}

/** The cookie of a share link of a store, with its id. */
export async function shareOf(store: string, name = 'Agency') {
  const { id, link } = await ask<{ id: string; link: string }>('POST', '/v1/shares', { store, name });
  return { id, link, cookie: await openLink(link) };
}

/** Asks as the dashboard does: with cookies, from this origin. */
export const as = (cookie: string, method: string, path: string, body?: unknown, more: HeadersInit = {}) =>
  fetchWorker(path, {
    method,
    headers: { cookie, origin: HOST, 'content-type': 'application/json', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
