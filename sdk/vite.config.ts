// Builds the script tag's one file (default); with --mode npm, the package's module; with --mode ga4 or chat, an
// adapter's file.
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

/** What each mode makes of what. */
const TAG = { entry: 'browser.ts', file: 't.js' };
const FILES: Record<string, typeof TAG> = {
  npm: { entry: 'index.ts', file: 'index.js' },
  ga4: { entry: 'adapters/ga4/index.ts', file: 't.ga4.js' },
  chat: { entry: 'adapters/chat/index.ts', file: 't.chat.js' },
};

export default defineConfig(({ mode }) => {
  const npm = mode === 'npm';
  const { entry, file } = FILES[mode] ?? TAG;
  return {
    root: at('.'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [inlineContract],
    build: {
      target: 'es2021',
      outDir: at(npm ? '../dist/npm' : '../dist/assets'),
      // The dashboard's files lie beside the script.
      emptyOutDir: npm,
      rolldownOptions: {
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: { topLevelVar: false },
      },
      lib: {
        entry: at(entry),
        formats: [npm ? 'es' : 'iife'],
        name: 'tundish',
        fileName: () => file,
      },
    },
  };
});
