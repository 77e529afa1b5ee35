// /v1/funnels: funnels that were built and are kept for a store: listed, kept, changed, deleted.
import { z } from '@hono/zod-openapi';
import type { Env } from '../env.ts';
import { keptQuestion, questionToKeep } from '../metrics/funnel-question.ts';
import { next, pageOf, pages } from '../metrics/page.ts';
import {
  changeFunnel,
  findFunnel,
  forgetFunnel,
  type KeptFunnel,
  keepFunnel,
  listFunnels,
  MAX_FUNNELS,
} from '../store/funnels.ts';
import { type Access, openStore, requireThing } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, SHOWN, shown, storeId } from './schemas.ts';

const TAG = 'Stores and tokens';

const funnelId = z.string().openapi({ example: EXAMPLES.funnel });

const name = z
  .string('Give the funnel a name.')
  .trim()
  .min(1, 'Give the funnel a name.')
  .max(100, 'At most 100 characters.')
  .regex(shown, 'A name is one line of text.')
  .openapi(SHOWN);

export const kept = z
  .object({
    id: funnelId,
    store: storeId,
    name: z.string(),
    question: keptQuestion.openapi({
      description: 'Send it to `/v1/funnel`, with the store and the days.',
    }),
    created: z.int(),
  })
  .openapi('KeptFunnel');
export type Kept = z.infer<typeof kept>;

export const newFunnel = z
  .strictObject({ store: storeId, name, question: questionToKeep })
  .openapi('NewFunnel', {
    example: {
      store: EXAMPLES.store,
      name: 'From the product to the order',
      question: { steps: ['/product/*', 'cart', 'order'], window: '7d' },
    },
  });
export type NewFunnel = z.input<typeof newFunnel>;

export const funnelChange = z
  .strictObject({ name, question: questionToKeep })
  .partial()
  .openapi('FunnelChange', { example: { name: 'From the product page' } });
export type FunnelChange = z.input<typeof funnelChange>;

const getFunnels = asking({
  path: '/v1/funnels',
  tag: TAG,
  scope: 'read',
  summary: 'A store’s kept funnels',
  request: { query: z.strictObject({ store: storeId, ...pages(z.tuple([z.int(), z.string()]), 100, 500) }) },
  responses: {
    200: {
      description: 'The funnels, the oldest first.',
      ...json(z.object({ funnels: z.array(kept), next }).openapi('KeptFunnels')),
    },
  },
});

const postFunnel = changing('post', {
  path: '/v1/funnels',
  tag: TAG,
  scope: 'edit',
  summary: 'Keep a funnel',
  request: { body: { required: true, ...json(newFunnel) } },
  responses: { 201: { description: 'The funnel.', ...json(kept) } },
});

const patchFunnel = changing('patch', {
  path: '/v1/funnels/{id}',
  tag: TAG,
  scope: 'edit',
  summary: 'Change a kept funnel',
  request: { params: z.object({ id: funnelId }), body: { required: true, ...json(funnelChange) } },
  responses: { 200: { description: 'The funnel as it is now.', ...json(kept) } },
});

const deleteFunnel = changing('delete', {
  path: '/v1/funnels/{id}',
  tag: TAG,
  scope: 'edit',
  summary: 'Delete a kept funnel',
  request: { params: z.object({ id: funnelId }) },
  responses: { 204: { description: 'It is gone; what it counted stays.' } },
});

/** What was validated when it was kept. */
const shownAs = (funnel: KeptFunnel) => funnel as Kept;

/** The funnel, where the asker may change it; of others' funnels nobody learns anything. */
async function openFunnel(env: Env, access: Access, id: string): Promise<KeptFunnel> {
  const found = await findFunnel(env, id);
  requireThing(access, 'edit', found?.store ?? null, 'unknown_funnel');
  return found as KeptFunnel;
}

export const funnelRoutes = routes()
  .openapi(getFunnels, async (c) => {
    const { store, limit, cursor } = c.req.valid('query');
    const { key } = await openStore(c.env, c.var.access, 'read', store);
    const found = await listFunnels(c.env, key, cursor, limit + 1);
    const page = pageOf(found, limit, ({ created, id }) => [created, id]);
    return c.json({ funnels: page.shown.map(shownAs), next: page.next }, 200);
  })
  .openapi(postFunnel, async (c) => {
    const { store, ...wanted } = c.req.valid('json');
    const found = await openStore(c.env, c.var.access, 'edit', store);
    const made = await keepFunnel(c.env, found, wanted, Date.now());
    if (!made)
      throw new ProblemError(
        'too_many_funnels',
        `A store keeps at most ${MAX_FUNNELS} funnels; delete one that nobody looks at any more.`,
      );
    return c.json(shownAs(made), 201);
  })
  .openapi(patchFunnel, async (c) => {
    const { id } = c.req.valid('param');
    const found = await openFunnel(c.env, c.var.access, id);
    const { name, question } = c.req.valid('json');
    const change: Partial<Pick<KeptFunnel, 'name' | 'question'>> = {
      ...(name === undefined ? {} : { name }),
      ...(question === undefined ? {} : { question }),
    };
    if (!(await changeFunnel(c.env, id, change))) throw new ProblemError('unknown_funnel', undefined, 'id');
    return c.json(shownAs({ ...found, ...change }), 200);
  })
  .openapi(deleteFunnel, async (c) => {
    const { id } = c.req.valid('param');
    await openFunnel(c.env, c.var.access, id);
    await forgetFunnel(c.env, id);
    return c.body(null, 204);
  });
