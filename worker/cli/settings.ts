// What only Wrangler can read, read when the Worker is built, because Wrangler takes a second to load: how it is set up
// here, as wrangler.toml says, and the statements of its migrations.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { V4WorkerOptionsShape } from 'miniflare';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const SETTINGS = `${root}dist/worker/settings.json`;
export const MIGRATIONS = `${root}dist/worker/migrations.json`;
const SOURCES = `${root}worker/store/migrations`;
/** Stands for the project's folder, which may be moved after the build. */
const HERE = '<root>/';

/** One file, to be applied whole. */
export interface Migration {
  name: string;
  statements: string[];
}

/** Part of the build. */
export async function writeSettings(): Promise<void> {
  const wrangler = await import('wrangler');
  const migrations = readdirSync(SOURCES)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name): Migration => {
      const sql = readFileSync(`${SOURCES}/${name}`, 'utf8');
      return { name, statements: wrangler.unstable_splitSqlQuery(sql) };
    });
  writeFileSync(MIGRATIONS, JSON.stringify(migrations));
  const { workerOptions } = wrangler.unstable_getMiniflareWorkerOptions(`${root}wrangler.toml`);
  // The build is one module already, and rules for others have no meaning here.
  const { modulesRules, rootPath, ...settings } = workerOptions;
  writeFileSync(
    SETTINGS,
    JSON.stringify(settings, null, 2).replaceAll(JSON.stringify(root).slice(1, -1), HERE),
  );
}

/** @throws where there is no build. */
export const readSettings = (): V4WorkerOptionsShape =>
  JSON.parse(readFileSync(SETTINGS, 'utf8').replaceAll(HERE, JSON.stringify(root).slice(1, -1)));

/** In the order in which they are applied. @throws where there is no build. */
export const readMigrations = (): Migration[] => JSON.parse(readFileSync(MIGRATIONS, 'utf8'));
