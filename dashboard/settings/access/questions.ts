// What the sections about access ask and have done: members, share links, sessions, the password.
import type { NewPassword, OpenSession } from '../../../worker/api/account.ts';
import type { Member, NewMember } from '../../../worker/api/members.ts';
import type { NewShare, Share } from '../../../worker/api/shares.ts';
import { answerTo, goodOf, v1 } from '../../api.ts';

export type { Member, NewMember, NewShare, OpenSession, Share };
export type Role = Member['role'];

export const listMembers = async (store: string): Promise<Member[]> =>
  (await answerTo(v1.members.$get({ query: { store } }))).members;
export const addMember = (member: NewMember) => answerTo(v1.members.$post({ json: member }));
export const linkFor = async (store: string, id: string): Promise<string> =>
  (await answerTo(v1.members[':id'].link.$post({ param: { id }, json: { store } }))).link;
export const changeRole = (store: string, id: string, role: Role) =>
  answerTo(v1.members[':id'].$patch({ param: { id }, json: { store, role } }));
export const removeMember = (store: string, id: string) =>
  goodOf(v1.members[':id'].$delete({ param: { id }, query: { store } }));

export const listShares = async (store: string): Promise<Share[]> =>
  (await answerTo(v1.shares.$get({ query: { store } }))).shares;
export const createShare = (share: NewShare) => answerTo(v1.shares.$post({ json: share }));
export const revokeShare = (id: string) => goodOf(v1.shares[':id'].$delete({ param: { id } }));

export const listSessions = async (): Promise<OpenSession[]> =>
  (await answerTo(v1.sessions.$get({ query: {} }))).sessions;
export const endSession = (id: string) => goodOf(v1.sessions[':id'].$delete({ param: { id } }));
export const endOtherSessions = () => goodOf(v1.sessions.$delete({ query: {} }));
export const setPassword = (password: NewPassword) => goodOf(v1.password.$post({ json: password }));
