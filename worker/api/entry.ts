// Ways in: sign-in links, passwords, share links; and signing out. All before the gate, and tries are counted.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { networkOf } from '../collect/limits.ts';
import { openShare } from '../store/shares.ts';
import { enter, followLink, PASSWORD, signedIn, signOut } from '../store/sign-in.ts';
import { countTry, type Tried, takeBack } from '../store/tries.ts';
import type { AppEnv } from './access.ts';
import { rememberShare } from './gate.ts';
import { fromHere } from './origin.ts';
import { invalid, ProblemError } from './problem.ts';

/** Failed tries in a quarter of an hour: of a network, where an office may share an address, and for one account. */
export const TRIES = { network: 30, account: 10 };

/** Bytes of a body with an address and a password in it. */
const MOST_BYTES = 10_000;

const credentials = z.strictObject({
  email: z.email('Write an e-mail address.').max(320, 'At most 320 characters.'),
  password: z
    .string('Write the password.')
    .min(1, 'Write the password.')
    .max(PASSWORD.most, 'At most 128 characters.'),
});

const network = (request: Request): Tried => ({
  name: `network ${networkOf(request.headers.get('cf-connecting-ip') ?? '')}`,
  most: TRIES.network,
});

export const entry = new Hono<AppEnv>()
  .get('/auth/magic-link/verify', async (c) => {
    const tried = [network(c.req.raw)];
    const now = Date.now();
    // Browsers follow links: what they get must be a page.
    if ((await countTry(c.env, tried, now)) !== null) return c.redirect('/?error=TOO_MANY_TRIES');
    const answer = await followLink(c.env, c.req.raw, c.req.query('token') ?? '');
    if (answer.headers.getSetCookie().some((cookie) => cookie.includes('session_token=')))
      await takeBack(c.env, tried);
    return answer;
  })
  .post(
    '/auth/sign-in',
    fromHere,
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: () => {
        throw new ProblemError('too_large');
      },
    }),
    async (c) => {
      const read = credentials.safeParse(await c.req.json().catch(() => null));
      if (!read.success) throw invalid(read.error);
      const email = read.data.email.toLowerCase();
      const tried = [network(c.req.raw), { name: `account ${email}`, most: TRIES.account }];
      const wait = await countTry(c.env, tried, Date.now());
      if (wait !== null) {
        c.header('retry-after', String(wait));
        throw new ProblemError('too_many_tries');
      }
      const cookies = await enter(c.env, new URL(c.req.url).origin, email, read.data.password);
      if (!cookies) throw new ProblemError('wrong_password');
      await takeBack(c.env, tried);
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
      return c.body(null, 204);
    },
  )
  .post('/auth/sign-out', fromHere, (c) => signOut(c.env, c.req.raw))
  .get('/s/:secret', async (c) => {
    const share = await openShare(c.env, c.req.param('secret'), Date.now());
    // The link is the key: it must not travel on to where the page leads.
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
    if (!share) return c.redirect('/?error=SHARE_OVER');
    if (!(await signedIn(c.env, c.req.raw))) rememberShare(c, c.req.param('secret'), share);
    return c.redirect(`/?store=${share.store}`);
  });
