import type { Account } from '../../../pipelines/domain/account.ts';
import { contains, tierOfRegion, type RegionCode } from '../../../pipelines/domain/region.ts';
import { TIER_NAMES, tierRank } from '../../../pipelines/domain/tier.ts';

/** What makes a matrix unusable: two accounts of one id, a parent that is not there, is lower, or is above itself. Rows count from 1. */
export function checkMatrix(
  accounts: readonly Account[],
  stop: (row: number, field: string, why: string) => never,
): void {
  const rowOf = new Map<string, number>();
  for (const [at, { id }] of accounts.entries()) {
    const earlier = rowOf.get(id);
    if (earlier !== undefined) stop(at + 1, 'id', `“${id}”与第 ${earlier} 个账号重复；请改成不同的 id`);
    rowOf.set(id, at + 1);
  }
  const byId = new Map(accounts.map((account) => [account.id, account]));
  for (const [at, account] of accounts.entries()) {
    if (account.parent === undefined) continue;
    const parent = byId.get(account.parent);
    if (parent === undefined)
      return stop(at + 1, 'parent', `找不到上级账号“${account.parent}”；请加上它，或改为已有账号的 id`);
    if (tierRank(parent.tier) < tierRank(account.tier))
      stop(
        at + 1,
        'parent',
        `上级“${parent.id}”是${TIER_NAMES[parent.tier]}级，比本账号的${TIER_NAMES[account.tier]}级还低；请改为同级或更高的账号`,
      );
    const seen = new Set([account.id]);
    for (let up: Account | undefined = parent; up !== undefined; up = byId.get(up.parent ?? '')) {
      if (up.id === account.id)
        stop(at + 1, 'parent', `“${account.id}”绕回了自己（${[...seen, account.id].join(' → ')}）；请断开其中一处上级`);
      if (seen.has(up.id)) break;
      seen.add(up.id);
    }
  }
}

/** Holes: what the matrix will have no good answer for. */
export function findHoles(accounts: readonly Account[]): string[] {
  const holes: string[] = [];
  if (accounts.length === 0) return ['矩阵里没有账号'];
  if (!accounts.some(({ duties }) => duties.includes('综合'))) holes.push('没有综合账号：主管不明的事没有人首接');
  if (!accounts.some(({ duties }) => duties.includes('紧急')))
    holes.push('没有指挥中心（紧急）：危及生命的事只能派给派出所');
  if (!accounts.some(({ duties }) => duties.includes('公安'))) holes.push('没有公安账号：危及生命的事无处派警');
  if (!accounts.some(({ duties }) => duties.includes('督办'))) holes.push('没有督办账号：交办没有人督办');
  for (const { id, duties } of accounts)
    if (duties.length === 0) holes.push(`${id} 没有主管（duties 为空），不会被选中`);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  for (const { id, parent, region } of accounts) {
    const upper = parent === undefined ? undefined : byId.get(parent);
    if (upper !== undefined && upper.tier !== 'nation' && !contains(upper.region, region))
      holes.push(`${id} 的上级 ${upper.id} 的辖区不包含它的辖区，这一级不会转发`);
  }
  return [...holes, ...silentDuties(accounts), ...silentCounties(accounts)];
}

/** Duties that only units without a public account hold, where nobody general could speak for them. */
function silentDuties(accounts: readonly Account[]): string[] {
  const general = accounts.some((account) => account.public && account.duties.includes('综合'));
  if (general) return [];
  const open = new Set(accounts.filter((account) => account.public).flatMap((account) => account.duties));
  const silent = new Set(accounts.flatMap((account) => account.duties).filter((duty) => !open.has(duty)));
  return [...silent]
    .filter((duty) => duty !== '督办' && duty !== '紧急')
    .map((duty) => `主管${duty}的单位都没有公开账号，也没有综合账号代答`);
}

/** Counties in which accounts stand, but no general one. */
function silentCounties(accounts: readonly Account[]): string[] {
  const counties = new Set<RegionCode>();
  for (const { region } of accounts) if (tierOfRegion(region) === 'county') counties.add(region);
  return [...counties]
    .filter((county) => !accounts.some(({ duties, region }) => region === county && duties.includes('综合')))
    .filter(() => accounts.some(({ duties, tier }) => tier === 'county' && duties.includes('综合')))
    .sort()
    .map((county) => `区县 ${county} 有账号而没有综合账号`);
}
