import type { Component } from 'svelte';

interface Page {
  /** The wall fills a screen of its own and is dark; what people sit at is the light desk. */
  readonly theme: 'wall' | 'desk';
  readonly load: () => Promise<{ readonly default: Component }>;
}

/** One page an address, each loaded when it is opened. server/http/pages.ts serves the same addresses. */
const PAGES: Readonly<Record<string, Page>> = {
  wall: { theme: 'wall', load: () => import('./app.svelte') },
  incident: { theme: 'desk', load: () => import('./incident/signs/signs-page.svelte') },
  watches: { theme: 'desk', load: () => import('./watches/watches-page.svelte') },
  refutations: { theme: 'desk', load: () => import('./answering/refutations-page.svelte') },
  assessment: { theme: 'desk', load: () => import('./assessment/assessment-page.svelte') },
  'sign-in': { theme: 'desk', load: () => import('./sign-in/sign-in-page.svelte') },
  people: { theme: 'desk', load: () => import('./people/people-page.svelte') },
  audit: { theme: 'desk', load: () => import('./audit/audit-page.svelte') },
  desk: { theme: 'desk', load: () => import('./desk/desk-page.svelte') },
  handoffs: { theme: 'desk', load: () => import('./handoffs/handoffs-page.svelte') },
  matrix: { theme: 'desk', load: () => import('./matrix/matrix-page.svelte') },
  oncall: { theme: 'desk', load: () => import('./oncall/oncall-page.svelte') },
  channels: { theme: 'desk', load: () => import('./channels/channels-page.svelte') },
  report: { theme: 'desk', load: () => import('./report/report-page.svelte') },
  search: { theme: 'desk', load: () => import('./search/search-page.svelte') },
  settings: { theme: 'desk', load: () => import('./settings/settings-page.svelte') },
  taxonomy: { theme: 'desk', load: () => import('./settings/taxonomy-page.svelte') },
  places: { theme: 'desk', load: () => import('./settings/places-page.svelte') },
  retention: { theme: 'desk', load: () => import('./settings/retention-page.svelte') },
  models: { theme: 'desk', load: () => import('./settings/models-page.svelte') },
  sources: { theme: 'desk', load: () => import('./sources/sources-page.svelte') },
};

/** By the last part of the path; the wall where it names no page. */
export const pageAt = (pathname: string): Page => PAGES[pathname.split('/').at(-1) ?? ''] ?? PAGES['wall']!;
