// Secrets of signed calls: listed by their last characters, made or taken (shown once), revoked.
import { createRoute, z } from '@hono/zod-openapi';
import { SECRET_KINDS } from '../collect/signature.ts';
import { createSecret, listSecrets, MAX_SECRETS, revokeSecret, storeOfSecret } from '../store/secrets.ts';
import { requireOwner, visibleStore } from './access.ts';
import { ProblemError } from './problem.ts';
import { json, routes } from './route.ts';

const kind = z.enum(SECRET_KINDS, `A secret is of one of: ${SECRET_KINDS.join(', ')}.`);

export const secret = z
  .object({
    id: z.string(),
    store: z.string(),
    kind: kind.openapi({ description: 'Who signs with it: the shop’s own server, or Stripe.' }),
    name: z.string(),
    hint: z.string().openapi({ description: 'Its last characters.' }),
    created: z.int(),
  })
  .openapi('Secret');
export type Secret = z.infer<typeof secret>;

export const newSecret = z
  .strictObject({
    store: z.string(),
    kind: kind.default('server'),
    name: z
      .string()
      .trim()
      .min(1, 'Give the secret a name.')
      .max(100, 'At most 100 characters.')
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'A name is one line of text.')
      .default('Server'),
    secret: z
      .string()
      .regex(/^whsec_[\x21-\x7e]{16,200}$/, 'Stripe’s signing secret of the endpoint begins with whsec_.')
      .optional()
      .openapi({ description: 'Stripe’s own signing secret of the endpoint; a server’s is made here.' }),
  })
  .refine(({ kind, secret }) => (kind === 'stripe') === (secret !== undefined), {
    path: ['secret'],
    message: 'Stripe makes its secret itself: send it. A server’s is made here: leave it out.',
  })
  .openapi('NewSecret');

const getSecrets = createRoute({
  method: 'get',
  path: '/v1/secrets',
  summary: 'A store’s secrets of signed calls',
  request: { query: z.object({ store: z.string() }) },
  responses: {
    200: {
      description: 'The active secrets, without what is secret of them.',
      ...json(z.object({ secrets: z.array(secret) })),
    },
  },
});

const postSecret = createRoute({
  method: 'post',
  path: '/v1/secrets',
  summary: 'Make a secret for signed calls, or take Stripe’s',
  request: { body: { required: true, ...json(newSecret) } },
  responses: {
    201: {
      description: 'The secret; it is never shown again.',
      ...json(secret.extend({ secret: z.string() })),
    },
  },
});

const deleteSecret = createRoute({
  method: 'delete',
  path: '/v1/secrets/{id}',
  summary: 'Revoke a secret of signed calls',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'Nothing that is signed with it is taken any more.' } },
});

export const secretRoutes = routes()
  .openapi(getSecrets, async (c) => {
    requireOwner(c.var.access);
    const { id } = await visibleStore(c.env, c.var.access, c.req.valid('query').store);
    return c.json({ secrets: await listSecrets(c.env, id) }, 200);
  })
  .openapi(postSecret, async (c) => {
    requireOwner(c.var.access);
    const { store, ...wanted } = c.req.valid('json');
    const found = await visibleStore(c.env, c.var.access, store);
    const made = await createSecret(c.env, found, wanted, Date.now());
    if (!made)
      throw new ProblemError(
        422,
        'too_many_secrets',
        `A store has at most ${MAX_SECRETS} secrets of a kind; revoke one that nothing signs with any more.`,
      );
    return c.json(made, 201);
  })
  .openapi(deleteSecret, async (c) => {
    requireOwner(c.var.access);
    const { id } = c.req.valid('param');
    const store = await storeOfSecret(c.env, id);
    if (store === null)
      throw new ProblemError(404, 'unknown_secret', 'There is no such secret; it may be revoked already.');
    await visibleStore(c.env, c.var.access, store);
    await revokeSecret(c.env, id);
    return c.body(null, 204);
  });
