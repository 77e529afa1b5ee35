// The HTTP face, composed: who may pass, then one file a subject.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { secretOf } from '../env.ts';
import { followLink, signOut } from '../store/sign-in.ts';
import { ready } from '../store/stores.ts';
import { type AppEnv, authenticate } from './access.ts';
import { events } from './events.ts';
import { funnel } from './funnel.ts';
import { maturity } from './maturity.ts';
import { metrics } from './metrics.ts';
import { operator } from './operator.ts';
import { answerError, ProblemError } from './problem.ts';
import { json } from './route.ts';
import { session } from './schemas.ts';
import { secretRoutes } from './secrets.ts';
import { serverEvents } from './server.ts';
import { storeRoutes } from './stores.ts';
import { stripeEvents } from './stripe.ts';
import { tokenRoutes } from './tokens.ts';

const getSession = createRoute({
  method: 'get',
  path: '/v1/session',
  summary: 'Who is signed in',
  responses: { 200: { description: 'The person.', ...json(session) } },
});

const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  c.header('cache-control', 'no-store');
  c.header('x-content-type-options', 'nosniff');
};

/** Browsers send cookies by themselves and so need it proved where a request comes from; programs send tokens. */
const fromHere = csrf();
const sameSite: MiddlewareHandler<AppEnv> = (c, next) =>
  c.req.header('authorization') ? next() : fromHere(c, next);

const app = new OpenAPIHono<AppEnv>();
app.onError(answerError);
app.notFound((c) =>
  answerError(new ProblemError(404, 'not_found', 'There is nothing here; see the README for the routes.'), c),
);

app.get('/healthz', async (c) => {
  secretOf(c.env);
  if (await ready(c.env)) return c.json({ status: 'ok' });
  throw new ProblemError(
    503,
    'not_ready',
    'The database does not answer or lacks its tables; apply the migrations with: npm run deploy',
  );
});

app.get('/assets/*', async (c) => {
  const asset = await c.env.ASSETS.fetch(c.req.url);
  if (!asset.headers.get('content-type')?.includes('text/html')) return asset as unknown as Response;
  throw new ProblemError(404, 'not_found', 'This file belongs to another version; load the page again.');
});

// Answers hold what only their reader may see.
app.use('/v1/*', noStore);
app.use('/auth/*', noStore);

// The collectors stand before the gate, of which two ask for a signature; and of the sign-in library only these two
// routes are open.
app.route('/', events);
app.route('/', serverEvents);
app.route('/', stripeEvents);
app.get('/auth/magic-link/verify', (c) => followLink(c.env, c.req.raw));
app.post('/auth/sign-out', sameSite, (c) => signOut(c.env, c.req.raw));

app.use('/v1/*', sameSite, authenticate);

const routes = app
  .openapi(getSession, (c) => {
    const { access } = c.var;
    if (access.kind !== 'owner')
      throw new ProblemError(
        403,
        'no_session',
        'This credential is not a person’s; sign in by a link to have a session.',
      );
    return c.json({ user: { email: access.email } }, 200);
  })
  .route('/', storeRoutes)
  .route('/', tokenRoutes)
  .route('/', secretRoutes)
  .route('/', metrics)
  .route('/', funnel)
  .route('/', maturity);
app.route('/', operator);

/** What the dashboard knows of the API: its type. */
export type Api = typeof routes;
export { app };
