import { parentOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';

/** True for a code that some division has, not only one that could be: names are made up for the others. */
export function isDivision(names: RegionNames, code: RegionCode): boolean {
  const above = parentOf(code);
  return above === undefined ? names.childrenOf(code).length > 0 : names.childrenOf(above).includes(code);
}
