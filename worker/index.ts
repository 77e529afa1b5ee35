// The Worker: composition only.
import type { ExecutionContext, ScheduledController } from '@cloudflare/workers-types';
import { app } from './api/index.ts';
import type { Env } from './env.ts';
import { report } from './log.ts';
import { runJobs } from './store/jobs.ts';

export default {
  fetch: app.fetch,
  async scheduled(_controller: ScheduledController, env: Env, _context: ExecutionContext): Promise<void> {
    try {
      await runJobs(env, Date.now());
    } catch (error) {
      report({ what: 'job', job: 'all' }, error);
      // The platform counts it as failed, without the words of the error.
      throw new Error('The scheduled job failed; the log says why.');
    }
  },
};
