export type Beat = 1 | 2 | 3 | 4 | 5 | null;

/**
 * Quarter hours as inks against the source's own busiest one; null where there is no data: before it existed, and, for a
 * dead source, the silence at the end.
 */
export function beatOf(recent: readonly (number | null)[], dead: boolean, never: boolean): readonly Beat[] {
  const most = Math.max(1, ...recent.map((n) => n ?? 0));
  const lastHeard = recent.findLastIndex((n) => n !== null && n > 0);
  return recent.map((n, i) => {
    if (n === null || never) return null;
    if (dead && i > lastHeard) return null;
    if (n === 0) return 1;
    return (2 + Math.min(3, Math.floor((4 * n) / (most + 1)))) as Beat;
  });
}
