import type { AccountRow } from '../../../server/contract/matrix.ts';
import { TIER_NAMES, tierRank } from '../../../pipelines/domain/tier.ts';

/** One region with its accounts: a county holds its streets, a city and a province stand alone. */
export interface Group {
  readonly code: string;
  readonly name: string;
  readonly accounts: readonly AccountRow[];
}

/** 410311002 → 410311: streets and villages stand with their county. */
const placeOf = ({ region, tier }: AccountRow): string => (tier === 'nation' ? '' : region.slice(0, 6));

/** By region, widest first; in each the highest tier first, then by place and name. */
export function groupByRegion(accounts: readonly AccountRow[]): readonly Group[] {
  const groups = new Map<string, AccountRow[]>();
  for (const account of accounts) {
    const code = placeOf(account);
    const held = groups.get(code);
    if (held === undefined) groups.set(code, [account]);
    else held.push(account);
  }
  return [...groups]
    .sort(([a], [b]) => widthOf(a) - widthOf(b) || (a < b ? -1 : 1))
    .map(([code, list]) => ({
      code,
      name: list.find(({ region }) => region === code)?.regionName ?? countyName(list[0]) ?? TIER_NAMES.nation,
      accounts: [...list].sort(inOrder),
    }));
}

const inOrder = (a: AccountRow, b: AccountRow): number =>
  tierRank(b.tier) - tierRank(a.tier) ||
  (a.region === b.region ? a.name.localeCompare(b.name, 'zh') : a.region < b.region ? -1 : 1);

const widthOf = (code: string): number => (code === '' ? 0 : code.endsWith('0000') ? 1 : code.endsWith('00') ? 2 : 3);

/** Where a group has only streets: 河南省洛阳市洛龙区 of 河南省洛阳市洛龙区开元路街道. */
function countyName(account: AccountRow | undefined): string | undefined {
  if (account === undefined) return undefined;
  const { regionName } = account;
  const ends = ['区', '县', '市', '旗'].map((mark) => regionName.lastIndexOf(mark, regionName.length - 2));
  return regionName.slice(0, Math.max(...ends) + 1) || regionName;
}

/** Every word must be somewhere in what the account says of itself. */
export function found(account: AccountRow, text: string): boolean {
  const { name, unit, regionName, region, duties, place = '', id } = account;
  const all = [name, unit, regionName, region, duties.join(''), place, id, TIER_NAMES[account.tier]]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
