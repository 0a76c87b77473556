import type { RegionCode } from '../domain/region.ts';

/** A growing heap of posts about one thing: a sum vector of weighted words and places, and who is in it. */
export interface Cluster {
  readonly serial: number;
  readonly weights: Map<number, number>;
  readonly words: Map<number, string>;
  /** Roads, estates, villages that its posts name, with the number of posts; at most 12. */
  readonly spots: Map<number, number>;
  norm2: number;
  region: RegionCode | null;
  firstAt: number;
  lastAt: number;
}

/** Ms between two stretches of time, 0 where they overlap. */
export const silenceBetween = (
  a: Pick<Cluster, 'firstAt' | 'lastAt'>,
  b: Pick<Cluster, 'firstAt' | 'lastAt'>,
): number => Math.max(0, a.firstAt - b.lastAt, b.firstAt - a.lastAt);

const SPOTS = 12;

export function addSpots(cluster: Cluster, spots: ReadonlyMap<number, number>): void {
  for (const [spot, count] of spots) {
    const before = cluster.spots.get(spot);
    if (before !== undefined || cluster.spots.size < SPOTS) cluster.spots.set(spot, (before ?? 0) + count);
  }
}

/** Hashes of the cluster's heaviest words, heaviest first. */
export const heaviest = (cluster: Cluster, limit: number): number[] =>
  [...cluster.words.keys()]
    .sort((a, b) => (cluster.weights.get(b) ?? 0) - (cluster.weights.get(a) ?? 0) || a - b)
    .slice(0, limit);

/** The words themselves. */
export const topWords = (cluster: Cluster, limit: number): string[] =>
  heaviest(cluster, limit).map((id) => cluster.words.get(id) ?? '');

/** Lets the lightest word or place go. */
export function dropLightest(cluster: Cluster): number | undefined {
  let lightest: number | undefined;
  let weight = Infinity;
  for (const [id, value] of cluster.weights)
    if (value < weight) {
      lightest = id;
      weight = value;
    }
  if (lightest === undefined) return undefined;
  cluster.norm2 -= weight * weight;
  cluster.weights.delete(lightest);
  cluster.words.delete(lightest);
  return lightest;
}
