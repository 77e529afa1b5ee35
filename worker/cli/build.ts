// npm run build: what shops load, npm entry, dashboard and Worker into dist/. Quiet unless something fails.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { FILES } from '../../sdk/files.ts';
import { writeSettings } from './settings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

for (const folder of ['assets', 'npm', 'worker'])
  rmSync(`${root}dist/${folder}`, { recursive: true, force: true });

console.log('Building …');
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  if (status === 0) return stdout;
  console.error(`${stdout}${stderr}\nThe build failed at: ${command} ${args.join(' ')}`);
  process.exit(1);
}

/** Swagger UI as it is published, beside what starts it (dashboard/public/reference). */
const REFERENCE = ['swagger-ui-bundle.js', 'swagger-ui.css'];
const copyReference = () => {
  for (const file of REFERENCE)
    copyFileSync(`${root}node_modules/swagger-ui-dist/${file}`, `${root}dist/assets/reference/${file}`);
};

// The types of the npm package's modules.
run('tsc', '-b', 'sdk', 'worker');
for (const mode of [...Object.keys(FILES), 'npm', 'client'])
  await build({ configFile: `${root}sdk/vite.config.ts`, mode });
await build({ configFile: `${root}dashboard/vite.config.ts`, logLevel: 'warn' });
copyReference();
// Bundled just as it would be deployed; it takes stock of all files.
writeFileSync(
  `${root}dist/worker/upload.txt`,
  run('wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'),
);
await writeSettings();
