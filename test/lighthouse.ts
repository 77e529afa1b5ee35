// npm run lighthouse: what Google's Lighthouse says of the built dashboard, view by view. It is fetched when asked for.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { VIEWS, type View } from '../dashboard/address.ts';
import { FLAGS, findChromium } from './browser/chromium.ts';
import { command, discard, freePorts, startProduct } from './flow/product.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
/** The least that counts as good, of 100. */
const LEAST = 95;
/** Its own two settings: a computer at a desk, and a slow phone on a slow network. */
const DEVICES = { desktop: ['--preset=desktop'], phone: [] } as const;

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { displayValue?: string }>;
}

const folder = mkdtempSync(join(tmpdir(), 'tundish-lighthouse-'));

// The browser's own driver must stay awake meanwhile: it lets each new page go on.
async function measure(url: string, port: number, flags: readonly string[], tries = 3): Promise<Report> {
  const report = join(folder, 'report.json');
  const run = promisify(execFile)('npm', [
    ...['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', url, '--quiet', ...flags],
    // The browser that is signed in, as it is.
    ...[`--port=${port}`, '--disable-storage-reset'],
    ...[`--only-categories=${CATEGORIES.join(',')}`, '--output=json', `--output-path=${report}`],
  ]);
  // Now and then it misses the beginning of its own recording, says so, and is right the next time.
  const failed = await run.then(
    () => null,
    (error: Error) => error,
  );
  if (failed) {
    if (tries === 1) throw failed;
    return measure(url, port, flags, tries - 1);
  }
  return JSON.parse(readFileSync(report, 'utf8'));
}

const product = await startProduct();
const port = await freePorts();
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: findChromium(),
  args: [...FLAGS, `--remote-debugging-port=${port}`],
});
try {
  const page = await context.newPage();
  await page.goto(product.signIn);
  await page.waitForSelector('[data-test="headline"]');
  const { stdout } = await command(product, 'admin', 'store', 'list');
  const demo = /^(st_\w+) .*\(demo\)$/m.exec(stdout)?.[1] ?? '';
  console.log('| view | on | performance | accessibility | best practices | largest paint | blocked |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const view of Object.keys(VIEWS) as View[])
    for (const [device, flags] of Object.entries(DEVICES)) {
      const { categories, audits } = await measure(
        `${product.url}${VIEWS[view]}?store=${demo}&period=last30`,
        port,
        flags,
      );
      const scores = CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
      const times = ['largest-contentful-paint', 'total-blocking-time'].map((id) => audits[id]?.displayValue);
      console.log(`| ${[view, device, ...scores, ...times].join(' | ')} |`);
      if (scores.some((score) => score < LEAST)) process.exitCode = 1;
    }
} finally {
  await context.close();
  await discard(product);
  rmSync(folder, { recursive: true, force: true });
}
