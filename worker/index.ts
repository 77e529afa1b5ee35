// The Worker: composition only.
import type { ExecutionContext, ScheduledController } from '@cloudflare/workers-types';
import { app } from './api/index.ts';
import type { Env } from './env.ts';
import { runJobs } from './store/jobs.ts';

export default {
  fetch: app.fetch,
  async scheduled(_controller: ScheduledController, env: Env, _context: ExecutionContext): Promise<void> {
    await runJobs(env, Date.now());
  },
};
