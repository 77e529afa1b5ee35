// npm run build: what shops load, npm entry, dashboard and Worker into dist/. Quiet unless something fails.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FILES } from '../../sdk/files.ts';
import { writeSettings } from './settings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const steps = [
  // The types of the npm package's modules.
  ['tsc', '-b', 'sdk', 'worker'],
  ...[...Object.keys(FILES), 'npm', 'client'].map((mode) => [
    'vite',
    'build',
    '-c',
    'sdk/vite.config.ts',
    '--mode',
    mode,
  ]),
  ['vite', 'build', '-c', 'dashboard/vite.config.ts'],
  // Bundled just as it would be deployed.
  ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'],
];

for (const folder of ['assets', 'npm', 'worker'])
  rmSync(`${root}dist/${folder}`, { recursive: true, force: true });

console.log('Building …');
const run = ([command, ...args]: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(command as string, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nThe build failed at: ${command} ${args.join(' ')}`);
    process.exit(1);
  }
  return stdout;
};

/** Swagger UI as it is published, beside what starts it (dashboard/public/reference). */
const REFERENCE = ['swagger-ui-bundle.js', 'swagger-ui.css'];
const copyReference = () => {
  for (const file of REFERENCE)
    copyFileSync(`${root}node_modules/swagger-ui-dist/${file}`, `${root}dist/assets/reference/${file}`);
};

for (const step of steps) {
  const isUpload = step[0] === 'wrangler';
  // It takes stock of all files.
  if (isUpload) copyReference();
  const said = run(step);
  if (isUpload) writeFileSync(`${root}dist/worker/upload.txt`, said);
}
await writeSettings();
