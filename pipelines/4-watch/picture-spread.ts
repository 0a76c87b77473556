import type { AuthorKind, PostId, PostKind } from '../domain/post.ts';
import { pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';

/** What the picture needs of a post. `parent`: the post it forwards or answers, where that is known. Times are epoch ms. */
export interface PicturedPost {
  readonly id: PostId;
  readonly time: number;
  readonly parent?: PostId;
  readonly kind: PostKind;
  readonly author?: AuthorKind;
  readonly region: RegionCode | null;
}

/** An hour in which the pace changed for good: at least doubled, or fell by half, against the three hours before. */
export interface TurningPoint {
  readonly at: number;
  readonly kind: 'rise' | 'fall';
  /** Posts an hour in the three hours before, and in the three from it on. */
  readonly before: number;
  readonly after: number;
}

export interface SpreadPicture {
  readonly posts: number;
  /** The largest tree of posts and what was forwarded from them. */
  readonly cascade: {
    readonly size: number;
    /** Steps from its first post: 0 for that post alone. */
    readonly depth: number;
    readonly meanDepth: number;
    /** Mean steps between any two of its posts; 0 for one post. */
    readonly structuralVirality: number;
  };
  /** Distinct divisions named, by tier. */
  readonly places: Readonly<Partial<Record<Tier, number>>>;
  readonly first: PostId | null;
  readonly firstMedia: PostId | null;
  readonly firstHotlist: PostId | null;
  readonly turningPoints: readonly TurningPoint[];
}

const HOUR = 3_600_000;
const SPAN = 3;
/** Fewer posts than this in six hours turn nothing. */
const LEAST = 12;

/**
 * How an incident spread, from its posts in any order. Pure; linear but for sorting. A parent that is not among the posts, or that
 * would make a circle, counts as none.
 * Structural virality after Goel et al., The structural virality of online diffusion, 2016.
 */
export function pictureSpread(posts: readonly PicturedPost[]): SpreadPicture {
  const sorted = [...posts].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const places = new Map<Tier, Set<RegionCode>>();
  for (const { region } of sorted)
    for (const code of region === null ? [] : pathOf(region)) {
      const tier = tierOfRegion(code);
      places.set(tier, (places.get(tier) ?? new Set()).add(code));
    }
  const firstWhere = (is: (post: PicturedPost) => boolean): PostId | null => sorted.find(is)?.id ?? null;
  return {
    posts: sorted.length,
    cascade: largestTree(sorted),
    places: Object.fromEntries([...places].map(([tier, codes]) => [tier, codes.size])),
    first: sorted[0]?.id ?? null,
    firstMedia: firstWhere(({ author }) => author === 'media' || author === 'official'),
    firstHotlist: firstWhere(({ kind }) => kind === 'hotlist'),
    turningPoints: turningPointsOf(sorted.map(({ time }) => time)),
  };
}

/** `sorted`: parents come before their children, or are taken for none. */
function largestTree(sorted: readonly PicturedPost[]): SpreadPicture['cascade'] {
  const at = new Map<PostId, number>();
  const parents: number[] = [];
  const depths: number[] = [];
  const roots: number[] = [];
  for (const [place, post] of sorted.entries()) {
    // Only posts before this one are known, so no circle can close.
    const parent = post.parent === undefined ? undefined : at.get(post.parent);
    at.set(post.id, place);
    parents.push(parent ?? -1);
    depths.push(parent === undefined ? 0 : depths[parent]! + 1);
    roots.push(parent === undefined ? place : roots[parent]!);
  }
  const below = new Array<number>(sorted.length).fill(1);
  for (let place = sorted.length - 1; place >= 0; place--)
    if (parents[place]! >= 0) below[parents[place]!]! += below[place]!;
  let root = -1;
  for (let place = 0; place < sorted.length; place++)
    if (parents[place] === -1 && (root < 0 || below[place]! > below[root]!)) root = place;
  if (root < 0) return { size: 0, depth: 0, meanDepth: 0, structuralVirality: 0 };
  const size = below[root]!;
  let [depth, sum, crossings] = [0, 0, 0];
  for (let place = 0; place < sorted.length; place++) {
    if (roots[place] !== root) continue;
    depth = Math.max(depth, depths[place]!);
    sum += depths[place]!;
    // Each step is crossed by every pair with one end below it and one above.
    if (place !== root) crossings += below[place]! * (size - below[place]!);
  }
  const structuralVirality = size < 2 ? 0 : (2 * crossings) / (size * (size - 1));
  return { size, depth, meanDepth: sum / size, structuralVirality };
}

function turningPointsOf(times: readonly number[]): TurningPoint[] {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = Math.floor(first / HOUR);
  const hours = new Map<number, number>();
  for (const time of times) hours.set(Math.floor(time / HOUR), (hours.get(Math.floor(time / HOUR)) ?? 0) + 1);
  const sumOf = (start: number): number => {
    let sum = 0;
    for (let hour = start; hour < start + SPAN; hour++) sum += hours.get(hour) ?? 0;
    return sum;
  };
  const steep: { hour: number; steepness: number; point: TurningPoint }[] = [];
  for (const hour of new Set([...hours.keys()].flatMap((one) => [one, one + 1]))) {
    if (hour <= from || hour * HOUR > last) continue;
    const [before, after] = [sumOf(hour - SPAN), sumOf(hour)];
    if (before + after < LEAST || (after < 2 * before && before < 2 * after)) continue;
    const point: TurningPoint = {
      at: hour * HOUR,
      kind: after > before ? 'rise' : 'fall',
      before: before / SPAN,
      after: after / SPAN,
    };
    steep.push({ hour, steepness: Math.abs(Math.log((after + 1) / (before + 1))), point });
  }
  // The steepest hour of each turn speaks for the hours around it.
  const turns: typeof steep = [];
  for (const one of steep.sort((a, b) => b.steepness - a.steepness || a.hour - b.hour))
    if (turns.every((other) => Math.abs(other.hour - one.hour) >= SPAN)) turns.push(one);
  return turns.map(({ point }) => point).sort((a, b) => a.at - b.at);
}
