// Lets nobody past without a credential: bearer token or secret, session cookie, or the cookie of a share link.
import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Env, secretOf } from '../env.ts';
import { type OpenShare, openShare } from '../store/shares.ts';
import { signedIn } from '../store/sign-in.ts';
import { openedBy } from '../store/tokens.ts';
import type { Access, AppEnv } from './access.ts';
import { ProblemError } from './problem.ts';

const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Compares digests, so that neither length nor content shows in the time it takes. */
const same = async (a: string, b: string) => timingSafeEqual(await digest(a), await digest(b));

async function bearerOf(env: Env, credential: string): Promise<Access | null> {
  if (await same(credential, secretOf(env))) return { kind: 'operator' };
  const opened = await openedBy(env, credential, Date.now());
  return opened && { kind: 'token', ...opened };
}

/** Seconds for which a browser remembers a share link that does not expire before. */
const REMEMBERED = 30 * 24 * 3600;

const isSecure = (c: Context<AppEnv>) => new URL(c.req.url).protocol === 'https:';
/** The prefix has browsers refuse it for anything but this host; without https they know no prefixes. */
const shareCookie = (c: Context<AppEnv>) => `${isSecure(c) ? '__Host-' : ''}tundish.share`;

/** Has the browser send a share link's random part with each request. */
export function rememberShare(c: Context<AppEnv>, secret: string, { expires }: OpenShare): void {
  const left = expires === null ? REMEMBERED : Math.ceil((expires - Date.now()) / 1000);
  setCookie(c, shareCookie(c), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: Math.min(REMEMBERED, left),
  });
}

/** Those that browsers send by themselves. Who is signed in stays so, whatever share links were opened meanwhile. */
async function cookieOf(c: Context<AppEnv>): Promise<Access | null> {
  const person = await signedIn(c.env, c.req.raw);
  if (person) return { kind: 'person', ...person };
  const secret = getCookie(c, shareCookie(c));
  const share = secret === undefined ? null : await openShare(c.env, secret, Date.now());
  return share && { kind: 'share', ...share };
}

/** What each may do is asked where it is done. */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  secretOf(c.env);
  const [, credential] = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  const access = credential ? await bearerOf(c.env, credential) : await cookieOf(c);
  // One sentence, whether there was none, a wrong one, an expired one or a revoked one.
  if (!access) throw new ProblemError('no_credential');
  c.set('access', access);
  await next();
  if (access.kind === 'person')
    for (const cookie of access.cookies) c.header('set-cookie', cookie, { append: true });
};
