// Secrets of signed calls: listed by their last characters, made or taken (shown once), revoked.
import { z } from '@hono/zod-openapi';
import { SECRET_KINDS } from '../collect/signature.ts';
import { createSecret, listSecrets, MAX_SECRETS, revokeSecret, storeOfSecret } from '../store/secrets.ts';
import { openStore, requireThing } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, SHOWN, shown, storeId } from './schemas.ts';

const TAG = 'Stores and tokens';

const kind = z.enum(SECRET_KINDS, `A secret is of one of: ${SECRET_KINDS.join(', ')}.`);

const secretId = z.string().openapi({ example: EXAMPLES.secret });

export const secret = z
  .object({
    id: secretId,
    store: storeId,
    kind: kind.openapi({ description: 'Who signs with it: the shop’s own server, or Stripe.' }),
    name: z.string(),
    hint: z.string().openapi({ description: 'Its last characters.' }),
    created: z.int(),
  })
  .openapi('Secret');
export type Secret = z.infer<typeof secret>;

export const newSecret = z
  .strictObject({
    store: storeId,
    kind: kind.default('server'),
    name: z
      .string()
      .trim()
      .min(1, 'Give the secret a name.')
      .max(100, 'At most 100 characters.')
      .regex(shown, 'A name is one line of text.')
      .openapi(SHOWN)
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
  .openapi('NewSecret', { example: { store: EXAMPLES.store, kind: 'server', name: 'Shop' } });
export type NewSecret = z.input<typeof newSecret>;

const getSecrets = asking({
  path: '/v1/secrets',
  tag: TAG,
  scope: 'admin',
  summary: 'A store’s secrets of signed calls',
  request: { query: z.strictObject({ store: storeId }) },
  responses: {
    200: {
      description: 'The active secrets, without what is secret of them.',
      ...json(z.object({ secrets: z.array(secret) }).openapi('Secrets')),
    },
  },
});

const postSecret = changing('post', {
  path: '/v1/secrets',
  tag: TAG,
  scope: 'admin',
  summary: 'Make a secret for signed calls, or take Stripe’s',
  request: { body: { required: true, ...json(newSecret) } },
  responses: {
    201: {
      description: 'The secret; it is never shown again.',
      ...json(
        z
          .object({
            ...secret.shape,
            secret: z.string().openapi({ description: 'Sign with all of it, as it stands.' }),
          })
          .openapi('MadeSecret'),
      ),
    },
  },
});

const deleteSecret = changing('delete', {
  path: '/v1/secrets/{id}',
  tag: TAG,
  scope: 'admin',
  summary: 'Revoke a secret of signed calls',
  request: { params: z.object({ id: secretId }) },
  responses: { 204: { description: 'Nothing that is signed with it is taken any more.' } },
});

export const secretRoutes = routes()
  .openapi(getSecrets, async (c) => {
    const { id } = await openStore(c.env, c.var.access, 'admin', c.req.valid('query').store);
    return c.json({ secrets: await listSecrets(c.env, id) }, 200);
  })
  .openapi(postSecret, async (c) => {
    const { store, ...wanted } = c.req.valid('json');
    const found = await openStore(c.env, c.var.access, 'admin', store);
    const made = await createSecret(c.env, found, wanted, Date.now());
    if (!made)
      throw new ProblemError(
        'too_many_secrets',
        `A store has at most ${MAX_SECRETS} secrets of a kind; revoke one that nothing signs with any more.`,
      );
    return c.json(made, 201);
  })
  .openapi(deleteSecret, async (c) => {
    const { id } = c.req.valid('param');
    requireThing(c.var.access, 'admin', await storeOfSecret(c.env, id), 'unknown_secret');
    await revokeSecret(c.env, id);
    return c.body(null, 204);
  });
