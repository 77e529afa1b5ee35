// What the test runtime binds beside what wrangler.toml says.
import type { D1Migration } from 'cloudflare:test';
import type { Env } from '../../worker/env.ts';

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      MIGRATIONS: D1Migration[];
    }
    interface GlobalProps {
      mainModule: typeof import('../../worker/index.ts');
    }
  }
  interface WorkerEnv extends Env {
    TUNDISH_SECRET: string;
  }
}
