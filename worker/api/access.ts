// Who is asking: an owner with a session, the operator with the secret, or a program with a store's token.
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { type Env, secretOf } from '../env.ts';
import { type SignedIn, signedIn } from '../store/sign-in.ts';
import { findStore, type StoredStore } from '../store/stores.ts';
import { storeOfToken } from '../store/tokens.ts';
import { ProblemError } from './problem.ts';

export type Access =
  | ({ kind: 'owner' } & SignedIn)
  | { kind: 'operator' }
  /** Reads one store. */
  | { kind: 'token'; store: string };

export interface AppEnv {
  Bindings: Env;
  Variables: { access: Access };
}

const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Compares digests, so that neither length nor content shows in the time it takes. */
const same = async (a: string, b: string) => timingSafeEqual(await digest(a), await digest(b));

async function accessOf(env: Env, request: Request): Promise<Access | null> {
  const secret = secretOf(env);
  const [, credential] = /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (credential) {
    if (await same(credential, secret)) return { kind: 'operator' };
    const store = await storeOfToken(env, credential, Date.now());
    return store === null ? null : { kind: 'token', store };
  }
  const user = await signedIn(env, request);
  return user && { kind: 'owner', ...user };
}

/** Who is asking. @throws {ProblemError} when nobody is known to. */
export async function authorized(env: Env, request: Request): Promise<Access> {
  const access = await accessOf(env, request);
  if (access) return access;
  throw new ProblemError(
    401,
    'no_credential',
    'Sign in, or send a valid token as Authorization: Bearer TOKEN.',
  );
}

/** Lets nobody past without a credential; what each may do is asked where it is done. */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const access = await authorized(c.env, c.req.raw);
  c.set('access', access);
  await next();
  if (access.kind === 'owner')
    for (const cookie of access.cookies) c.header('set-cookie', cookie, { append: true });
};

/** @throws {ProblemError} for tokens, which read one store and do nothing else. */
export function requireOwner(access: Access): void {
  if (access.kind === 'token')
    throw new ProblemError(403, 'token_reads_only', 'A token only reads metrics; sign in to do this.');
}

/** Whether somebody may do something in a store. A token may in its own, a person and the operator in all. */
export const may = (access: Access, _scope: 'write', store: string): boolean =>
  access.kind !== 'token' || access.store === store;

/** The store, if it exists and the asker may see it. */
export async function visibleStore(env: Env, access: Access, id: string): Promise<StoredStore> {
  if (access.kind === 'token' && access.store !== id)
    throw new ProblemError(403, 'wrong_store', 'This token belongs to another store.', 'store');
  const store = await findStore(env, id);
  if (!store) throw new ProblemError(404, 'unknown_store', 'No store has this id.', 'store');
  return store;
}
