import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import { contains, pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { AnswerCase } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import type { ByDuty, Matrix } from './matrix.ts';

/**
 * 属地: the accounts whose region contains the incident's, and nothing else. Every rule takes its accounts from here, so none can
 * suggest an account from elsewhere.
 */
export interface Local {
  /** True where at least one account's region contains the place. */
  readonly ours: boolean;
  /** Accounts that hold one of these duties, lowest tier first, then by place, deepest region, fit and id. */
  withDuty(...duties: readonly Duty[]): readonly Account[];
  /** Every account that serves the place, in the same order. */
  all(): readonly Account[];
  serves(account: Account): boolean;
}

/** @param region null: several provinces at once, which only national accounts contain. */
export function findLocal(theCase: AnswerCase, region: RegionCode | null, matrix: Matrix): Local {
  const above: ByDuty[] = [];
  for (const code of region === null ? [] : pathOf(region)) {
    const found = matrix.byRegion.get(code);
    if (found !== undefined) above.push(found);
  }
  if (matrix.national.all.length > 0) above.push(matrix.national);
  const servesPlace = placeRule(theCase);
  const serves = (account: Account): boolean =>
    (account.tier === 'nation' || (region !== null && contains(account.region, region))) && servesPlace(account);
  return {
    ours: above.some((found) => found.all.length > 0),
    serves,
    withDuty: (...duties) => {
      const found = new Set<Account>();
      for (const level of above)
        for (const duty of duties)
          for (const account of level.duty.get(duty) ?? []) if (servesPlace(account)) found.add(account);
      return [...found].sort(lowestFirst(duties));
    },
    all: () => above.flatMap((level) => level.all.filter(servesPlace)).sort(lowestFirst([])),
  };
}

/** An account with a place serves that place only; the place is the one stated, or else one that the text names. */
function placeRule({ place, text }: AnswerCase): (account: Account) => boolean {
  const stated = place?.trim() ?? '';
  return (account) => {
    if (account.place === undefined || account.place === '') return true;
    if (stated !== '') return stated.includes(account.place) || account.place.includes(stated);
    return text?.includes(account.place) ?? false;
  };
}

/**
 * The order of 基层首发, total so that the order of the file never matters: tier; an account of the very place; deepest region; how many
 * of the duties it holds; which duty the case names first; the fewest other duties; id.
 */
function lowestFirst(duties: readonly Duty[]): (a: Account, b: Account) => number {
  const held = (account: Account): number => duties.filter((duty) => account.duties.includes(duty)).length;
  const earliest = (account: Account): number => duties.findIndex((duty) => account.duties.includes(duty));
  const depth = (account: Account): number => (account.tier === 'nation' ? 5 : tierRank(tierOfRegion(account.region)));
  return (a, b) =>
    tierRank(a.tier) - tierRank(b.tier) ||
    Number(b.place !== undefined) - Number(a.place !== undefined) ||
    depth(a) - depth(b) ||
    held(b) - held(a) ||
    earliest(a) - earliest(b) ||
    a.duties.length - b.duties.length ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
