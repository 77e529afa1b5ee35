// npm start: the product on one machine. Serves the built Worker, the demo shop on the next port, and keeps its data.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { serveStorefront } from '../../test/storefront/serve.ts';
import { sendAll } from './batches.ts';
import { type DemoShop, demoEvents } from './demo.ts';
import {
  announce,
  CommandError,
  call,
  DEFAULT_PORT,
  dataFolder,
  localSecret,
  OWNER,
  runCommand,
  type Target,
} from './operator.ts';
import { type Server, startServer } from './server.ts';

/** Days of made-up traffic before today. */
const DEMO_DAYS = 90;
const DAY = 86_400_000;
/** Milliseconds between two runs of what the clock starts, which on Cloudflare is wrangler.toml's to say. */
const JOBS_EVERY = 60_000;

function portOf(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_534)
    throw new CommandError(`PORT must be a whole number from 1 to 65534, and is ${text}.`);
  return port;
}

/** Both ports are asked for before anything is started, so that nothing has to be taken back. */
async function requireFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () =>
      reject(
        new CommandError(
          `Port ${port} is taken. Stop what uses it, or choose another port and the one after it: PORT=9000 npm start`,
        ),
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

/** Fills the demo store up to now; what is there already costs nothing, because ids are the same. */
async function fillDemo(to: Target, id: string, shop: DemoShop): Promise<void> {
  const marker = `${dataFolder()}/demo-until`;
  const now = Date.now();
  const today = Math.floor(now / DAY);
  const known = existsSync(marker) ? Number(readFileSync(marker, 'utf8')) : 0;
  // The day of the last start may have gone on after it, and in some zones so may the day before.
  await sendAll(to, id, demoEvents(shop, Math.max(known - 1, today - DEMO_DAYS), today + 1, now));
  writeFileSync(marker, String(today));
}

/** Makes the running server a shop's: demo store, demo shop, sign-in link. Returns the demo shop, if there is one. */
async function open({ url, runJobs }: Server, shopPort: number, secret: string) {
  const to = { url, secret };
  const shopOrigin = `http://localhost:${shopPort}`;
  const demo = await call<{ id: string; timezone: string; currency: string } | null>(
    to,
    'PUT',
    '/v1/operator/demo-store',
    {
      name: 'Halfmoon Tea',
      origins: [shopOrigin],
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      currency: 'USD',
    },
  );
  if (demo) {
    console.log('Filling the demo store …');
    await fillDemo(to, demo.id, { ...demo, origin: shopOrigin });
    // Days are added up before anybody is invited: whoever came meanwhile would wait between its steps.
    await runJobs();
  }
  const link = await call<{ url: string }>(to, 'POST', '/v1/operator/sign-in-links', { email: OWNER });
  const shop = demo && (await serveStorefront({ port: shopPort, tundishHost: url, store: demo.id }));
  announce(url);
  console.log(`
  Tundish    ${url}
${shop ? `  Demo shop  ${shopOrigin}\n` : ''}
  Sign in (once, within a day):
  ${link.url}

  Data is kept in ${dataFolder()}. Stop with Ctrl-C.
`);
  return shop;
}

await runCommand(async () => {
  const port = portOf(process.env.PORT);
  await requireFree(port);
  await requireFree(port + 1);
  const secret = localSecret();
  const server = await startServer({ port, data: `${dataFolder()}/d1`, secret });
  let shop: Awaited<ReturnType<typeof open>> | undefined;
  let clock: NodeJS.Timeout | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    announce(null);
    clearInterval(clock);
    await Promise.allSettled([shop?.close(), server.close()]);
    process.exit(0);
  };
  // Before anybody is told how to stop it: a signal that comes with the banner must find them.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // The engine's own listeners end the process at once; this one closes the engine first.
    process.removeAllListeners(signal);
    process.on(signal, () => void stop());
  }
  shop = await open(server, port + 1, secret).catch(async (error) => {
    // A running engine would keep the process alive behind its error.
    await server.close();
    throw error;
  });
  const jobs = () =>
    server.runJobs().catch((error: Error) => {
      // Those that a stop breaks off are done at the next start.
      if (!stopping) console.error(error.message);
    });
  void jobs();
  clock = setInterval(jobs, JOBS_EVERY);
});
