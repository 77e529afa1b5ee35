// Every test file of the Worker starts with empty tables, the real clock, and the product's modules as new.
import { applyD1Migrations, env } from 'cloudflare:test';
import { vi } from 'vitest';

// The files of a lane share one runtime, because starting one costs more than most files' tests. What the product
// keeps in memory would be seen by the next file, so it is loaded anew; packages are not, and they are nine tenths.
interface Loaded {
  promise: unknown;
  exports: unknown;
  evaluated: boolean;
  importers: Set<string>;
}
const { evaluatedModules } = (
  globalThis as unknown as {
    __vitest_worker__: { evaluatedModules: { idToModuleMap: Map<string, Loaded> } };
  }
).__vitest_worker__;
for (const [path, module] of evaluatedModules.idToModuleMap) {
  if (!/\/(?:worker|sdk|test)\/.*\.ts$/.test(path) || path.includes('/node_modules/')) continue;
  module.promise = undefined;
  module.exports = undefined;
  module.evaluated = false;
  module.importers.clear();
}

vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();

await applyD1Migrations(env.DB, env.MIGRATIONS);
const { results } = await env.DB.prepare(
  "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like '!_cf!_%' escape '!' and name <> 'd1_migrations'",
).all<{ name: string }>();
await env.DB.batch(
  ['pragma defer_foreign_keys = on', ...results.map(({ name }) => `delete from "${name}"`)].map((sql) =>
    env.DB.prepare(sql),
  ),
);
