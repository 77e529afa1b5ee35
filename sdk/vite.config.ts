// Builds the script tag's one file (default) and, with --mode npm and --mode client, the package's modules.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { EFFECTIVE, LIMITS } from './event.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const numbers: Record<string, Record<string, number>> = { EFFECTIVE, LIMITS };

/** Puts the contract's numbers in place of its tables, which would be a sixth of the script. */
const inlineContract: Plugin = {
  name: 'inline-contract',
  transform(code, id) {
    if (id.endsWith('/sdk/event.ts')) return { code, map: null, moduleSideEffects: false };
    const inlined = code.replace(/\b(LIMITS|EFFECTIVE)\.(\w+)/g, (whole, list: string, name: string) =>
      String(numbers[list]?.[name] ?? whole),
    );
    return { code: inlined, map: null };
  },
};

export default defineConfig(({ mode }) => {
  const npm = mode === 'npm';
  const client = mode === 'client';
  return {
    root: at('.'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [inlineContract],
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
        entry: at(client ? '../worker/api/client.ts' : npm ? 'index.ts' : 'browser.ts'),
        formats: [npm || client ? 'es' : 'iife'],
        name: 'tundish',
        fileName: () => (client ? 'client.js' : npm ? 'index.js' : 't.js'),
      },
    },
  };
});
