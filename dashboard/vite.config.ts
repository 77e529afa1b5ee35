// Builds the dashboard into dist/assets, which the Worker serves beside the SDK's t.js.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/assets', import.meta.url)),
    // The SDK's build writes into the same folder.
    emptyOutDir: false,
    target: 'es2023',
    // One preload polyfill less; every browser of the target has modulepreload.
    modulePreload: { polyfill: false },
    // A data: URL would be smaller only for the style sheet, and harder to cache.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
});
