import type { Account } from '../domain/account.ts';
import type { Coverage, Finding } from '../domain/finding.ts';
import type { RegionCode } from '../domain/region.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { findDutyHoles, measureCoverage } from './check-duties.ts';
import { findFaults } from './check-parents.ts';
import { findRescueHoles } from './check-rescue.ts';
import { commonRegion } from './matrix.ts';
import { contains, tierOfRegion } from '../domain/region.ts';
import { tierRank } from '../domain/tier.ts';

export interface CheckedMatrix {
  /** Faults first, then holes, then hints. */
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
}

export interface CheckOptions {
  readonly names: RegionNames;
  /** The deployment's own region; left out, what the accounts have in common. */
  readonly home?: RegionCode | undefined;
}

/**
 * What an office should know of its matrix before somebody asks who answers: what can't be used, what would be suggested wrongly, and how
 * far down each duty has an owner. Pure; the order of the accounts only shows in the row numbers of faults.
 */
export function checkMatrix(accounts: readonly Account[], { names, home }: CheckOptions): CheckedMatrix {
  if (accounts.length === 0)
    return {
      findings: [
        {
          severity: 'hole',
          says: '矩阵里没有账号',
          wrongly: '无论什么事，都说不出由谁回应',
          mend: '导入账号，或从样例开始',
        },
      ],
      coverage: [],
    };
  const faults = findFaults(accounts);
  const counties = countiesOf(accounts, names, home);
  const coverage = measureCoverage(accounts, counties);
  return {
    findings: [
      ...faults,
      ...findDutyHoles(accounts, counties, coverage, names),
      ...findRescueHoles(accounts, counties, names),
    ].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]),
    coverage,
  };
}

const ORDER = { fault: 0, hole: 1, hint: 2 } as const;

/**
 * The counties an answer may be asked for: those of the home region; where it has none below it (a county, a street), itself. A matrix
 * of one street is not measured against its whole county.
 */
function countiesOf(
  accounts: readonly Account[],
  names: RegionNames,
  given: RegionCode | undefined,
): readonly RegionCode[] {
  const below = accounts.filter(({ tier }) => tierRank(tier) < tierRank('province'));
  const common = commonRegion((below.length > 0 ? below : accounts).map(({ region }) => region));
  const home = given ?? common;
  if (home === undefined) return [...new Set(accounts.map(({ region }) => region))].sort();
  const found =
    tierOfRegion(home) === 'province'
      ? names.childrenOf(home).flatMap((city) => under(city, names))
      : under(home, names);
  const seen = accounts
    .map(({ region }) => region)
    .filter((code) => contains(home, code) && tierOfRegion(code) === 'county');
  const counties = new Set([...found, ...seen]);
  return counties.size === 0 ? [home] : [...counties].sort();
}

const under = (code: RegionCode, names: RegionNames): readonly RegionCode[] => {
  if (tierOfRegion(code) !== 'city') return [code];
  const counties = names.childrenOf(code).filter((child) => tierOfRegion(child) === 'county');
  return counties.length === 0 ? [code] : counties;
};
