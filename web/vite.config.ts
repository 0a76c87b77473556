import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { compressedCopies, deskShell } from './shell-plugin.ts';

/**
 * The screens are served under `default-src 'self'; style-src 'self'`: nothing is inlined, neither scripts nor styles nor
 * data: URLs, so the policy needs no exception.
 */
export default defineConfig({
  base: './',
  plugins: [svelte(), deskShell(), compressedCopies()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
