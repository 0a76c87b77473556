import type { SourceAbout, SourceBeat, Visit } from '../../pipelines/ports/source-book.ts';

const MINUTE = 60_000;
/** Below this nobody is told: a stream that pauses for a breath is not silent. Not where a cadence was stated. */
export const LEAST_SILENCE = 5 * MINUTE;
const VISITS_NEEDED = 4;
const STREAM_NEEDED = 20 * MINUTE;

/**
 * How long a source usually stays away, ms: its stated cadence, the interval of a feed, or the median of its own gaps. A source that is there longer
 * than it is away is a stream, for which a minute is usual. null while too little is known, and for files imported by hand.
 */
export function usualInterval(
  about: Pick<SourceAbout, 'way' | 'cadenceMs' | 'everyMs'>,
  beat: SourceBeat | undefined,
): number | null {
  if (about.way === 'file') return null;
  if (about.cadenceMs !== undefined) return about.cadenceMs;
  // A feed is heard of whenever it answers, with news or without.
  if (about.everyMs !== undefined) return about.everyMs;
  const visits = beat?.visits ?? [];
  const stays = visits.map(({ began, ended }) => ended - began);
  if (visits.length < VISITS_NEEDED) return Math.max(0, ...stays) >= STREAM_NEEDED ? MINUTE : null;
  const gap = median(gapsOf(visits));
  return median(stays) > gap ? MINUTE : gap;
}

/** From when on a source that last came at `lastAt` counts as silent; null where nothing is usual yet. */
export function silentFrom(
  about: Pick<SourceAbout, 'way' | 'cadenceMs' | 'everyMs'>,
  beat: SourceBeat | undefined,
): { readonly at: number; readonly usualMs: number } | null {
  const usualMs = usualInterval(about, beat);
  if (usualMs === null || beat === undefined) return null;
  const patience = about.cadenceMs === undefined ? Math.max(LEAST_SILENCE, 2 * usualMs) : 2 * usualMs;
  return { at: beat.lastAt + patience, usualMs };
}

const gapsOf = (visits: readonly Visit[]): number[] =>
  visits.slice(1).map((visit, at) => visit.began - (visits[at]?.ended ?? visit.began));

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
