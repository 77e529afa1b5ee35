// Sign-in by one-time links and the sessions they open, by better-auth over the accounts tables.
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { magicLink } from 'better-auth/plugins';
import { drizzle } from 'drizzle-orm/d1';
import { type Env, secretOf } from '../env.ts';
import * as accounts from './accounts.ts';

const LINK_LIFE = 24 * 3600;
/** Sessions are read from their signed cookie for this long before the table is asked again. */
const COOKIE_LIFE = 60;

function authOf(env: Env, origin: string, onLink: (url: string) => void) {
  return betterAuth({
    database: drizzleAdapter(drizzle(env.DB), { provider: 'sqlite', schema: accounts }),
    secret: secretOf(env),
    baseURL: origin,
    basePath: '/auth',
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Only the operator makes links, and every other route of the library is closed; see api/index.ts.
    rateLimit: { enabled: false },
    session: { cookieCache: { enabled: true, maxAge: COOKIE_LIFE } },
    advanced: { ipAddress: { disableIpTracking: true }, cookiePrefix: 'tundish' },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: { ...session, userAgent: '' } }) } },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_LIFE,
        storeToken: 'hashed',
        sendMagicLink: ({ url }) => onLink(url),
      }),
    ],
  });
}

/** A link that signs its reader in once, within a day. */
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
export interface SignedIn {
  email: string;
  cookies: string[];
}

/** Who a request comes from, by its session cookie; null when nobody is signed in. */
export async function signedIn(env: Env, request: Request): Promise<SignedIn | null> {
  if (!request.headers.has('cookie')) return null;
  const auth = authOf(env, new URL(request.url).origin, () => undefined);
  const { headers, response } = await auth.api.getSession({ headers: request.headers, returnHeaders: true });
  return response && { email: response.user.email, cookies: headers.getSetCookie() };
}

/** Follows a sign-in link: opens a session and leads to the dashboard, or there with an error. */
export function followLink(env: Env, request: Request): Promise<Response> {
  return authOf(env, new URL(request.url).origin, () => undefined).handler(request);
}

/** Ends the session a request carries. */
export function signOut(env: Env, request: Request): Promise<Response> {
  const auth = authOf(env, new URL(request.url).origin, () => undefined);
  return auth.api.signOut({ headers: request.headers, asResponse: true });
}
