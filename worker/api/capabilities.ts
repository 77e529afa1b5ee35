// What can be done in a store, and who may do it: roles of people, scopes of tokens, and share links, as one table.
import type { Role, TokenScope } from '../store/schema-stores.ts';

/**
 * `read`: figures. `people`: visitors, orders and events one by one. `write`: send events from a server. `edit`:
 * settings, notes, kept funnels. `admin`: tokens, secrets, forgetting. `members`: who else gets in, and whether
 * there is a store at all.
 */
export const CAPABILITIES = ['read', 'people', 'write', 'edit', 'admin', 'members'] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const ROLE_MAY: Readonly<Record<Role, readonly Capability[]>> = {
  owner: CAPABILITIES,
  editor: ['read', 'people', 'edit'],
  viewer: ['read', 'people'],
};

/** No token lets anybody in: what is stolen with it must not outlive its being revoked. */
export const SCOPE_MAY: Readonly<Record<TokenScope, readonly Capability[]>> = {
  read: ['read', 'people'],
  write: ['write'],
  admin: ['read', 'people', 'write', 'edit', 'admin'],
};

/** A link goes from hand to hand: whoever has it sees sums, and nobody behind them. */
export const SHARE_MAY: readonly Capability[] = ['read'];

/** From the least to the most. */
const ROLES_UP = ['viewer', 'editor', 'owner'] as const satisfies readonly Role[];
const SCOPES_UP = ['read', 'write', 'admin'] as const satisfies readonly TokenScope[];

/** The higher of two roles. */
export const higher = (a: Role | null, b: Role | null): Role | null =>
  ROLES_UP.findLast((role) => role === a || role === b) ?? null;

/** The least that a person, and a token, needs for it; null where no token may. */
export const leastFor = (capability: Capability) => ({
  role: ROLES_UP.find((role) => ROLE_MAY[role].includes(capability)) as Role,
  scope: SCOPES_UP.find((scope) => SCOPE_MAY[scope].includes(capability)) ?? null,
  share: SHARE_MAY.includes(capability),
});
