import type { PostRow } from '../../../server/contract/http.ts';

export interface PlaceShare {
  readonly code: string;
  readonly name: string;
  /** Of the posts that name a place, 0…1. */
  readonly share: number;
}

const MOST = 4;

/** Where the evidence says it is: each text once, however often it was copied; the most named first, at most four. */
export function placesIn(posts: readonly Pick<PostRow, 'region' | 'regionName'>[]): PlaceShare[] {
  const counts = new Map<string, { name: string; n: number }>();
  for (const { region, regionName } of posts) {
    if (region === null) continue;
    const held = counts.get(region);
    if (held === undefined) counts.set(region, { name: regionName ?? region, n: 1 });
    else held.n += 1;
  }
  const all = [...counts.values()].reduce((sum, { n }) => sum + n, 0);
  return [...counts]
    .map(([code, { name, n }]) => ({ code, name, share: n / all }))
    .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1))
    .slice(0, MOST);
}
