import type { RegionCode } from '../domain/region.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { gradeSpread, type Rung, type SpreadEvidence, type SpreadRules } from './grade-spread.ts';
import type { Tally } from './tally.ts';

/** The rung that what was counted of a cluster shows. */
export const rungOf = (
  tally: Tally,
  region: RegionCode | null,
  volume: SpreadEvidence['volume'],
  names: RegionNames,
  rules: SpreadRules,
): Rung =>
  gradeSpread(
    {
      places: tally.places,
      hintProvinces: tally.hintProvinces,
      voices: tally.spoken,
      hotlists: tally.hotlists,
      volume,
      oneVillage: tally.villages.size === 1 && tally.villageSaid >= tally.count / 2,
      region,
    },
    (code) => names.shortName(code),
    rules,
  );
