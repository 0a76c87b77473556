import type { Account } from '../domain/account.ts';
import type { Finding } from '../domain/finding.ts';
import { contains } from '../domain/region.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';

/**
 * What makes a matrix unusable: two accounts of one id, a parent that is not there, is lower, or leads back to the account itself; and,
 * as a hole, a parent whose region does not hold its child's. Rows count from 1.
 */
export function findFaults(accounts: readonly Account[]): readonly Finding[] {
  const findings: Finding[] = [];
  const rowOf = new Map<string, number>();
  for (const [at, { id, name }] of accounts.entries()) {
    const earlier = rowOf.get(id);
    if (earlier === undefined) rowOf.set(id, at + 1);
    else
      findings.push({
        ...{ severity: 'fault', account: id, row: at + 1, field: 'id' },
        says: `${name}的id“${id}”与第${earlier}个账号重复`,
        wrongly: '分不清建议指的是哪一个账号',
        mend: '请改成不同的id',
      });
  }
  const byId = new Map(accounts.map((account) => [account.id, account]));
  for (const [at, account] of accounts.entries()) {
    const found = parentFault(account, byId);
    if (found !== undefined) findings.push({ account: account.id, row: at + 1, field: 'parent', ...found });
  }
  return findings;
}

type Said = Pick<Finding, 'severity' | 'says' | 'wrongly' | 'mend'>;

function parentFault(account: Account, byId: ReadonlyMap<string, Account>): Said | undefined {
  if (account.parent === undefined) return undefined;
  const parent = byId.get(account.parent);
  if (parent === undefined)
    return {
      severity: 'fault',
      says: `${account.name}：找不到上级账号“${account.parent}”`,
      wrongly: '没有人转发、提醒、接管它的回应',
      mend: '请加上这个账号，或改为已有账号的id',
    };
  if (tierRank(parent.tier) < tierRank(account.tier))
    return {
      severity: 'fault',
      says: `${account.name}：上级${parent.name}是${TIER_NAMES[parent.tier]}级，比本账号的${TIER_NAMES[account.tier]}级还低`,
      wrongly: '逾期会交给更低一级去接管',
      mend: '请改为同级或更高的账号',
    };
  const loop = loopOf(account, byId);
  if (loop !== undefined)
    return {
      severity: 'fault',
      says: `${account.name}的上级绕回了自己（${loop.map((id) => byId.get(id)?.name ?? id).join(' → ')}）`,
      wrongly: '转发与接管会在原地打转',
      mend: '请断开其中一处上级',
    };
  if (parent.tier !== 'nation' && !contains(parent.region, account.region))
    return {
      severity: 'hole',
      says: `${account.name}的上级${parent.name}，辖区不包含它的辖区`,
      wrongly: '这一级不会转发、提醒或接管（属地）',
      mend: '请改成辖区包含它的上级，或改正其中一个的区划代码',
    };
  return undefined;
}

function loopOf(account: Account, byId: ReadonlyMap<string, Account>): readonly string[] | undefined {
  const path = [account.id];
  for (let up = byId.get(account.parent ?? ''); up !== undefined; up = byId.get(up.parent ?? '')) {
    if (up.id === account.id) return [...path, up.id];
    if (path.includes(up.id)) return undefined;
    path.push(up.id);
  }
  return undefined;
}
