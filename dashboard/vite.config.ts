// Builds the dashboard into dist/assets, which the Worker serves beside the SDK's t.js.
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Nothing here needs React's names; without the alias no dependency can pull preact/compat in.
  plugins: [preact({ reactAliasesEnabled: false })],
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
