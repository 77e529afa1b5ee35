// Sign-in by one-time links and passwords, and the sessions they open, by better-auth over the accounts tables.
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { isAPIError } from 'better-auth/api';
import { magicLink } from 'better-auth/plugins';
import { and, eq, isNotNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { type Env, secretOf } from '../env.ts';
import * as accounts from './accounts.ts';
import { type Standing, standingOf } from './standing.ts';

const LINK_LIFE = 24 * 3600;
/** Seconds for which the library reads a session from its signed cookie. Whether it still is one is asked anyway. */
const COOKIE_LIFE = 60;
/** Characters of a password: long rather than odd, as NIST SP 800-63B has it. */
export const PASSWORD = { least: 12, most: 128 };

const COOKIE_PREFIX = 'tundish';

function authOf(env: Env, origin: string, onLink: (url: string) => void = () => undefined) {
  return betterAuth({
    database: drizzleAdapter(drizzle(env.DB), { provider: 'sqlite', schema: accounts }),
    secret: secretOf(env),
    baseURL: origin,
    basePath: '/auth',
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Its routes are not open but by those of api/entry.ts, which count tries.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.least,
      maxPasswordLength: PASSWORD.most,
    },
    session: { cookieCache: { enabled: true, maxAge: COOKIE_LIFE } },
    advanced: { ipAddress: { disableIpTracking: true }, cookiePrefix: COOKIE_PREFIX },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: { ...session, userAgent: '' } }) } },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_LIFE,
        storeToken: 'hashed',
        // A link handed to somebody who has been removed since makes nobody anew.
        disableSignUp: true,
        sendMagicLink: ({ url }) => onLink(url),
      }),
    ],
  });
}

/** A link that signs its reader in once, within a day, to an account that there is. */
export async function signInLink(env: Env, origin: string, email: string): Promise<string> {
  let link = '';
  const auth = authOf(env, origin, (url) => {
    link = url;
  });
  await auth.api.signInMagicLink({
    body: { email, callbackURL: '/' },
    headers: new Headers(),
  });
  return link;
}

/** Who is signed in, and the cookies that keep it so. */
export interface SignedIn extends Standing {
  cookies: string[];
}

/** Who a request comes from, by its session cookie; null when nobody is signed in. */
export async function signedIn(env: Env, request: Request): Promise<SignedIn | null> {
  if (!request.headers.get('cookie')?.includes(`${COOKIE_PREFIX}.session_token=`)) return null;
  const auth = authOf(env, new URL(request.url).origin);
  const { headers, response } = await auth.api.getSession({ headers: request.headers, returnHeaders: true });
  const standing = response && (await standingOf(env, response.session.token, Date.now()));
  return standing && { ...standing, cookies: headers.getSetCookie() };
}

/**
 * Follows a sign-in link: opens a session and leads to the dashboard, or there with an error. Where to is not for the
 * link to say, or it could lead to another site.
 */
export function followLink(env: Env, request: Request, token: string): Promise<Response> {
  const { origin } = new URL(request.url);
  const link = new URL('/auth/magic-link/verify', origin);
  link.searchParams.set('token', token);
  link.searchParams.set('callbackURL', '/');
  return authOf(env, origin).handler(new Request(link, { headers: request.headers }));
}

/** Opens a session: its cookies, or null where address and password do not go together. */
export async function enter(
  env: Env,
  origin: string,
  email: string,
  password: string,
): Promise<string[] | null> {
  try {
    const { headers } = await authOf(env, origin).api.signInEmail({
      body: { email, password },
      returnHeaders: true,
    });
    return headers.getSetCookie();
  } catch (error) {
    if (isAPIError(error) && Number(error.statusCode) < 500) return null;
    throw error;
  }
}

const withPassword = (person: string) =>
  and(
    eq(accounts.account.userId, person),
    eq(accounts.account.providerId, 'credential'),
    isNotNull(accounts.account.password),
  );

async function hashedPassword(env: Env, person: string): Promise<string | null> {
  const found = await drizzle(env.DB)
    .select({ hash: accounts.account.password })
    .from(accounts.account)
    .where(withPassword(person))
    .get();
  return found?.hash ?? null;
}

export const hasPassword = async (env: Env, person: string): Promise<boolean> =>
  (await hashedPassword(env, person)) !== null;

/** Whether it is this person's password. */
export async function isPassword(
  env: Env,
  origin: string,
  person: string,
  password: string,
): Promise<boolean> {
  const hash = await hashedPassword(env, person);
  if (hash === null) return false;
  const { password: passwords } = await authOf(env, origin).$context;
  return passwords.verify({ hash, password });
}

/** Sets a person's password in the place of any other. */
export async function setPassword(env: Env, origin: string, person: string, password: string): Promise<void> {
  const { password: passwords, internalAdapter } = await authOf(env, origin).$context;
  const hash = await passwords.hash(password);
  await drizzle(env.DB).delete(accounts.account).where(withPassword(person));
  await internalAdapter.linkAccount({
    userId: person,
    providerId: 'credential',
    accountId: person,
    password: hash,
  });
}

/** Ends the session a request carries. */
export function signOut(env: Env, request: Request): Promise<Response> {
  const auth = authOf(env, new URL(request.url).origin);
  return auth.api.signOut({ headers: request.headers, asResponse: true });
}
