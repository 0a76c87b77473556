import { prefixOf, type RegionCode } from '../../../pipelines/domain/region.ts';

/** A word as the full-text index is asked for it. */
export const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Codes at and below a region as a range of texts: 410300 is all that begins with 4103. */
export function rangeOf(region: RegionCode): readonly [string, string] {
  const start = prefixOf(region);
  // ':' is the character after '9'.
  return [start, `${start}:`];
}
