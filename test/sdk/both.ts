// A module of the SDK as it is written and as it ships: the same tests hold for both.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(`../../sdk/${path}`, import.meta.url));

/** What the script tag's own build makes of one module, its exports kept. */
async function minified(name: string): Promise<object> {
  const lib = { entry: at(`${name}.ts`), formats: ['es' as const], fileName: () => `${name}.js` };
  const configFile = at('vite.config.ts');
  const built = await build({ configFile, mode: 't.js', build: { write: false, lib } });
  // The tag's own format is made, too: one that has no exports.
  const files = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const code = files.find(
    (file) => file.type === 'chunk' && file.exports.length > 0 && /\bexport\b/.test(file.code),
  );
  if (!code) throw new Error(`The build made nothing of ${name}.`);
  return import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent((code as { code: string }).code)}`
  );
}

/** Rows for `describe.each`: the source, and the minified build of it. */
export const both = async <T extends object>(name: string, source: T): Promise<[string, T][]> => [
  ['the source', source],
  ['the minified build', (await minified(name)) as T],
];
