import { parentOf, regionCode, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { RegionNames } from '../ports/region-names.ts';
import type { Divisions } from './divisions.ts';
import { shortNameOf } from './short-names.ts';

export interface KnownRegions extends RegionNames {
  knows(code: RegionCode): boolean;
  /** As RegionNames has it; the provinces for null. Counties ruled by a province stand right below it. */
  childrenOf(code: RegionCode | null): RegionCode[];
}

/**
 * What divisions are called, without what is needed to find them in a text. An unlisted code (a village) reads as its nearest
 * listed division, and as '' where there is none.
 */
export function nameRegions(divisions: Divisions): KnownRegions {
  const listed = (code: RegionCode): number | undefined => {
    for (let at: RegionCode | undefined = code; at !== undefined; at = parentOf(at)) {
      const node = divisions.nodeOf.get(at);
      if (node !== undefined) return node;
    }
    return undefined;
  };
  return {
    knows: (code) => divisions.nodeOf.has(code),
    regionName(code) {
      let name = '';
      for (let node = listed(code) ?? -1; node >= 0; node = divisions.parents[node] ?? -1) {
        const own = divisions.names[node] ?? '';
        if (own !== divisions.names[divisions.parents[node] ?? -1]) name = own + name;
      }
      return name;
    },
    shortName(code) {
      const node = listed(code);
      return node === undefined
        ? ''
        : shortNameOf(divisions.names[node] ?? '', tierOfRegion(divisions.codes[node] ?? code));
    },
    childrenOf(code) {
      const node = code === null ? -1 : divisions.nodeOf.get(code);
      const below = node === undefined ? undefined : divisions.children.get(node);
      return (below ?? []).map((child) => regionCode(divisions.codes[child] ?? ''));
    },
  };
}
