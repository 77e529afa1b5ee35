// The SDK's files as they ship, built from the sources as they are now, once a run of a test file.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { FileName } from '../../sdk/files.ts';

async function buildMode(mode: FileName | 'npm'): Promise<string> {
  const configFile = fileURLToPath(new URL('../../sdk/vite.config.ts', import.meta.url));
  const built = await build({ configFile, mode, build: { write: false } });
  const [bundle] = Array.isArray(built) ? built : [built];
  const file = bundle && 'output' in bundle ? bundle.output[0] : undefined;
  if (!file) throw new Error('The build made no file.');
  return file.code;
}

const made = new Map<string, Promise<string>>();

/** A file that shops load, or the npm package's module. */
export function buildFile(mode: FileName | 'npm'): Promise<string> {
  const code = made.get(mode) ?? buildMode(mode);
  made.set(mode, code);
  return code;
}

export const buildTag = () => buildFile('t.js');
export const buildNpm = () => buildFile('npm');
