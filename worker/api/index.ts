// The HTTP face, composed: who may pass, then one file a subject.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { report } from '../log.ts';
import type { AppEnv } from './access.ts';
import { accountRoutes } from './account.ts';
import { annotationRoutes } from './annotations.ts';
import { arrivalRoutes } from './arrivals.ts';
import { bottleneck } from './bottleneck.ts';
import { channelRuleRoutes } from './channel-rules.ts';
import { checkRoutes } from './check.ts';
import { dimensions } from './dimensions.ts';
import { documentOf, getDocument } from './document.ts';
import { entry } from './entry.ts';
import { events } from './events.ts';
import { exported } from './export.ts';
import { funnel } from './funnel.ts';
import { funnelRoutes } from './funnels.ts';
import { authenticate } from './gate.ts';
import { secured } from './headers.ts';
import { health } from './health.ts';
import { idempotent } from './idempotent.ts';
import { live } from './live.ts';
import { maturity } from './maturity.ts';
import { memberRoutes } from './members.ts';
import { metrics } from './metrics.ts';
import { operator } from './operator.ts';
import { fromHere } from './origin.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { answerError, ProblemError } from './problem.ts';
import { limited } from './quota.ts';
import { reference } from './reference.ts';
import { routes as some } from './route.ts';
import { secretRoutes } from './secrets.ts';
import { serverEvents } from './server.ts';
import { shareRoutes } from './shares.ts';
import { storeRoutes } from './stores.ts';
import { stripeEvents } from './stripe.ts';
import { tokenRoutes } from './tokens.ts';
import { readToEnd } from './unread.ts';

/** Unless an answer says better, because its reader may keep it as long as it stays right. */
const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
};

/** Bytes of what people and programs write, events apart: fifty channel rules are some 40 kB. */
const MOST_BYTES = 100_000;
const bounded = bodyLimit({
  maxSize: MOST_BYTES,
  onError: () => {
    throw new ProblemError('too_large', `At most ${MOST_BYTES} bytes go in one request.`);
  },
});

/** What failed on our side is in the log, by the pattern of its route: an address may hold what is personal. */
const reported: MiddlewareHandler<AppEnv> = async (c, next) => {
  const began = Date.now();
  await next();
  const { status } = c.res;
  if (status < 500) return;
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path;
  const { requestId: request, code } = c.var;
  const milliseconds = Date.now() - began;
  report({ what: 'request', request, method: c.req.method, route, status, code, milliseconds }, c.error);
};

const app = new OpenAPIHono<AppEnv>();
app.use(requestId(), readToEnd, reported, secured);
app.onError(answerError);
app.notFound((c) => answerError(new ProblemError('not_found'), c));

app.route('/', health);

app.get('/assets/*', async (c) => {
  const asset = await c.env.ASSETS.fetch(c.req.url);
  if (!asset.headers.get('content-type')?.includes('text/html')) return asset as unknown as Response;
  throw new ProblemError('not_found', 'This file belongs to another version; load the page again.');
});

// Answers hold what only their reader may see.
app.use('/v1/*', noStore);
app.use('/auth/*', noStore);

// The collectors stand before the gate, of which two ask for a signature; and so do the ways in.
app.route('/', events);
app.route('/', serverEvents);
app.route('/', stripeEvents);
app.route('/', entry);

app.route('/', reference);
app.use('/v1/*', fromHere, authenticate, limited);
// Each pattern takes the list itself too.
for (const subject of [
  'stores',
  'tokens',
  'secrets',
  'members',
  'shares',
  'sessions',
  'password',
  'funnels',
  'annotations',
  'visitors',
])
  app.use(`/v1/${subject}/*`, bounded, idempotent);

const routes = app
  .route('/', accountRoutes)
  .route('/', storeRoutes)
  .route('/', arrivalRoutes)
  .route('/', checkRoutes)
  .route('/', channelRuleRoutes)
  .route('/', tokenRoutes)
  .route('/', memberRoutes)
  .route('/', shareRoutes)
  .route('/', secretRoutes)
  .route('/', metrics)
  .route('/', pages)
  .route('/', funnel)
  .route('/', funnelRoutes)
  .route('/', bottleneck)
  .route('/', maturity)
  .route('/', people)
  .route('/', live)
  .route('/', dimensions)
  .route('/', annotationRoutes)
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
