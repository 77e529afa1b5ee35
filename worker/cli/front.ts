// The Worker and the files beside it as Miniflare's workers, on a port without Miniflare's own way to them: that leads
// each request through three Workers more, which takes a fifth of the time that storing an event takes.
import type { V4WorkerOptions } from 'miniflare';
import { readSettings } from './settings.ts';

const FILES = 'files';

/**
 * Stands before the Worker, in one isolate with it, and gives the files every path that is not the Worker's, as
 * run_worker_first has them: whole, or with a star for whatever follows. Text is sent compressed, as Cloudflare does:
 * the engine compresses what says that it is.
 */
const FRONT = `
import worker from './index.js';
const fits = (path) => (pattern) => pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
function compressed(answer) {
  const isText = /text|javascript|json|svg/.test(answer.headers.get('content-type') ?? '');
  if (!answer.body || !isText || answer.headers.has('content-encoding')) return answer;
  const other = new Response(answer.body, answer);
  other.headers.set('content-encoding', 'gzip');
  other.headers.append('vary', 'accept-encoding');
  return other;
}
export default {
  ...worker,
  async fetch(request, env, context) {
    const isOurs = env.WORKER_FIRST.some(fits(new URL(request.url).pathname));
    const answer = await (isOurs ? worker.fetch(request, env, context) : env.ASSETS.fetch(request));
    return request.headers.get('accept-encoding')?.includes('gzip') ? compressed(answer) : answer;
  },
};`;

/**
 * The built Worker in `folder`, listening on a port of this machine, and its files.
 * @throws where there is no build, or where wrangler.toml does not say which paths are the Worker's.
 */
export function workersOn(port: number, folder: string, secret: string): V4WorkerOptions[] {
  const { assets, ...settings } = readSettings();
  // With its own paths and the Worker before it, the way to the files would lead back here.
  const { run_worker_first: paths, routerConfig, ...files } = assets ?? { directory: '' };
  if (!Array.isArray(paths))
    throw new Error('wrangler.toml must list the paths of the Worker in run_worker_first.');
  return [
    {
      ...settings,
      name: 'tundish',
      modulesRoot: folder,
      modules: [
        { type: 'ESModule', path: `${folder}/front.js`, contents: FRONT },
        { type: 'ESModule', path: `${folder}/index.js` },
      ],
      bindings: { TUNDISH_SECRET: secret, WORKER_FIRST: paths },
      serviceBindings: { ASSETS: FILES },
      unsafeDirectSockets: [{ host: '127.0.0.1', port }],
    },
    {
      name: FILES,
      modules: true,
      script: 'export default {}',
      compatibilityDate: String(settings.compatibilityDate),
      assets: files,
    },
  ];
}
