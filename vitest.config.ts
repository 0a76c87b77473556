import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What is waited for comes when the machine gets to it: Vitest's own second is too short beside a busy neighbour.
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // Much of the time a test waits for a page or a node: two at once even where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Said outright, or in a checkout under a folder named `es` Vitest takes every package for ES modules, and nodejieba breaks.
    server: { deps: { external: [/\/node_modules\//] } },
  },
});
