// Share links of a store: listed, made (shown once), revoked.
import { z } from '@hono/zod-openapi';
import { createShare, listShares, MAX_SHARES, revokeShare, storeOfShare } from '../store/shares.ts';
import { openStore, requireThing } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, expires, lineOfText, storeId } from './schemas.ts';

const TAG = 'Stores and tokens';

const shareId = z.string().openapi({ example: EXAMPLES.share });

export const share = z
  .object({
    id: shareId,
    store: storeId,
    name: z.string(),
    created: z.int(),
    expires,
    last_used: z.int().nullable().openapi({ description: 'Exact to the hour.' }),
  })
  .openapi('Share');
export type Share = z.infer<typeof share>;

export const newShare = z
  .strictObject({
    store: storeId,
    name: lineOfText('Give the link a name.'),
    expires: expires.default(null),
  })
  .openapi('NewShare', { example: { store: EXAMPLES.store, name: 'Agency', expires: null } });
export type NewShare = z.input<typeof newShare>;

const getShares = asking({
  path: '/v1/shares',
  tag: TAG,
  scope: 'members',
  summary: 'A store’s share links',
  request: { query: z.strictObject({ store: storeId }) },
  responses: {
    200: {
      description: 'The links, without what is secret of them, the oldest first.',
      ...json(z.object({ shares: z.array(share) }).openapi('Shares')),
    },
  },
});

const postShare = changing('post', {
  path: '/v1/shares',
  tag: TAG,
  scope: 'members',
  summary: 'Make a share link',
  description:
    'Whoever opens it looks at this one store in the dashboard without signing in: its figures, but no visitors, orders or events one by one, and nothing to change.',
  request: { body: { required: true, ...json(newShare) } },
  responses: {
    201: {
      description: 'The link; it is never shown again.',
      ...json(z.object({ ...share.shape, link: z.string() }).openapi('MadeShare')),
    },
  },
});

const deleteShare = changing('delete', {
  path: '/v1/shares/{id}',
  tag: TAG,
  scope: 'members',
  summary: 'Revoke a share link',
  request: { params: z.object({ id: shareId }) },
  responses: { 204: { description: 'It opens nothing any more, also where it is open already.' } },
});

export const shareRoutes = routes()
  .openapi(getShares, async (c) => {
    const { key } = await openStore(c.env, c.var.access, 'members', c.req.valid('query').store);
    return c.json({ shares: await listShares(c.env, key) }, 200);
  })
  .openapi(postShare, async (c) => {
    const { store, ...wanted } = c.req.valid('json');
    const found = await openStore(c.env, c.var.access, 'members', store);
    const now = Date.now();
    if (wanted.expires !== null && wanted.expires <= now)
      throw new ProblemError(
        'invalid_parameter',
        'expires: This moment is over; choose a later one, or null.',
        'expires',
      );
    const made = await createShare(c.env, found, wanted, now);
    if (!made)
      throw new ProblemError('too_many_shares', `A store has at most ${MAX_SHARES} share links; revoke one.`);
    const { secret, ...rest } = made;
    return c.json({ ...rest, link: `${new URL(c.req.url).origin}/s/${secret}` }, 201);
  })
  .openapi(deleteShare, async (c) => {
    const { id } = c.req.valid('param');
    requireThing(c.var.access, 'members', await storeOfShare(c.env, id), 'unknown_share');
    await revokeShare(c.env, id);
    return c.body(null, 204);
  });
