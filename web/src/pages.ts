import type { Component } from 'svelte';

interface Page {
  /** The wall fills a screen of its own and is dark; what people sit at is the light desk. */
  readonly theme: 'wall' | 'desk';
  readonly load: () => Promise<{ readonly default: Component }>;
}

/** One page an address, each loaded when it is opened. server/http/pages.ts serves the same addresses. */
const PAGES: Readonly<Record<string, Page>> = {
  wall: { theme: 'wall', load: () => import('./app.svelte') },
  report: { theme: 'desk', load: () => import('./report/report-page.svelte') },
  sources: { theme: 'desk', load: () => import('./sources/sources-page.svelte') },
};

/** By the last part of the path; the wall where it names no page. */
export const pageAt = (pathname: string): Page => PAGES[pathname.split('/').at(-1) ?? ''] ?? PAGES['wall']!;
