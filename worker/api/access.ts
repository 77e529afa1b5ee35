// Who is asking: an owner with a session, the operator with the secret, or a program with a store's token; and what each may do.
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { type Env, secretOf } from '../env.ts';
import type { TokenScope } from '../store/schema-stores.ts';
import { type SignedIn, signedIn } from '../store/sign-in.ts';
import { findStore, type StoredStore } from '../store/stores.ts';
import { openedBy } from '../store/tokens.ts';
import { ProblemError } from './problem.ts';

export type Access =
  | ({ kind: 'owner' } & SignedIn)
  | { kind: 'operator' }
  | { kind: 'token'; id: string; store: string; scopes: readonly TokenScope[] };

export interface AppEnv {
  Bindings: Env;
  Variables: { access: Access; requestId: string };
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
    const opened = await openedBy(env, credential, Date.now());
    return opened && { kind: 'token', ...opened };
  }
  const user = await signedIn(env, request);
  return user && { kind: 'owner', ...user };
}

/** Lets nobody past without a credential; what each may do is asked where it is done. */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const access = await accessOf(c.env, c.req.raw);
  // One sentence, whether there was none, a wrong one, an expired one or a revoked one.
  if (!access) throw new ProblemError('no_credential');
  c.set('access', access);
  await next();
  if (access.kind === 'owner')
    for (const cookie of access.cookies) c.header('set-cookie', cookie, { append: true });
};

/** A name for a credential that tells it from all others. */
export const nameOf = (access: Access): string => {
  if (access.kind === 'token') return `token ${access.id}`;
  return access.kind === 'owner' ? `owner ${access.email}` : 'operator';
};

/**
 * Whether a credential may do what a scope is for, in a store; null stands for the whole installation. The one place
 * where this is decided: owners and the operator may do everything, a token what its scopes say in its own store.
 */
export function may(access: Access, scope: TokenScope, store: string | null): boolean {
  if (access.kind !== 'token') return true;
  return access.store === store && access.scopes.some((has) => has === scope || has === 'admin');
}

/** @throws {ProblemError} that says of a token whether its store or its scope is wrong. */
export function requireMay(access: Access, scope: TokenScope, store: string | null): void {
  if (may(access, scope, store)) return;
  if (store === null) throw new ProblemError('not_for_tokens');
  if (access.kind === 'token' && access.store !== store)
    throw new ProblemError('wrong_store', undefined, 'store');
  throw new ProblemError('missing_scope', `This token lacks the scope ${scope}; make one that has it.`);
}

/** The store, if it exists and the asker may do there what the scope is for. Of other stores a token learns nothing. */
export async function openStore(
  env: Env,
  access: Access,
  scope: TokenScope,
  id: string,
): Promise<StoredStore> {
  requireMay(access, scope, id);
  const store = await findStore(env, id);
  if (!store) throw new ProblemError('unknown_store', undefined, 'store');
  return store;
}
