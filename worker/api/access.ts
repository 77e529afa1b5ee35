// What each credential may do: a person with a session, the operator with the secret, a program with a store's token,
// and whoever has a share link. Decided here and nowhere else.
import type { Env } from '../env.ts';
import type { Role, TokenScope } from '../store/schema-stores.ts';
import type { OpenShare } from '../store/shares.ts';
import type { SignedIn } from '../store/sign-in.ts';
import { findStore, type StoredStore } from '../store/stores.ts';
import { type Capability, higher, ROLE_MAY, SCOPE_MAY, SHARE_MAY } from './capabilities.ts';
import { ProblemError } from './problem.ts';
import type { ProblemCode } from './problems.ts';

export type Access =
  | ({ kind: 'person' } & SignedIn)
  | { kind: 'operator' }
  | { kind: 'token'; id: string; store: string; scopes: readonly TokenScope[] }
  | ({ kind: 'share' } & OpenShare);

export interface AppEnv {
  Bindings: Env;
  Variables: { access: Access; requestId: string; code?: string };
}

/** A name for a credential that tells it from all others. */
export const nameOf = (access: Access): string => {
  if (access.kind === 'operator') return 'operator';
  return `${access.kind} ${access.kind === 'person' ? access.user : access.id}`;
};

/** What somebody is in a store; null where it is not theirs to see. */
export function roleIn(access: Access, store: string): Role | null {
  if (access.kind === 'operator') return 'owner';
  if (access.kind === 'person') return higher(access.everywhere, access.roles.get(store) ?? null);
  if (access.store !== store) return null;
  return access.kind === 'token' && access.scopes.includes('admin') ? 'owner' : 'viewer';
}

/** Whether somebody owns a store: only then may another be made. */
const owns = (access: Access): boolean =>
  access.kind === 'operator' ||
  (access.kind === 'person' &&
    (access.everywhere === 'owner' || [...access.roles.values()].includes('owner')));

/** Whether a credential may do something in a store; null stands for the installation, in which stores are made. */
export function may(access: Access, capability: Capability, store: string | null): boolean {
  if (store === null) return owns(access);
  if (access.kind === 'operator') return true;
  if (access.kind === 'token')
    return access.store === store && access.scopes.some((scope) => SCOPE_MAY[scope].includes(capability));
  if (access.kind === 'share') return access.store === store && SHARE_MAY.includes(capability);
  const role = roleIn(access, store);
  return role !== null && ROLE_MAY[role].includes(capability);
}

/** @throws {ProblemError} that says whether the store, the scope or the role is wrong. Others' stores are not there. */
export function requireMay(access: Access, capability: Capability, store: string | null): void {
  if (may(access, capability, store)) return;
  if (access.kind === 'token') {
    if (store === null) throw new ProblemError('not_for_tokens');
    if (access.store !== store) throw new ProblemError('wrong_store', undefined, 'store');
    const scope = (Object.keys(SCOPE_MAY) as TokenScope[]).find((one) => SCOPE_MAY[one].includes(capability));
    if (!scope) throw new ProblemError('not_for_tokens');
    throw new ProblemError('missing_scope', `This token lacks the scope ${scope}; make one that has it.`);
  }
  if (access.kind === 'share') {
    if (store !== null && access.store !== store) throw new ProblemError('unknown_store', undefined, 'store');
    throw new ProblemError('share_only_looks');
  }
  if (store !== null && roleIn(access, store) === null)
    throw new ProblemError('unknown_store', undefined, 'store');
  throw new ProblemError(
    'missing_role',
    store === null ? 'Only who owns a store may make another; ask who runs this server.' : undefined,
  );
}

/** The store, if it exists and the asker may do this in it. Of other stores nobody learns anything. */
export async function openStore(
  env: Env,
  access: Access,
  capability: Capability,
  id: string,
): Promise<StoredStore> {
  requireMay(access, capability, id);
  const store = await findStore(env, id);
  if (!store) throw new ProblemError('unknown_store', undefined, 'store');
  return store;
}

/**
 * For what is named by its own id: it is of `store`, null where there is no such thing. What the asker may do at all
 * is asked first, and what belongs to another store is not there.
 */
export function requireThing(
  access: Access,
  capability: Capability,
  store: string | null,
  unknown: ProblemCode,
): asserts store is string {
  if (access.kind === 'token' || access.kind === 'share') requireMay(access, capability, access.store);
  if (store === null || roleIn(access, store) === null) throw new ProblemError(unknown, undefined, 'id');
  requireMay(access, capability, store);
}

/** The person who asks. @throws {ProblemError} where it is a program, or whoever has a share link. */
export function requirePerson(access: Access): { kind: 'person' } & SignedIn {
  if (access.kind !== 'person') throw new ProblemError('no_session');
  return access;
}
