// Whether the Worker lives, and whether it can serve: for whoever watches it, without a credential.
import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { secretOf } from '../env.ts';
import { healthOf } from '../store/health.ts';
import type { AppEnv } from './access.ts';
import { ProblemError } from './problem.ts';

export const alive = z.object({ status: z.literal('ok') });
export const healthy = alive.extend({
  migrations: z.literal('applied'),
  jobs: z.enum(['on_time', 'late']).openapi({
    description: 'Late where a day has been over for hours and is not added up, or a recount does not end.',
  }),
});

export const health = new Hono<AppEnv>()
  .get('/healthz/live', (c) => c.json({ status: 'ok' } satisfies z.infer<typeof alive>))
  // Days that are sealed late cost answers time and nothing else, so that they do not make it unready.
  .get('/healthz', async (c) => {
    secretOf(c.env);
    const { migrations, jobs } = await healthOf(c.env, Date.now()).catch((error) => {
      throw new ProblemError('not_ready', undefined, undefined, error);
    });
    if (migrations === 'missing') throw new ProblemError('not_ready');
    return c.json({ status: 'ok', migrations, jobs } satisfies z.infer<typeof healthy>);
  });
