import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import { contains, pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { AnswerCase } from '../domain/suggestion.ts';
import { tierRank, type Tier } from '../domain/tier.ts';
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
  /** Of the accounts that pass, the first in the same order. */
  lowest(keep: (account: Account) => boolean): Account | undefined;
  serves(account: Account): boolean;
  /** True where an account of the place stands below that tier. */
  below(tier: Tier): boolean;
  /** False for accounts that are left out, such as those that have refused. */
  has(account: Account): boolean;
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
  // The rules ask for the same duties again and again.
  const asked = new Map<string, readonly Account[]>();
  return {
    ours: above.some((found) => found.all.length > 0),
    serves,
    has: () => true,
    below: (tier) =>
      above.some((found) => found.all.some((account) => tierRank(account.tier) < tierRank(tier) && serves(account))),
    withDuty: (...duties) => {
      const key = duties.join(' ');
      const known = asked.get(key);
      if (known !== undefined) return known;
      const found = new Set<Account>();
      for (const level of above)
        for (const duty of duties)
          for (const account of level.duty.get(duty) ?? []) if (servesPlace(account)) found.add(account);
      const sorted = lowestFirst([...found], duties);
      asked.set(key, sorted);
      return sorted;
    },
    lowest: (keep) => {
      let best: Ranked | undefined;
      for (const level of above)
        for (const account of level.all) {
          if (!servesPlace(account) || !keep(account)) continue;
          const one = ranked(account, []);
          if (best === undefined || compare(one, best) < 0) best = one;
        }
      return best?.account;
    },
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
function lowestFirst(accounts: readonly Account[], duties: readonly Duty[]): Account[] {
  return accounts
    .map((account) => ranked(account, duties))
    .sort(compare)
    .map(({ account }) => account);
}

interface Ranked {
  readonly account: Account;
  readonly rank: number;
}

function ranked(account: Account, duties: readonly Duty[]): Ranked {
  const depth = account.tier === 'nation' ? 5 : tierRank(tierOfRegion(account.region));
  const held = duties.filter((duty) => account.duties.includes(duty));
  const earliest = held[0] === undefined ? 0 : duties.indexOf(held[0]);
  const unplaced = account.place === undefined ? 1 : 0;
  // Each part is below the next one's unit, so that one number stands for the whole order but the last two.
  const rank = (((tierRank(account.tier) * 2 + unplaced) * 8 + depth) * 32 + (31 - held.length)) * 32 + earliest;
  return { account, rank };
}

const compare = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank ||
  a.account.duties.length - b.account.duties.length ||
  (a.account.id < b.account.id ? -1 : a.account.id > b.account.id ? 1 : 0);
