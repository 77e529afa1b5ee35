// Who sees which store: people by their e-mail address, added, changed and removed so that an owner always remains.
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import { account, session, user, verification } from './accounts.ts';
import { randomText } from './random.ts';
import { ALL_STORES, members, type Role, stores } from './schema-stores.ts';

/** Members of one store, so that a list is an answer. */
export const MAX_MEMBERS = 100;

/** Addresses are compared as mail servers in practice do: without case. */
const written = (email: string) => email.trim().toLowerCase();

export interface Person {
  id: string;
  email: string;
  /** Where the person has a role: keys of stores with their public ids, or ALL_STORES with null. */
  places: { key: number; store: string | null; role: Role }[];
}

async function personWhere(env: Env, which: ReturnType<typeof eq>): Promise<Person | null> {
  const rows = await drizzle(env.DB)
    .select({ id: user.id, email: user.email, key: members.store, store: stores.id, role: members.role })
    .from(user)
    .leftJoin(members, eq(members.user, user.id))
    .leftJoin(stores, eq(stores.key, members.store))
    .where(which)
    .all();
  const first = rows[0];
  if (!first) return null;
  const places = rows.flatMap(({ key, store, role }) =>
    key === null || !role ? [] : [{ key, store, role }],
  );
  return { id: first.id, email: first.email, places };
}

export const findPerson = (env: Env, email: string) => personWhere(env, eq(user.email, written(email)));
export const personById = (env: Env, id: string) => personWhere(env, eq(user.id, id));

/** Who sees a store: its own members, then those who see all stores. */
export async function listMembers(env: Env, store: number) {
  const rows = await drizzle(env.DB)
    .select({
      id: user.id,
      email: user.email,
      role: members.role,
      place: members.store,
      created: members.created,
    })
    .from(members)
    .innerJoin(user, eq(user.id, members.user))
    .where(inArray(members.store, [store, ALL_STORES]))
    .orderBy(asc(members.created), asc(user.id))
    .all();
  return rows.map(({ place, ...member }) => ({ ...member, everywhere: place === ALL_STORES }));
}

/** Makes the person where there is none yet. */
async function keepPerson(env: Env, email: string, now: number): Promise<string> {
  const db = drizzle(env.DB);
  const at = new Date(now);
  await db
    .insert(user)
    .values({
      id: `us_${randomText(10)}`,
      email: written(email),
      name: '',
      // Whoever opens the link has it from somebody who may hand it out: nothing else is verified here.
      emailVerified: true,
      createdAt: at,
      updatedAt: at,
    })
    .onConflictDoNothing();
  const kept = await db
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, written(email)))
    .get();
  if (!kept) throw new Error('A person was removed while being added.');
  return kept.id;
}

/** Ends every way into an account: its sessions, its password, links that were handed out. */
async function closeAccount(env: Env, { id, email }: Pick<Person, 'id' | 'email'>): Promise<void> {
  const db = drizzle(env.DB);
  await db.batch([
    db.delete(session).where(eq(session.userId, id)),
    db.delete(account).where(eq(account.userId, id)),
    db.delete(verification).where(eq(sql`${verification.value} ->> '$.email'`, email)),
  ]);
}

/**
 * Gives a person a role in a store, or in all. An account that comes to see more than before begins anew: whoever
 * could open it for the smaller reach, by a link once handed out, must not open it with the wider one.
 */
export async function addMember(
  env: Env,
  email: string,
  store: number,
  role: Role,
  now: number,
): Promise<string> {
  const known = await findPerson(env, email);
  if (known) await closeAccount(env, known);
  const id = await keepPerson(env, email, now);
  await drizzle(env.DB)
    .insert(members)
    .values({ user: id, store, role, created: now })
    .onConflictDoUpdate({ target: [members.user, members.store], set: { role } });
  return id;
}

/** Who makes a store owns it. */
export async function ownStore(env: Env, person: string, store: number, now: number): Promise<void> {
  await drizzle(env.DB).insert(members).values({ user: person, store, role: 'owner', created: now });
}

/** Somebody else owns this store, or all of them. */
const ownedByOthers = (person: string, store: number) => sql`exists (
  select 1 from ${members} as others where others.role = 'owner' and others.user <> ${person}
    and others.store in (${store}, ${ALL_STORES}))`;

/** False where nobody would own the store any more, or there is no such member. */
export async function changeRole(env: Env, person: string, store: number, role: Role): Promise<boolean> {
  const member = and(eq(members.user, person), eq(members.store, store));
  const changed = await drizzle(env.DB)
    .update(members)
    .set({ role })
    .where(
      role === 'owner'
        ? member
        : and(member, sql`(${ne(members.role, 'owner')} or ${ownedByOthers(person, store)})`),
    )
    .returning({ user: members.user });
  return changed.length > 0;
}

/**
 * Takes a person's role away; who has none left anywhere is forgotten, with sessions, password and address. False
 * where nobody would own the store any more, or there is no such member.
 */
export async function removeMember(
  env: Env,
  { id, email }: Pick<Person, 'id' | 'email'>,
  store: number,
): Promise<boolean> {
  const db = drizzle(env.DB);
  const gone = await db
    .delete(members)
    .where(
      and(
        eq(members.user, id),
        eq(members.store, store),
        sql`(${ne(members.role, 'owner')} or ${ownedByOthers(id, store)})`,
      ),
    )
    .returning({ user: members.user });
  if (gone.length === 0) return false;
  const left = await db.select({ store: members.store }).from(members).where(eq(members.user, id)).get();
  if (left) return true;
  await closeAccount(env, { id, email });
  await db.delete(user).where(eq(user.id, id));
  return true;
}
