// Tokens of the metrics endpoint: listed, made (the secret is shown once), revoked.
import { createRoute, z } from '@hono/zod-openapi';
import { createToken, listTokens, revokeToken } from '../store/tokens.ts';
import { requireOwner, visibleStore } from './access.ts';
import { ProblemError } from './problem.ts';
import { json, routes } from './route.ts';
import { newToken, token } from './schemas.ts';

const getTokens = createRoute({
  method: 'get',
  path: '/v1/tokens',
  summary: 'A store’s tokens',
  request: { query: z.object({ store: z.string() }) },
  responses: {
    200: {
      description: 'The tokens, without their secrets.',
      ...json(z.object({ tokens: z.array(token) })),
    },
  },
});

const postToken = createRoute({
  method: 'post',
  path: '/v1/tokens',
  summary: 'Make a token',
  request: { body: { required: true, ...json(newToken) } },
  responses: {
    201: {
      description: 'The token; its secret is never shown again.',
      ...json(token.extend({ secret: z.string() })),
    },
  },
});

const deleteToken = createRoute({
  method: 'delete',
  path: '/v1/tokens/{id}',
  summary: 'Revoke a token',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'It opens nothing any more.' } },
});

export const tokenRoutes = routes()
  .openapi(getTokens, async (c) => {
    requireOwner(c.var.access);
    const { id } = await visibleStore(c.env, c.var.access, c.req.valid('query').store);
    return c.json({ tokens: await listTokens(c.env, id) }, 200);
  })
  .openapi(postToken, async (c) => {
    requireOwner(c.var.access);
    const { store, name } = c.req.valid('json');
    const found = await visibleStore(c.env, c.var.access, store);
    return c.json(await createToken(c.env, found, name, Date.now()), 201);
  })
  .openapi(deleteToken, async (c) => {
    requireOwner(c.var.access);
    if (!(await revokeToken(c.env, c.req.valid('param').id)))
      throw new ProblemError(404, 'unknown_token', 'There is no such token; it may be revoked already.');
    return c.body(null, 204);
  });
