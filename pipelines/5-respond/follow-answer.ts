import type { Account } from '../domain/account.ts';
import { contains } from '../domain/region.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { TIER_NAMES, tierRank, type Tier } from '../domain/tier.ts';
import { answers } from './choose-first.ts';

/** Those above a first answer, nearest first, and what the answer is short of. */
export interface Uppers {
  /** With a public account. */
  readonly open: readonly Account[];
  /** Without one: they are told. */
  readonly silent: readonly Account[];
}

export const splitUppers = (chain: readonly Account[]): Uppers => ({
  open: chain.filter(answers),
  silent: chain.filter((account) => !account.public),
});

/** What the tiers above do once `author` has answered: correct through the author, supplement, relay; in this order. */
export function followAnswer(
  theCase: AnswerCase,
  author: Account,
  uppers: Uppers,
  named: Account | undefined,
): NextAct[] {
  const acts: NextAct[] = [];
  const nearest = uppers.open[0];
  const wrong = theCase.contradicts !== undefined && theCase.contradicts !== false && theCase.contradicts !== '';
  const missing = (theCase.missing ?? []).filter((fact) => fact.trim() !== '');
  if (wrong) {
    const against =
      named !== undefined
        ? `${named.name}的说法`
        : typeof theCase.contradicts === 'string'
          ? `“${theCase.contradicts}”`
          : '已知事实';
    const judge = named === undefined ? undefined : commonUpper(author, named, uppers.open);
    acts.push({
      account: author.id,
      act: 'correct',
      because:
        judge === undefined
          ? `更正：回应与${against}不一致，先由发布者${author.name}自行更正`
          : `更正：回应与${against}不一致，核对后哪一方有误由哪一方自行更正`,
    });
    if (named !== undefined && named.id !== author.id)
      acts.push({
        account: named.id,
        act: 'giveFacts',
        because: `更正：请${named.name}与${author.name}核对事实，统一口径`,
      });
    if (judge !== undefined && named !== undefined)
      acts.push({
        account: judge.id,
        act: 'coordinate',
        because: `更正：${author.name}与${named.name}互不隶属、说法不一，由共同上级${judge.name}核定事实、统一口径`,
      });
    if (nearest !== undefined)
      acts.push({
        account: nearest.id,
        act: 'correct',
        because: `更正：${author.name}不更正或更正不全时，由上级${nearest.name}发布更正`,
      });
  }
  if (missing.length > 0) {
    const who = nearest ?? author;
    acts.push({
      account: who.id,
      act: 'supplement',
      because: `补充：公众在问而首发没有说明：${missing.join('、')}；由${nearest === undefined ? '发布者' : '上级'}${who.name}补充`,
    });
  }
  for (const [at, upper] of uppers.open.entries()) {
    if (missing.length > 0 && !wrong && at === 0) continue;
    acts.push({
      account: upper.id,
      act: 'relay',
      because: wrong
        ? `转发：更正发出之后再由${upper.name}转发更正，更正之前不转发`
        : `转发：${author.name}已先回应，上级${upper.name}转发，不另起一份`,
    });
  }
  return acts;
}

/** Who decides between two that are neither above nor below each other; undefined where one is. */
function commonUpper(author: Account, named: Account, uppers: readonly Account[]): Account | undefined {
  const isAbove = uppers.some(({ id }) => id === named.id);
  const isBelow = tierRank(named.tier) < tierRank(author.tier) && contains(author.region, named.region);
  if (named.id === author.id || isAbove || isBelow) return undefined;
  return uppers.find(({ region, tier }) => tier === 'nation' || contains(region, named.region));
}

/** What the tiers above do before anyone has answered: remind at half time, relay what comes; or take over when it is overdue. */
export function awaitAnswer(
  responsible: Account,
  uppers: Uppers,
  next: Account | undefined,
  minutes: string,
  overdue: boolean,
): NextAct[] {
  const acts: NextAct[] = [];
  const nearest = uppers.open[0] ?? next;
  if (overdue) {
    if (nearest !== undefined)
      acts.push({
        account: nearest.id,
        act: 'takeOver',
        because: `接管：${responsible.name}逾期未回应，由上一级${nearest.name}接过来回应`,
      });
  } else if (nearest !== undefined)
    acts.push({
      account: nearest.id,
      act: 'remind',
      because: `提醒：时限过半（${minutes}）仍未回应，由${nearest.name}提醒`,
    });
  for (const upper of uppers.open) {
    if (overdue && upper === nearest) continue;
    acts.push({
      account: upper.id,
      act: 'relay',
      because: `转发：基层首发之后，上级${upper.name}转发，缺事实时补充，不抢先发`,
    });
  }
  return acts;
}

/** 矩阵到顶: everyone who could answer stands below the rung, so the tier above is told. */
export function informAbove(
  first: Account,
  rung: Tier,
  chain: readonly Account[],
  candidates: readonly Account[],
): { acts: NextAct[]; because: string } {
  const higher = (account: Account): boolean => tierRank(account.tier) > tierRank(first.tier);
  const told = chain.find(higher) ?? candidates.find(higher);
  const lead = `矩阵到顶：影响已到${TIER_NAMES[rung]}一级，能回应的账号最高只到${TIER_NAMES[first.tier]}级，由${first.name}回应`;
  if (told === undefined) return { acts: [], because: `${lead}；再上一级不在矩阵中，请线下向上级报告` };
  return {
    acts: [{ account: told.id, act: 'inform', because: `矩阵到顶：把情况告知上一级${told.name}` }],
    because: `${lead}，并告知上一级${told.name}`,
  };
}
