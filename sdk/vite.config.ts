// Builds one of the files that shops load: t.js, or --mode t.chat.js and so on; with --mode npm and --mode client the
// package's modules.
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';
import { EFFECTIVE, LIMITS } from './event.ts';
import { FILES, type FileName } from './files.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const numbers: Record<string, Record<string, number>> = { EFFECTIVE, LIMITS };

/** Puts the contract's numbers in place of its tables, which would be a sixth of the script. */
const inlineContract: Plugin = {
  name: 'inline-contract',
  transform(code, id) {
    const inlined = code.replace(/\b(LIMITS|EFFECTIVE)\.(\w+)/g, (whole, list: string, name: string) =>
      String(numbers[list]?.[name] ?? whole),
    );
    const isContract = id.endsWith('/sdk/event.ts');
    return { code: inlined, map: null, ...(isContract && { moduleSideEffects: false }) };
  },
};

/** Makes what Vite has minified some 40 bytes smaller (gzip), mostly by names that compress. */
const minifyAgain: Plugin = {
  name: 'minify-again',
  async generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const options = {
        passes: 3,
        inline: 1,
        keep_fargs: false,
        unsafe_arrows: true,
        unsafe: true,
        pure_getters: true,
        booleans_as_integers: true,
      } as const;
      const { code } = await minify(file.code, { module: true, ecma: 2020, compress: options });
      file.code = code ?? file.code;
    }
  },
};

export default defineConfig(({ mode }) => {
  const npm = mode === 'npm';
  const client = mode === 'client';
  const file = mode in FILES ? (mode as FileName) : 't.js';
  return {
    root: at('.'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [inlineContract, ...(!npm && !client && file === 't.js' ? [minifyAgain] : [])],
    build: {
      target: 'es2021',
      outDir: at(npm || client ? '../dist/npm' : '../dist/assets'),
      // The dashboard's files lie beside the script.
      emptyOutDir: npm,
      rolldownOptions: {
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: { topLevelVar: false },
      },
      lib: {
        entry: at(client ? '../worker/api/client.ts' : npm ? 'index.ts' : FILES[file]),
        formats: [npm || client ? 'es' : 'iife'],
        name: 'tundish',
        fileName: () => (client ? 'client.js' : npm ? 'index.js' : file),
      },
    },
  };
});
