// Three kinds of tests, one command: plain units, the Worker in its own runtime, and real browsers.
import { fileURLToPath } from 'node:url';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { outside } from './check/outside.ts';
import type { Effort } from './effort.ts';
import Order from './order.ts';

// What the Worker imports of packages, by the names it imports: each is bundled, because a runtime of the tests that loads
// their thousand modules one by one takes half as long again to start.
const PACKAGES = [
  '@date-fns/tz',
  '@hono/zod-openapi',
  ...['', '/adapters/drizzle', '/api', '/plugins'].map((entry) => `better-auth${entry}`),
  'bowser',
  'csv-stringify/sync',
  ...['', '/d1', '/sqlite-core'].map((entry) => `drizzle-orm${entry}`),
  ...['', '/accepts', '/body-limit', '/cookie', '/cors', '/http-exception', '/request-id', '/route'].map(
    (entry) => `hono${entry}`,
  ),
  'isbot',
  'tldts',
  'zod',
  // The tests' own.
  'fast-check',
];

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the runtime itself has. */
const external = /^(node|cloudflare):/;

/** Files at once. Left to itself Vitest leaves a core free; the browser tests mostly wait. */
const maxWorkers = 3;

/** Milliseconds a test may take. None needs a second; a busy machine may. */
const testTimeout = 30_000;

/** What npm run test:long sets. */
const effort: Effort = process.env.TUNDISH_EFFORT === 'long' ? 'long' : 'moderate';
/** Files that start servers and browsers of their own for what others try with less. */
const exclude = effort === 'long' ? [] : ['test/flow/delivery.browser.ts', 'test/flow/busy.unit.ts'];

// One process for the files of a lane: what they import, such as Playwright, takes a second to load.
const common = { maxWorkers, testTimeout, isolate: false, exclude, provide: { effort } };

export default defineConfig({
  root,
  test: {
    sequence: { sequencer: Order },
    projects: [
      { root, test: { ...common, name: 'unit', include: ['test/**/*.unit.ts'], environment: 'node' } },
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
          ...common,
          name: 'worker',
          include: ['test/**/*.worker.ts'],
          // A runtime uses a core of its own.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          deps: { optimizer: { ssr: { enabled: true, include: PACKAGES, rolldownOptions: { external } } } },
          setupFiles: ['test/worker/setup.ts'],
        },
      },
      {
        root,
        test: {
          ...common,
          name: 'browser',
          include: ['test/**/*.browser.ts'],
          globalSetup: ['test/shared/serve.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
