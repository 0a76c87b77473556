import BookOpenCheck from '@lucide/svelte/icons/book-open-check';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import FileChartColumn from '@lucide/svelte/icons/file-chart-column';
import Inbox from '@lucide/svelte/icons/inbox';
import Monitor from '@lucide/svelte/icons/monitor';
import Scale from '@lucide/svelte/icons/scale';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';

type Icon = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;

/** A sign for each page of the bar; what has none is behind 设置. */
const ICONS: Readonly<Record<string, Icon>> = {
  wall: Monitor,
  desk: Inbox,
  handoffs: ClipboardList,
  search: Search,
  refutations: BookOpenCheck,
  oncall: CalendarClock,
  report: FileChartColumn,
  assessment: Scale,
};

export const navIcon = (path: string): Icon => ICONS[path] ?? Settings;

/** In the row at the bottom of a phone; the others open above it. */
export const AT_THUMB: ReadonlySet<string> = new Set(['desk', 'handoffs', 'search', 'oncall']);
