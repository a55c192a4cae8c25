import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What changes rarely is apart from what changes daily, so that a release leaves most of the cache valid. */
const CHUNKS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'charts', test: /node_modules[\\/]uplot[\\/]/ },
  // Where the library of schemas is told how to work; the rest of it is fetched when there is something to check.
  { name: 'schema-settings', test: /node_modules[\\/]zod[\\/]v4[\\/]core[\\/]core\.js$/ },
  {
    name: 'router',
    test: /node_modules[\\/]@tanstack[\\/](react-router|router-core|history|react-query|query-core|store|react-store)[\\/]/,
  },
];

export default defineConfig({
  root: here('.'),
  plugins: [react(), precompress()],
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: CHUNKS } },
      // Schemas of the shared contracts that the browser does not check with are left out, and the library with them.
      treeshake: { manualPureFunctions: ['z'] },
    },
  },
});
