// How the Worker is set up here, as wrangler.toml says: read when it is built, because Wrangler takes a second to load.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { unstable_getMiniflareWorkerOptions } from 'wrangler';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const SETTINGS = `${root}dist/worker/settings.json`;
/** Stands for the project's folder, which may be moved after the build. */
const HERE = '<root>/';

type Settings = Omit<
  ReturnType<typeof unstable_getMiniflareWorkerOptions>['workerOptions'],
  'modulesRules' | 'rootPath'
>;

/** Part of the build. */
export async function writeSettings(): Promise<void> {
  const wrangler = await import('wrangler');
  const { workerOptions } = wrangler.unstable_getMiniflareWorkerOptions(`${root}wrangler.toml`);
  // The build is one module already, and rules for others have no meaning here.
  const { modulesRules, rootPath, ...settings } = workerOptions;
  writeFileSync(
    SETTINGS,
    JSON.stringify(settings, null, 2).replaceAll(JSON.stringify(root).slice(1, -1), HERE),
  );
}

/** @throws where there is no build. */
export const readSettings = (): Settings =>
  JSON.parse(readFileSync(SETTINGS, 'utf8').replaceAll(HERE, JSON.stringify(root).slice(1, -1)));
