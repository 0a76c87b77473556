import { spotKey, spotsIn } from '../domain/particulars.ts';
import { pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import { bump } from './counts.ts';
import type { Counted } from './counted.ts';
import type { Tally } from './tally.ts';

const PLACES = 256;
/** A place that only the source hinted at is no evidence of where the event is. */
const SURE = 0.35;
const VILLAGE = /(?:村|屯|社区|小区|家属院|安置区)$/u;

/** The village, neighbourhood or estate that a text names. */
export const villageIn = (text: string): string | undefined => spotsIn(text).find((spot) => VILLAGE.test(spot));

/** The place a post itself names, or null. */
export const sureRegion = (post: Pick<Counted, 'region'>): RegionCode | null =>
  post.region !== null && post.region.confidence >= SURE ? post.region.code : null;

/** Counts where a post says it is. */
export function countPlaces(tally: Tally, post: Counted): void {
  const region = sureRegion(post);
  if (region !== null) {
    tally.placed++;
    for (const code of pathOf(region)) {
      const place = tally.places.get(code);
      if (place === undefined) {
        if (tally.places.size < PLACES) tally.places.set(code, { posts: 1, sample: [post.id] });
      } else {
        place.posts++;
        if (place.sample.length < 8) place.sample.push(post.id);
      }
    }
  }
  const village = villageIn(post.text);
  if (village !== undefined) {
    tally.villageSaid++;
    const name = spotKey(village);
    if (tally.villages.size < 8 || tally.villages.has(name)) bump(tally.villages, name);
  }
  const province = post.hints?.province;
  if (province !== undefined && tally.hintProvinces.size < 40 && !tally.hintProvinces.has(province))
    tally.hintProvinces.set(province, post.id);
}

/** The deepest division that at least 70 % of the placed posts are in. */
export const regionOf = ({ places, placed }: Tally): RegionCode | null => deepest(places, placed);

/** The same of the places of a few posts. */
export function regionOfFew(regions: readonly RegionCode[]): RegionCode | null {
  const [first] = regions;
  if (first === undefined || regions.every((region) => region === first)) return first ?? null;
  const places = new Map<RegionCode, { posts: number }>();
  for (const region of regions)
    for (const code of pathOf(region)) {
      const place = places.get(code);
      if (place === undefined) places.set(code, { posts: 1 });
      else place.posts++;
    }
  return deepest(places, regions.length);
}

function deepest(places: ReadonlyMap<RegionCode, { readonly posts: number }>, placed: number): RegionCode | null {
  let best: RegionCode | null = null;
  let bestDepth = -1;
  for (const [code, place] of places) {
    if (place.posts < 0.7 * placed) continue;
    const depth = DEPTH[tierOfRegion(code)];
    if (depth > bestDepth || (depth === bestDepth && best !== null && code < best)) {
      best = code;
      bestDepth = depth;
    }
  }
  return best;
}
const DEPTH: Readonly<Record<Tier, number>> = { nation: 0, province: 1, city: 2, county: 3, town: 4, village: 5 };
