// Three kinds of tests, one command: plain units, the Worker in its own runtime, and real browsers.
import { fileURLToPath } from 'node:url';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { outside } from './check/outside.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files at once. Left to itself Vitest leaves a core free; the browser tests mostly wait. */
const maxWorkers = 2;

export default defineConfig({
  root,
  test: {
    projects: [
      { root, test: { name: 'unit', include: ['test/**/*.unit.ts'], environment: 'node', maxWorkers } },
      {
        root,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}/wrangler.toml` },
            miniflare: {
              outboundService: outside,
              bindings: {
                TUNDISH_SECRET: 'a secret of the tests, thirty-two characters or more',
                MIGRATIONS: await readD1Migrations(`${root}/worker/store/migrations`),
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          maxWorkers,
          include: ['test/**/*.worker.ts'],
          setupFiles: ['test/worker/setup.ts'],
        },
      },
      {
        root,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
    ],
  },
});
