// Looks at a page of the shop and says why no event can come from it, or that nothing there is in the way.
import { createRoute, z } from '@hono/zod-openapi';
import { inspect } from '../check/inspect.ts';
import { seePage } from '../check/page.ts';
import { requireOwner, visibleStore } from './access.ts';
import { ProblemError } from './problem.ts';
import { json, routes } from './route.ts';
import { pageCheck, pageToCheck } from './schemas.ts';

const postCheck = createRoute({
  method: 'post',
  path: '/v1/stores/{id}/check',
  summary: 'Check a page of the shop',
  request: { params: z.object({ id: z.string() }), body: { required: true, ...json(pageToCheck) } },
  responses: { 200: { description: 'What was found.', ...json(pageCheck) } },
});

export const checkRoutes = routes().openapi(postCheck, async (c) => {
  requireOwner(c.var.access);
  const { id, origins } = await visibleStore(c.env, c.var.access, c.req.valid('param').id);
  const url = new URL(c.req.valid('json').url);
  if (!origins.includes(url.origin))
    throw new ProblemError(
      422,
      'origin_not_allowed',
      `Only pages of the store’s own origins are looked at (${origins.join(', ')}), and events from elsewhere are refused.`,
      'url',
    );
  const host = new URL(c.req.url).origin;
  return c.json({ findings: inspect(await seePage(url, origins, host), { store: id, host }) }, 200);
});
