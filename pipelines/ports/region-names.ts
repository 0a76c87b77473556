import type { RegionCode } from '../domain/region.ts';

/** What divisions are called. Codes that are not known are answered with the code itself, never with an error. */
export interface RegionNames {
  /** Full path: 河南省洛阳市洛龙区. */
  regionName(code: RegionCode): string;
  /** For a tile or a sentence: 洛龙. */
  shortName(code: RegionCode): string;
  /** The divisions right below, by code. */
  childrenOf(code: RegionCode): readonly RegionCode[];
}
