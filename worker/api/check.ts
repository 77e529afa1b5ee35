// Looks at a page of the shop and says why no event can come from it, or that nothing there is in the way.
import { z } from '@hono/zod-openapi';
import { inspect } from '../check/inspect.ts';
import { seePage } from '../check/page.ts';
import { openStore } from './access.ts';
import { pageCheck, pageToCheck } from './arriving.ts';
import { ProblemError } from './problem.ts';
import { changing, json, routes } from './route.ts';
import { storeId } from './schemas.ts';

const postCheck = changing('post', {
  path: '/v1/stores/{id}/check',
  tag: 'Events',
  scope: 'edit',
  summary: 'Check a page of the shop',
  description:
    'The server fetches a page of one of the store’s origins and says what in it keeps events from arriving, the root of the trouble first.',
  request: { params: z.object({ id: storeId }), body: { required: true, ...json(pageToCheck) } },
  responses: { 200: { description: 'What was found.', ...json(pageCheck) } },
});

export const checkRoutes = routes().openapi(postCheck, async (c) => {
  const { id, origins } = await openStore(c.env, c.var.access, 'edit', c.req.valid('param').id);
  const url = new URL(c.req.valid('json').url);
  if (!origins.includes(url.origin))
    throw new ProblemError(
      'origin_not_allowed',
      `Only pages of the store’s own origins are looked at (${origins.join(', ')}), and events from elsewhere are refused.`,
      'url',
    );
  const host = new URL(c.req.url).origin;
  return c.json({ findings: inspect(await seePage(url, origins, host), { store: id, host }) }, 200);
});
