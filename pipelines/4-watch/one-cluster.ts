import type { RegionCode } from '../domain/region.ts';
import type { HeapWords } from './heap-words.ts';

/** A growing heap of posts about one thing: a sum vector of weighted words and places, and who is in it. */
export interface Cluster {
  readonly serial: number;
  /** Where what it says is kept, and in which row of it. */
  readonly said: HeapWords;
  readonly row: number;
  /** Roads, estates, villages that its posts name, with the number of posts; at most 12. */
  spots: ReadonlyMap<number, number>;
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
/** Most posts and most heaps name none. */
export const NO_SPOTS: ReadonlyMap<number, number> = new Map();

export function addSpots(cluster: Cluster, spots: ReadonlyMap<number, number>): void {
  if (spots.size === 0) return;
  const sum = new Map(cluster.spots);
  for (const [spot, count] of spots) {
    const before = sum.get(spot);
    if (before !== undefined || sum.size < SPOTS) sum.set(spot, (before ?? 0) + count);
  }
  cluster.spots = sum;
}

/** The road or estate that most of a heap's posts name, of those that count, and how many do; [0, 0] where there is none. */
export function mostNamed(
  { spots }: Cluster,
  counts: (spot: number) => boolean = () => true,
): [spot: number, posts: number] {
  let most: [number, number] = [0, 0];
  for (const [spot, posts] of spots) if (posts > most[1] && counts(spot)) most = [spot, posts];
  return most;
}

/** Places in its row of the heaviest words, heaviest first; of equal weight the smaller hash. */
function heaviestPlaces({ said, row }: Cluster, limit: number): number[] {
  const found: number[] = [];
  const isLighter = (a: number, b: number): boolean => {
    const [ofA, ofB] = [said.weight(row, a), said.weight(row, b)];
    return ofA < ofB || (ofA === ofB && said.id(row, a) > said.id(row, b));
  };
  for (let at = 0; at < said.count(row); at++) {
    if (said.word(row, at) === undefined) continue;
    if (found.length === limit && !isLighter(found.at(-1)!, at)) continue;
    let to = found.length;
    while (to > 0 && isLighter(found[to - 1]!, at)) to--;
    found.splice(to, 0, at);
    if (found.length > limit) found.pop();
  }
  return found;
}

/** Hashes of the cluster's heaviest words, heaviest first. */
export const heaviest = (cluster: Cluster, limit: number): number[] =>
  heaviestPlaces(cluster, limit).map((at) => cluster.said.id(cluster.row, at));

/** The words themselves. */
export const topWords = (cluster: Cluster, limit: number): string[] =>
  heaviestPlaces(cluster, limit).map((at) => cluster.said.word(cluster.row, at)!);
