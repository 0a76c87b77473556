import type { SourceRow } from '../../../server/contract/http.ts';

export type Beat = 1 | 2 | 3 | 4 | 5 | null;

/**
 * 24 quarter hours as inks against the source's own busiest one; null where there is no data: before it existed, and, for a
 * dead source, the silence at the end.
 */
export function beatOf(source: SourceRow): readonly Beat[] {
  const most = Math.max(1, ...source.recent.map((n) => n ?? 0));
  const lastHeard = source.recent.findLastIndex((n) => n !== null && n > 0);
  return source.recent.map((n, i) => {
    if (n === null || source.state === 'never') return null;
    if (source.state === 'dead' && i > lastHeard) return null;
    if (n === 0) return 1;
    return (2 + Math.min(3, Math.floor((4 * n) / (most + 1)))) as Beat;
  });
}
