import { isRegionCode, parentOf, pathOf, type RegionCode } from '../../pipelines/domain/region.ts';

/**
 * A screen that shows region R is told what happens in R, inside R, and in the regions R is part of; a screen that names no
 * region is told everything. What has no known place concerns everyone: nobody can say yet that it is not theirs.
 *
 * Two kinds of room make this a lookup: `region:C` holds the screens that show C, `under:C` those that show a part of C.
 */
const EVERYTHING = 'all';

/** The rooms the server joins a screen to. */
export function roomsOfScreen(regions: readonly RegionCode[]): string[] {
  if (regions.length === 0) return [EVERYTHING];
  const rooms = new Set<string>();
  for (const region of regions) {
    rooms.add(`region:${region}`);
    const parent = parentOf(region);
    if (parent !== undefined) for (const above of pathOf(parent)) rooms.add(`under:${above}`);
  }
  return [...rooms];
}

/** The rooms that are told of something in a region; undefined: every screen. */
export function roomsToTell(region: string | null): string[] | undefined {
  if (!isRegionCode(region)) return undefined;
  return [EVERYTHING, ...pathOf(region).map((code) => `region:${code}`), `under:${region}`];
}
