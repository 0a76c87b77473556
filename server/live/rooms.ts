import { cutTo, seesRegion, type Scope } from '../../pipelines/domain/person.ts';
import { isRegionCode, parentOf, pathOf, type RegionCode } from '../../pipelines/domain/region.ts';

/**
 * A screen that may see everything and shows region R is told what happens in R, inside R, and in the regions R is part of; where
 * it names no region it is told everything. What has no known place concerns all of these: nobody can say yet that it is not
 * theirs. A screen that may see some regions only is told what happens in those, and of the incidents shared with it.
 *
 * Rooms make this a lookup: `region:C` holds the screens that show C, `under:C` those that show a part of C and may see what is
 * above, `incident:I` those that I was shared with. The server alone joins them.
 */
const ALL = 'all';
const UNPLACED = 'unplaced';

/** The rooms the server joins a screen to. */
export function roomsOfScreen(scope: Scope, asked: readonly RegionCode[]): string[] {
  const shared = [...scope.incidents].map((id) => `incident:${id}`);
  const regions = cutTo(scope, asked);
  const all = scope.regions === 'all';
  if (all && regions.length === 0) return [ALL, UNPLACED];
  const rooms = new Set<string>(all ? [UNPLACED] : shared);
  for (const region of regions) {
    rooms.add(`region:${region}`);
    const parent = parentOf(region);
    const above = parent === undefined ? [] : pathOf(parent);
    for (const code of above) if (seesRegion(scope, code)) rooms.add(`under:${code}`);
  }
  return [...rooms];
}

/** The rooms that are told of an incident in a region. */
export function roomsToTell(incident: string, region: string | null): string[] {
  const shared = `incident:${incident}`;
  if (!isRegionCode(region)) return [UNPLACED, shared];
  return [ALL, ...pathOf(region).map((code) => `region:${code}`), `under:${region}`, shared];
}
