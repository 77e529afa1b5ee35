// Who asks, and a person's own account: sessions listed and ended, and the password.
import { z } from '@hono/zod-openapi';
import { hasPassword, isPassword, PASSWORD, setPassword } from '../store/sign-in.ts';
import { endSession, endSessions, listSessions } from '../store/standing.ts';
import { countTry, takeBack } from '../store/tries.ts';
import { requirePerson } from './access.ts';
import { TRIES } from './entry.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, storeId } from './schemas.ts';

const TAG = 'Account';

/** Milliseconds after signing in by a link in which a forgotten password may be replaced. */
const FRESH = 15 * 60_000;

export const session = z
  .object({
    user: z
      .object({ email: z.string().openapi({ example: 'mia@shop.example' }), password: z.boolean() })
      .nullable()
      .openapi({
        description: 'The person, and whether there is a password; null where a share link was opened.',
      }),
    share: z
      .object({ name: z.string(), store: storeId })
      .nullable()
      .openapi({ description: 'The share link that was opened; null of a person.' }),
  })
  .openapi('Session');
export type Session = z.infer<typeof session>;

const sessionId = z.string().openapi({ example: EXAMPLES.session });

const openSession = z
  .object({
    id: sessionId,
    created: z.int().openapi({ description: 'When it was opened.' }),
    last_used: z.int().openapi({ description: 'Exact to the day.' }),
    expires: z.int(),
    current: z.boolean().openapi({ description: 'Whether it is the one that asks.' }),
  })
  .openapi('OpenSession');
export type OpenSession = z.infer<typeof openSession>;

export const newPassword = z
  .strictObject({
    password: z
      .string()
      .min(PASSWORD.least, `A password has at least ${PASSWORD.least} characters.`)
      .max(PASSWORD.most, `A password has at most ${PASSWORD.most} characters.`),
    current: z
      .string()
      .max(PASSWORD.most, `A password has at most ${PASSWORD.most} characters.`)
      .optional()
      .openapi({
        description: 'The password so far, where there is one; not needed within 15 minutes of signing in.',
      }),
  })
  .openapi('NewPassword', { example: { password: 'four words or more will do' } });
export type NewPassword = z.infer<typeof newPassword>;

const getSession = asking({
  path: '/v1/session',
  tag: TAG,
  shared: true,
  summary: 'Who is signed in',
  responses: { 200: { description: 'A person, or a share link.', ...json(session) } },
});

const getSessions = asking({
  path: '/v1/sessions',
  tag: TAG,
  summary: 'Where you are signed in',
  responses: {
    200: {
      description: 'Your sessions, the latest first.',
      ...json(z.object({ sessions: z.array(openSession) }).openapi('Sessions')),
    },
  },
});

const deleteSession = changing('delete', {
  path: '/v1/sessions/{id}',
  tag: TAG,
  summary: 'End one of your sessions',
  request: { params: z.object({ id: sessionId }) },
  responses: { 204: { description: 'It is over at once.' } },
});

const deleteSessions = changing('delete', {
  path: '/v1/sessions',
  tag: TAG,
  summary: 'End all of your sessions but this one',
  responses: { 204: { description: 'They are over at once.' } },
});

const postPassword = changing('post', {
  path: '/v1/password',
  tag: TAG,
  summary: 'Set your password',
  description: 'With it you sign in without a link. Your other sessions end.',
  request: { body: { required: true, ...json(newPassword) } },
  responses: { 204: { description: 'It holds from now on.' } },
});

export const accountRoutes = routes()
  .openapi(getSession, async (c) => {
    const { access } = c.var;
    if (access.kind === 'share')
      return c.json({ user: null, share: { name: access.name, store: access.store } }, 200);
    const { user, email } = requirePerson(access);
    return c.json({ user: { email, password: await hasPassword(c.env, user) }, share: null }, 200);
  })
  .openapi(getSessions, async (c) => {
    const { user, session: current } = requirePerson(c.var.access);
    const sessions = await listSessions(c.env, user, Date.now());
    return c.json({ sessions: sessions.map((one) => ({ ...one, current: one.id === current })) }, 200);
  })
  .openapi(deleteSession, async (c) => {
    const { user } = requirePerson(c.var.access);
    if (!(await endSession(c.env, user, c.req.valid('param').id)))
      throw new ProblemError('unknown_session', undefined, 'id');
    return c.body(null, 204);
  })
  .openapi(deleteSessions, async (c) => {
    const { user, session: current } = requirePerson(c.var.access);
    await endSessions(c.env, user, current);
    return c.body(null, 204);
  })
  .openapi(postPassword, async (c) => {
    const { user, email, since, session: current } = requirePerson(c.var.access);
    const { password, current: old } = c.req.valid('json');
    const { origin } = new URL(c.req.url);
    const now = Date.now();
    // A browser left open for a moment must not be enough to lock its owner out.
    if (now - since > FRESH && (await hasPassword(c.env, user))) {
      const tried = [{ name: `account ${email}`, most: TRIES.account }];
      if ((await countTry(c.env, tried, now)) !== null) throw new ProblemError('too_many_tries');
      if (old === undefined || !(await isPassword(c.env, origin, user, old)))
        throw new ProblemError('wrong_current', undefined, 'current');
      await takeBack(c.env, tried);
    }
    await setPassword(c.env, origin, user, password);
    await endSessions(c.env, user, current);
    return c.body(null, 204);
  });
