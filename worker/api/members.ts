// Members of a store: listed, added by e-mail address, given another role or a new link, removed.
import { z } from '@hono/zod-openapi';
import type { Env } from '../env.ts';
import {
  addMember,
  changeRole,
  findPerson,
  listMembers,
  MAX_MEMBERS,
  type Person,
  personById,
  removeMember,
} from '../store/members.ts';
import { ALL_STORES, ROLES } from '../store/schema-stores.ts';
import { signInLink } from '../store/sign-in.ts';
import type { StoredStore } from '../store/stores.ts';
import { type Access, may, openStore } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, storeId } from './schemas.ts';

const TAG = 'Stores and tokens';

const role = z.enum(ROLES, `A role is one of ${ROLES.join(', ')}.`).openapi({
  description:
    '`viewer`: look. `editor`: also change settings, notes and kept funnels. `owner`: everything, members, tokens, secrets and deleting included.',
});

const memberId = z.string().openapi({ example: EXAMPLES.member });

export const member = z
  .object({
    id: memberId,
    email: z.string(),
    role,
    everywhere: z.boolean().openapi({
      description: 'True of who sees all stores of this installation; only its operator changes that.',
    }),
    created: z.int(),
  })
  .openapi('Member');
export type Member = z.infer<typeof member>;

const link = z.string().openapi({
  description:
    'Signs its reader in once, within a day. Hand it over yourself: no mail is sent, and it is never shown again.',
});

export const newMember = z
  .strictObject({
    store: storeId,
    email: z.email('Write an e-mail address, such as lin@shop.example.').max(320, 'At most 320 characters.'),
    role,
  })
  .openapi('NewMember', { example: { store: EXAMPLES.store, email: 'lin@shop.example', role: 'viewer' } });
export type NewMember = z.infer<typeof newMember>;

const roleChange = z
  .strictObject({ store: storeId, role })
  .openapi('RoleChange', { example: { store: EXAMPLES.store, role: 'editor' } });

const ofStore = z.strictObject({ store: storeId }).openapi('OfStore', { example: { store: EXAMPLES.store } });

const getMembers = asking({
  path: '/v1/members',
  tag: TAG,
  scope: 'members',
  summary: 'Who sees a store',
  request: { query: z.strictObject({ store: storeId }) },
  responses: {
    200: {
      description: 'The members, the oldest first, with those who see all stores.',
      ...json(z.object({ members: z.array(member) }).openapi('Members')),
    },
  },
});

const postMember = changing('post', {
  path: '/v1/members',
  tag: TAG,
  scope: 'members',
  summary: 'Let somebody in',
  description:
    'Somebody who already sees stores of yours is signed out everywhere, loses the password and comes back by the new link: whoever held a link to the account before must not see more by it.',
  request: { body: { required: true, ...json(newMember) } },
  responses: {
    201: {
      description: 'The member, with the link.',
      ...json(z.object({ ...member.shape, link }).openapi('MadeMember')),
    },
  },
});

const postLink = changing('post', {
  path: '/v1/members/{id}/link',
  tag: TAG,
  scope: 'members',
  summary: 'Make a new sign-in link for a member',
  request: { params: z.object({ id: memberId }), body: { required: true, ...json(ofStore) } },
  responses: { 201: { description: 'The link.', ...json(z.object({ link }).openapi('MemberLink')) } },
});

const patchMember = changing('patch', {
  path: '/v1/members/{id}',
  tag: TAG,
  scope: 'members',
  summary: 'Give a member another role',
  request: { params: z.object({ id: memberId }), body: { required: true, ...json(roleChange) } },
  responses: { 200: { description: 'The member as it is now.', ...json(member) } },
});

const deleteMember = changing('delete', {
  path: '/v1/members/{id}',
  tag: TAG,
  scope: 'members',
  summary: 'Remove a member',
  request: { params: z.object({ id: memberId }), query: z.strictObject({ store: storeId }) },
  responses: { 204: { description: 'The store is not theirs to see any more.' } },
});

/** Whether all that an account sees is the asker's own: only then may the asker hold the key to it. */
const isWithin = (access: Access, { places }: Person): boolean =>
  access.kind === 'operator' ||
  (access.kind === 'person' && access.everywhere === 'owner') ||
  places.every(({ store }) => store !== null && may(access, 'members', store));

async function memberOf(env: Env, store: StoredStore, id: string): Promise<Person> {
  const person = await personById(env, id);
  if (!person?.places.some(({ key }) => key === store.key || key === ALL_STORES))
    throw new ProblemError('unknown_member', undefined, 'id');
  return person;
}

/** A member of the store alone. @throws where the person sees all stores. */
async function ownMember(env: Env, store: StoredStore, id: string): Promise<Person> {
  const person = await memberOf(env, store, id);
  if (!person.places.some(({ key }) => key === store.key)) throw new ProblemError('member_everywhere');
  return person;
}

async function shown(env: Env, store: StoredStore, id: string): Promise<Member> {
  const found = (await listMembers(env, store.key)).find((one) => one.id === id);
  if (!found) throw new ProblemError('unknown_member', undefined, 'id');
  return found;
}

const hostOf = (url: string) => new URL(url).origin;

export const memberRoutes = routes()
  .openapi(getMembers, async (c) => {
    const store = await openStore(c.env, c.var.access, 'members', c.req.valid('query').store);
    return c.json({ members: await listMembers(c.env, store.key) }, 200);
  })
  .openapi(postMember, async (c) => {
    const { access } = c.var;
    const wanted = c.req.valid('json');
    const store = await openStore(c.env, access, 'members', wanted.store);
    const known = await findPerson(c.env, wanted.email);
    if (known?.places.some(({ key }) => key === store.key || key === ALL_STORES))
      throw new ProblemError('already_member', undefined, 'email');
    if (known && !isWithin(access, known)) throw new ProblemError('member_elsewhere', undefined, 'email');
    if ((await listMembers(c.env, store.key)).length >= MAX_MEMBERS)
      throw new ProblemError('too_many_members');
    const id = await addMember(c.env, wanted.email, store.key, wanted.role, Date.now());
    const made = await shown(c.env, store, id);
    return c.json({ ...made, link: await signInLink(c.env, hostOf(c.req.url), made.email) }, 201);
  })
  .openapi(postLink, async (c) => {
    const { access } = c.var;
    const store = await openStore(c.env, access, 'members', c.req.valid('json').store);
    const person = await memberOf(c.env, store, c.req.valid('param').id);
    if (!isWithin(access, person)) throw new ProblemError('member_elsewhere', undefined, 'id');
    return c.json({ link: await signInLink(c.env, hostOf(c.req.url), person.email) }, 201);
  })
  .openapi(patchMember, async (c) => {
    const wanted = c.req.valid('json');
    const store = await openStore(c.env, c.var.access, 'members', wanted.store);
    const { id } = await ownMember(c.env, store, c.req.valid('param').id);
    if (!(await changeRole(c.env, id, store.key, wanted.role))) throw new ProblemError('last_owner');
    return c.json(await shown(c.env, store, id), 200);
  })
  .openapi(deleteMember, async (c) => {
    const store = await openStore(c.env, c.var.access, 'members', c.req.valid('query').store);
    const person = await ownMember(c.env, store, c.req.valid('param').id);
    if (!(await removeMember(c.env, person, store.key))) throw new ProblemError('last_owner');
    return c.body(null, 204);
  });
