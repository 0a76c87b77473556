import { contains, mayBeOneSpot, regionAt, tierOfRegion, type RegionCode } from '../domain/region.ts';

/** Where a heap of posts is: its division, and how many of its posts name which road, estate, village or school. */
export interface Whereabouts {
  readonly region: RegionCode | null;
  readonly spots: ReadonlyMap<number, number>;
}

/** Of the posts that name the spot most often named: what fewer name came in with strangers. */
const OFTEN = 0.2;

/**
 * How much of their cosine two heaps keep, 0…1, by how far apart they are: the same event is seldom told of two provinces at once.
 * A road or an estate that both name holds them together over the towns of a province; where each names another, they are two of
 * a kind.
 */
export function nearness(a: Whereabouts, b: Whereabouts): number {
  const met = meet(a.spots, b.spots);
  // A post that says only the city may well be of the estate in it; that both name other estates counts all the same.
  if (
    met === 'unsaid' &&
    a.region !== null &&
    b.region !== null &&
    (contains(a.region, b.region) || contains(b.region, a.region))
  )
    return 1;
  const isOfOther = met === 'shared' && a.region !== null && b.region !== null && !mayBeOneSpot(a.region, b.region);
  return KEPT[distance(a.region, b.region)][isOfOther ? 'apart' : met];
}

/** `apart` where both name spots and none in common. */
export function meet(a: Whereabouts['spots'], b: Whereabouts['spots']): 'shared' | 'apart' | 'unsaid' {
  if (a.size === 0 || b.size === 0) return 'unsaid';
  const [leastA, leastB] = [OFTEN * Math.max(...a.values()), OFTEN * Math.max(...b.values())];
  for (const [spot, count] of a) if (count >= leastA && (b.get(spot) ?? 0) >= leastB && b.has(spot)) return 'shared';
  return 'apart';
}

/** In one city, or one within the other; or in one province, where both name the same road or estate. What they both name has to be able to be one. */
export function near(a: Whereabouts, b: Whereabouts): boolean {
  if (a.region === null || b.region === null) return false;
  const isShared = meet(a.spots, b.spots) === 'shared';
  const mayBeOne = !isShared || mayBeOneSpot(a.region, b.region);
  if (contains(a.region, b.region) || contains(b.region, a.region)) return mayBeOne;
  const tier = isShared && mayBeOne ? 'province' : 'city';
  return regionAt(a.region, tier) !== undefined && regionAt(a.region, tier) === regionAt(b.region, tier);
}

type Distance = 'unknown' | 'county' | 'city' | 'province' | 'elsewhere';

/** The smallest division that holds both; `unknown` where one has none. */
function distance(a: RegionCode | null, b: RegionCode | null): Distance {
  if (a === null || b === null) return 'unknown';
  if (contains(a, b) || contains(b, a)) {
    const outer = tierOfRegion(contains(a, b) ? a : b);
    return outer === 'province' ? 'province' : outer === 'city' ? 'city' : 'county';
  }
  for (const tier of ['county', 'city', 'province'] as const)
    if (regionAt(a, tier) !== undefined && regionAt(a, tier) === regionAt(b, tier)) return tier;
  return 'elsewhere';
}

const KEPT: Readonly<Record<Distance, { readonly shared: number; readonly unsaid: number; readonly apart: number }>> = {
  unknown: { shared: 1, unsaid: 0.9, apart: 0.25 },
  county: { shared: 1, unsaid: 1, apart: 0.6 },
  city: { shared: 1, unsaid: 1, apart: 0.45 },
  province: { shared: 0.95, unsaid: 0.65, apart: 0.25 },
  elsewhere: { shared: 0.45, unsaid: 0.45, apart: 0.2 },
};
