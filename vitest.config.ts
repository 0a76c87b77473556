import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // Said outright, or in a checkout under a folder named `es` Vitest takes every package for ES modules, and nodejieba breaks.
    server: { deps: { external: [/\/node_modules\//] } },
  },
});
