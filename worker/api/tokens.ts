// Tokens of a store: listed, made (the secret is shown once), revoked.
import { z } from '@hono/zod-openapi';
import { next, pageOf, pages } from '../metrics/page.ts';
import { createToken, listTokens, revokeToken, storeOfToken } from '../store/tokens.ts';
import { openStore, requireThing } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { newToken, storeId, token, tokenId } from './schemas.ts';

const getTokens = asking({
  path: '/v1/tokens',
  tag: 'Stores and tokens',
  scope: 'admin',
  summary: 'A store’s tokens',
  request: { query: z.strictObject({ store: storeId, ...pages(z.tuple([z.int(), z.string()]), 100, 500) }) },
  responses: {
    200: {
      description: 'The tokens, without their secrets, the oldest first.',
      ...json(z.object({ tokens: z.array(token), next }).openapi('Tokens')),
    },
  },
});

const postToken = changing('post', {
  path: '/v1/tokens',
  tag: 'Stores and tokens',
  scope: 'admin',
  summary: 'Make a token',
  request: { body: { required: true, ...json(newToken) } },
  responses: {
    201: {
      description: 'The token; its secret is never shown again.',
      ...json(
        z
          .object({
            ...token.shape,
            secret: z.string().openapi({ description: 'Send it as `Authorization: Bearer …`.' }),
          })
          .openapi('MadeToken'),
      ),
    },
  },
});

const deleteToken = changing('delete', {
  path: '/v1/tokens/{id}',
  tag: 'Stores and tokens',
  scope: 'admin',
  summary: 'Revoke a token',
  request: { params: z.object({ id: tokenId }) },
  responses: { 204: { description: 'It opens nothing any more.' } },
});

export const tokenRoutes = routes()
  .openapi(getTokens, async (c) => {
    const { store, limit, cursor } = c.req.valid('query');
    const { key } = await openStore(c.env, c.var.access, 'admin', store);
    const found = await listTokens(c.env, key, cursor, limit + 1);
    const page = pageOf(found, limit, ({ created, id }) => [created, id]);
    return c.json({ tokens: page.shown, next: page.next }, 200);
  })
  .openapi(postToken, async (c) => {
    const { store, ...wanted } = c.req.valid('json');
    const found = await openStore(c.env, c.var.access, 'admin', store);
    const now = Date.now();
    if (wanted.expires !== null && wanted.expires <= now)
      throw new ProblemError(
        'invalid_parameter',
        'expires: This moment is over; choose a later one, or null.',
        'expires',
      );
    return c.json(await createToken(c.env, found, wanted, now), 201);
  })
  .openapi(deleteToken, async (c) => {
    const { id } = c.req.valid('param');
    requireThing(c.var.access, 'admin', await storeOfToken(c.env, id), 'unknown_token');
    await revokeToken(c.env, id);
    return c.body(null, 204);
  });
