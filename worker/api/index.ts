// The HTTP face, composed: who may pass, then one file a subject.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { requestId } from 'hono/request-id';
import { secretOf } from '../env.ts';
import { followLink, signOut } from '../store/sign-in.ts';
import { ready } from '../store/stores.ts';
import { type AppEnv, authenticate } from './access.ts';
import { arrivalRoutes } from './arrivals.ts';
import { checkRoutes } from './check.ts';
import { dimensions } from './dimensions.ts';
import { documentOf, getDocument } from './document.ts';
import { events } from './events.ts';
import { exported } from './export.ts';
import { funnel } from './funnel.ts';
import { idempotent } from './idempotent.ts';
import { live } from './live.ts';
import { maturity } from './maturity.ts';
import { metrics } from './metrics.ts';
import { operator } from './operator.ts';
import { people } from './people.ts';
import { answerError, ProblemError } from './problem.ts';
import { limited } from './quota.ts';
import { reference } from './reference.ts';
import { asking, json, routes as some } from './route.ts';
import { session } from './schemas.ts';
import { secretRoutes } from './secrets.ts';
import { serverEvents } from './server.ts';
import { storeRoutes } from './stores.ts';
import { stripeEvents } from './stripe.ts';
import { tokenRoutes } from './tokens.ts';

const getSession = asking({
  path: '/v1/session',
  tag: 'Stores and tokens',
  summary: 'Who is signed in',
  responses: { 200: { description: 'The person.', ...json(session) } },
});

/** Unless an answer says better, because its reader may keep it as long as it stays right. */
const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  c.header('x-content-type-options', 'nosniff');
};

/** Browsers send cookies by themselves and so need it proved where a request comes from; programs send tokens. */
const fromHere = csrf();
const sameSite: MiddlewareHandler<AppEnv> = (c, next) =>
  c.req.header('authorization') ? next() : fromHere(c, next);

/** Answers that were not made here, such as files, have it as well. */
const named: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  c.header('x-request-id', c.var.requestId);
};

const app = new OpenAPIHono<AppEnv>();
app.use(requestId(), named);
app.onError(answerError);
app.notFound((c) => answerError(new ProblemError('not_found'), c));

app.get('/healthz', async (c) => {
  secretOf(c.env);
  if (await ready(c.env)) return c.json({ status: 'ok' });
  throw new ProblemError('not_ready');
});

app.get('/assets/*', async (c) => {
  const asset = await c.env.ASSETS.fetch(c.req.url);
  if (!asset.headers.get('content-type')?.includes('text/html')) return asset as unknown as Response;
  throw new ProblemError('not_found', 'This file belongs to another version; load the page again.');
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

app.route('/', reference);
app.use('/v1/*', sameSite, authenticate, limited);
// Each pattern takes the list itself too.
for (const path of ['/v1/stores/*', '/v1/tokens/*', '/v1/secrets/*', '/v1/visitors/*'])
  app.use(path, idempotent);

const sessionRoutes = some().openapi(getSession, (c) => {
  const { access } = c.var;
  if (access.kind !== 'owner') throw new ProblemError('no_session');
  return c.json({ user: { email: access.email } }, 200);
});

const routes = app
  .route('/', sessionRoutes)
  .route('/', storeRoutes)
  .route('/', arrivalRoutes)
  .route('/', checkRoutes)
  .route('/', tokenRoutes)
  .route('/', secretRoutes)
  .route('/', metrics)
  .route('/', funnel)
  .route('/', maturity)
  .route('/', people)
  .route('/', live)
  .route('/', dimensions)
  .route('/', exported);
app.route('/', operator);
app.route(
  '/',
  some().openapi(getDocument, (c) => c.json(documentOf(app) as never, 200)),
);

/** The contract as a document. */
export const contract = () => documentOf(app);

/** What the dashboard knows of the API: its type. */
export type Api = typeof routes;
export { app };
