import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import { parentOf, pathOf, type RegionCode } from '../domain/region.ts';
import { tierRank } from '../domain/tier.ts';

/** The accounts, arranged so that one suggestion reads only those above one place. Built once, never changed. */
export interface Matrix {
  /** The region a post of unknown place is received for; undefined where the accounts have none in common. */
  readonly home: RegionCode | undefined;
  /** True where `home` was said by a person, false where it was taken from the accounts. */
  readonly homeGiven: boolean;
  readonly byId: ReadonlyMap<string, Account>;
  /** By id, then by unit, then by name: what people write in `handedTo`. */
  readonly byName: ReadonlyMap<string, readonly Account[]>;
  readonly byRegion: ReadonlyMap<RegionCode, ByDuty>;
  /** Accounts of the tier `nation`: they contain every place, whatever code they carry. */
  readonly national: ByDuty;
}

export interface ByDuty {
  readonly all: readonly Account[];
  readonly duty: ReadonlyMap<Duty, readonly Account[]>;
}

/**
 * Indexes the accounts by region, duty, id and name. The order of `accounts` does not matter to any answer.
 * @param home the deployment's own region; left out, the deepest region that holds every account below the province.
 */
export function buildMatrix(accounts: readonly Account[], home?: RegionCode): Matrix {
  const sorted = [...accounts].sort((a, b) => tierRank(a.tier) - tierRank(b.tier) || (a.id < b.id ? -1 : 1));
  const regions = new Map<RegionCode, Account[]>();
  const national: Account[] = [];
  const byName = new Map<string, Account[]>();
  for (const account of sorted) {
    if (account.tier === 'nation') national.push(account);
    else listIn(regions, account.region).push(account);
    for (const name of new Set([account.unit, account.name])) listIn(byName, name).push(account);
  }
  const below = sorted.filter((account) => tierRank(account.tier) < tierRank('province'));
  const own = home ?? commonRegion(below.map((account) => account.region));
  return {
    home: own,
    homeGiven: home !== undefined,
    byId: new Map(sorted.map((account) => [account.id, account])),
    byName,
    byRegion: new Map([...regions].map(([region, list]) => [region, byDuty(list)])),
    national: byDuty(national),
  };
}

/** 共同上级: the deepest region that holds them all; undefined where they have none, such as two provinces. */
export function commonRegion(regions: readonly RegionCode[]): RegionCode | undefined {
  const [first, ...others] = new Set(regions);
  if (first === undefined) return undefined;
  let common: RegionCode | undefined = first;
  for (const other of others) {
    const path = new Set(pathOf(other));
    while (common !== undefined && !path.has(common)) common = parentOf(common);
  }
  return common;
}

function byDuty(all: readonly Account[]): ByDuty {
  const duty = new Map<Duty, Account[]>();
  for (const account of all) for (const word of new Set(account.duties)) listIn(duty, word).push(account);
  return { all, duty };
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  const found = map.get(key);
  if (found !== undefined) return found;
  const list: V[] = [];
  map.set(key, list);
  return list;
}
