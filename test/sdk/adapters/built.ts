// The adapters' files as they ship, built from the sources as they are now.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type Adapter = 'ga4' | 'chat';

export async function buildAdapter(mode: Adapter): Promise<string> {
  const configFile = fileURLToPath(new URL('../../../sdk/vite.config.ts', import.meta.url));
  const built = await build({ configFile, mode, build: { write: false } });
  const [bundle] = Array.isArray(built) ? built : [built];
  const file = bundle && 'output' in bundle ? bundle.output[0] : undefined;
  if (!file) throw new Error('The build made no file.');
  return file.code;
}
