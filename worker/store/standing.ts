// Where a signed-in person stands at this moment: whether the session still is one, and the role in each store.
import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { session, user } from './accounts.ts';
import { ALL_STORES, members, type Role, stores } from './schema-stores.ts';

export interface Standing {
  user: string;
  email: string;
  /** The session's id, and when it was opened. */
  session: string;
  since: number;
  /** The role in every store, those to come included; null where there is none. */
  everywhere: Role | null;
  /** The roles in single stores, by their public ids. */
  roles: ReadonlyMap<string, Role>;
}

/** Read at every request, so that what is revoked ends at once; null where the session is over. */
export async function standingOf(env: Env, token: string, now: number): Promise<Standing | null> {
  const rows = await drizzle(env.DB)
    .select({
      user: user.id,
      email: user.email,
      session: session.id,
      since: session.createdAt,
      place: members.store,
      role: members.role,
      store: stores.id,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(members, eq(members.user, user.id))
    .leftJoin(stores, and(eq(stores.key, members.store), isNull(stores.deleted)))
    .where(and(eq(session.token, token), gt(session.expiresAt, new Date(now))))
    .all();
  const first = rows[0];
  if (!first) return null;
  return {
    user: first.user,
    email: first.email,
    session: first.session,
    since: first.since.getTime(),
    everywhere: rows.find(({ place }) => place === ALL_STORES)?.role ?? null,
    roles: new Map(rows.flatMap(({ store, role }) => (store && role ? [[store, role]] : []))),
  };
}

/** A person's own sessions, the latest first. Their tokens stay where they are. */
export async function listSessions(env: Env, person: string, now: number) {
  const rows = await drizzle(env.DB)
    .select({
      id: session.id,
      created: session.createdAt,
      used: session.updatedAt,
      expires: session.expiresAt,
    })
    .from(session)
    .where(and(eq(session.userId, person), gt(session.expiresAt, new Date(now))))
    .all();
  return rows
    .map(({ id, created, used, expires }) => ({
      id,
      created: created.getTime(),
      last_used: used.getTime(),
      expires: expires.getTime(),
    }))
    .sort((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1));
}

/** Ends one of a person's own sessions. False when it is none of theirs. */
export async function endSession(env: Env, person: string, id: string): Promise<boolean> {
  const gone = await drizzle(env.DB)
    .delete(session)
    .where(and(eq(session.userId, person), eq(session.id, id)))
    .returning({ id: session.id });
  return gone.length > 0;
}

/** Ends all sessions of a person but one, or all. */
export async function endSessions(env: Env, person: string, but: string | null): Promise<void> {
  await drizzle(env.DB)
    .delete(session)
    .where(and(eq(session.userId, person), ne(session.id, but ?? '')));
}
