// npm run build: script tag and its adapters, npm entry, dashboard and Worker into dist/. Quiet unless something fails.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const steps = [
  // The npm entry's types.
  ['tsc', '-b', 'sdk'],
  ['vite', 'build', '-c', 'sdk/vite.config.ts'],
  ['vite', 'build', '-c', 'sdk/vite.config.ts', '--mode', 'npm'],
  ['vite', 'build', '-c', 'sdk/vite.config.ts', '--mode', 'ga4'],
  ['vite', 'build', '-c', 'sdk/vite.config.ts', '--mode', 'chat'],
  ['vite', 'build', '-c', 'dashboard/vite.config.ts'],
  // Bundled just as it would be deployed.
  ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'],
];

for (const folder of ['assets', 'npm', 'worker'])
  rmSync(`${root}dist/${folder}`, { recursive: true, force: true });

console.log('Building …');
for (const [command, ...args] of steps) {
  const { status, stdout, stderr } = spawnSync(command as string, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  if (status !== 0) {
    console.error(`${stdout}${stderr}\nThe build failed at: ${command} ${args.join(' ')}`);
    process.exit(1);
  }
}
