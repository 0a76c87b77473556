import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import type { RegionCode } from '../domain/region.ts';
import type { AnswerCase, Grade, NextAct, Suggestion } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import { answers, chainAbove, chooseFirst, type FirstChoice } from './choose-first.ts';
import { dispatchRescue, findDanger } from './dispatch-rescue.ts';
import { findLocal, type Local } from './find-local.ts';
import { awaitAnswer, followAnswer, informAbove, splitUppers } from './follow-answer.ts';
import { findHandedTo, handOver, isOwner, supervise } from './hand-over.ts';
import { commonRegion, type Matrix } from './matrix.ts';
import { CLOCK_RULES, said, setClock, type ClockRules } from './set-clock.ts';
import { coordinateVertically, shareByDuty, shareByPlace } from './share-parts.ts';

export interface SuggestOptions {
  /** 突发事件分级, entered by a person; goes before the case's own. */
  readonly grade?: Grade;
  readonly clocks?: Partial<ClockRules>;
}

/**
 * Which account answers, by which rule, by when, and what the others do, in the order of action. Pure and total: the same case and the
 * same accounts, in any order, give the same answer. `first` is always a public account whose region contains the incident's, or null;
 * what stays undecided is said in `because`.
 */
export function suggestTier(theCase: AnswerCase, matrix: Matrix, options: SuggestOptions = {}): Suggestion {
  const danger = findDanger(theCase);
  const rules = { ...CLOCK_RULES, ...options.clocks };
  const clock = setClock(theCase, danger.atRisk, options.grade ?? theCase.grade, rules);
  const at = whereItIs(theCase, matrix);
  if ('because' in at)
    return {
      id: theCase.id,
      first: null,
      outside: at.outside,
      then: [],
      clock,
      because: [...at.because, ...elsewhere(danger.atRisk)],
    };

  const { region, local } = at;
  const because = [...at.said];
  const duties = [...new Set(theCase.duty)].filter((duty) => duty !== '督办' && duty !== '紧急' && duty !== '综合');
  const choice = at.unknown
    ? receive(region, duties, theCase, local, matrix)
    : chooseFirst(duties, theCase.spread, local, matrix);
  because.push(...choice.because);

  const rescue = danger.atRisk ? dispatchRescue(theCase, danger, local, matrix) : { acts: [], because: [] };
  because.unshift(...rescue.because);
  const then: NextAct[] = [...rescue.acts];
  const matching = duties.length > 0 ? local.withDuty(...duties) : local.withDuty('综合');
  const author = findAuthor(theCase, matrix, local, because);
  const first = author ?? choice.first;
  if (first === null) {
    if (theCase.handedTo !== undefined || choice.silentOwner !== undefined) then.push(...supervise(local, new Set()));
    return { id: theCase.id, first: null, outside: null, then: once(then), clock, because };
  }

  const chain = chainAbove(first, matrix, local);
  const uppers = splitUppers(chain);
  const parts = [
    shareByDuty(duties, first, theCase.spread, local, matrix),
    coordinateVertically(duties, first, chain, local),
    shareByPlace(theCase, duties, first, matrix),
  ];
  for (const part of parts) {
    then.push(...part.acts);
    because.push(...part.because);
  }
  then.push(...facts(first, choice, matching));

  const receiver = findHandedTo(theCase, matrix, local);
  const handedOff = theCase.handedTo !== undefined && theCase.handedTo.trim() !== '';
  if (handedOff) {
    const handed = handOver(theCase, first, receiver, matching, local.withDuty('综合').filter(answers), local);
    then.push(...handed.acts);
    because.push(...handed.because);
  }
  if (handedOff || choice.silentOwner !== undefined) then.push(...supervise(local, new Set([receiver?.id ?? ''])));
  if (choice.first !== null && choice.below) {
    const candidates = [...matching, ...local.withDuty('综合')].sort(byTier);
    const told = informAbove(choice.first, theCase.spread, chainAbove(choice.first, matrix, local), candidates);
    then.push(...told.acts);
    because.push(told.because);
  }
  if (author !== undefined) {
    const named = typeof theCase.contradicts === 'string' ? matrix.byId.get(theCase.contradicts) : undefined;
    const above = widened(uppers.open, author, choice.first);
    then.push(
      ...followAnswer(
        theCase,
        author,
        { ...uppers, open: above },
        named !== undefined && local.serves(named) ? named : undefined,
      ),
    );
  } else {
    const late = receiver !== undefined && isOwner(receiver, theCase, local) ? receiver : first;
    const lateChain = late === first ? uppers : splitUppers(chainAbove(late, matrix, local));
    const next = [...matching, ...local.withDuty('综合')]
      .sort(byTier)
      .find((account) => answers(account) && tierRank(account.tier) > tierRank(late.tier));
    then.push(...awaitAnswer(late, lateChain, next, said(clock.minutes / 2), theCase.overdue === true));
    if (theCase.overdue === true) {
      const taken = then.some((act) => act.act === 'takeOver');
      because.push(
        taken ? '接管：已过时限，交给上一级' : `接管：已过时限，但${late.name}以上没有可接管的账号，请线下向上级报告`,
      );
      if (!taken) then.push(...supervise(local, new Set([late.id])));
    }
  }
  return { id: theCase.id, first: first.id, outside: null, then: once(then), clock, because };
}

type Where =
  | { readonly outside: RegionCode | null; readonly because: readonly string[] }
  | {
      readonly region: RegionCode | null;
      readonly local: Local;
      readonly unknown: boolean;
      readonly said: readonly string[];
    };

/** 属地: the place the rules work with, or why it is not ours. */
function whereItIs(theCase: AnswerCase, matrix: Matrix): Where {
  const places = theCase.regions ?? [];
  const several = places.length > 1;
  const region = several ? (commonRegion(places) ?? null) : (theCase.region ?? places[0] ?? null);
  if (region === null && !several) {
    if (matrix.home === undefined)
      return {
        outside: null,
        because: ['属地：地点不明，又没有说明本地是哪里，无法确定由谁回应；请先判明地点，或用 --home 说明本地'],
      };
    const local = findLocal(theCase, matrix.home, matrix);
    return {
      region: matrix.home,
      local,
      unknown: true,
      said: [`属地：地点不明，按首接负责先由本地（${matrix.home}）接下，判明地点后再转`],
    };
  }
  const local = findLocal(theCase, region, matrix);
  const named = region ?? '跨省';
  if (!local.ours || isElsewhere(theCase, region, matrix))
    return {
      outside: region,
      because: [`属地：事发地 ${named} 不在本矩阵任何账号的辖区内，不由我们回应，应转给当地（${named}）的账号`],
    };
  return { region, local, unknown: false, said: [`属地：事发地 ${named}，只从辖区包含该地的账号中选`] };
}

/** An account above our home also holds our neighbours. Unless the case has come up to that tier, it is the neighbours' own. */
function isElsewhere(theCase: AnswerCase, region: RegionCode | null, matrix: Matrix): boolean {
  const { home } = matrix;
  if (!matrix.homeGiven || home === undefined || region === null) return false;
  const shared = commonRegion([home, region]);
  if (shared === home || shared === region) return false;
  return tierRank(theCase.spread) < tierRank(shared === undefined ? 'nation' : 'province');
}

/** 首接负责 for a post of unknown place: the general account of the home region itself, else whoever would answer there. */
function receive(
  home: RegionCode | null,
  duties: readonly Duty[],
  theCase: AnswerCase,
  local: Local,
  matrix: Matrix,
): FirstChoice {
  const general = local.withDuty('综合').find((account) => answers(account) && account.region === home);
  if (general === undefined) return chooseFirst(duties, theCase.spread, local, matrix);
  return {
    first: general,
    below: tierRank(general.tier) < tierRank(theCase.spread),
    because: [`首接负责：${general.name}是本地的综合账号，先接下并负责转清`],
  };
}

/** Whoever has answered is the first responder; only a public account of the place can be. */
function findAuthor(theCase: AnswerCase, matrix: Matrix, local: Local, because: string[]): Account | undefined {
  if (theCase.answeredBy === undefined || theCase.answeredBy === '') return undefined;
  const named = matrix.byId.get(theCase.answeredBy) ?? matrix.byName.get(theCase.answeredBy)?.[0];
  if (named === undefined) {
    because.push(`已回应：${theCase.answeredBy}已回应，但不在矩阵中，仍按规则由应答账号回应`);
    return undefined;
  }
  if (!local.serves(named)) {
    because.push(`已回应：${named.name}已回应，但事发地不在它的辖区（属地），仍由有管辖权的账号回应`);
    return undefined;
  }
  if (!named.public) {
    because.push(`已回应：${named.name}没有公开账号，它的答复还要由应答账号公开发布`);
    return undefined;
  }
  because.push(`已回应：${named.name}已先回应，即为首发，上级转发、补充或更正，不另起一份`);
  return named;
}

/** Facts for the first answer: units without an account, and matching ones below the first. Then the receiving account replies. */
function facts(first: Account, choice: FirstChoice, matching: readonly Account[]): NextAct[] {
  const acts: NextAct[] = [];
  const owner = choice.silentOwner;
  if (owner !== undefined && owner.id !== first.id)
    acts.push({
      account: owner.id,
      act: 'giveFacts',
      because: `主管：${owner.name}没有公开账号，线下交办，向${first.name}提供事实`,
    });
  for (const account of matching) {
    if (account.id === first.id || account.id === owner?.id) continue;
    if (tierRank(account.tier) < tierRank(first.tier))
      acts.push({
        account: account.id,
        act: 'giveFacts',
        because: `基层首发：${account.name}在${first.name}以下，向它提供现场事实`,
      });
  }
  if (owner !== undefined && choice.first === first)
    acts.push({
      account: first.id,
      act: 'replyPublicly',
      because: `公开答复：${owner.name}没有公开账号，由收件账号${first.name}公开答复`,
    });
  return acts;
}

/** The author's uppers, and the account that the rule would have had speak, where it stands above the author. */
function widened(open: readonly Account[], author: Account, ruled: Account | null): readonly Account[] {
  if (ruled === null || ruled.id === author.id || tierRank(ruled.tier) <= tierRank(author.tier)) return open;
  return open.some((account) => account.id === ruled.id) ? open : [...open, ruled].sort(byTier);
}

const byTier = (a: Account, b: Account): number => tierRank(a.tier) - tierRank(b.tier);

const elsewhere = (atRisk: boolean): string[] =>
  atRisk ? ['危及生命：不在我们辖区，请立即电话通知当地 110，并记录通知时间'] : [];

/** The same act of the same account once, at its first and earliest place. */
function once(acts: readonly NextAct[]): NextAct[] {
  const seen = new Set<string>();
  return acts.filter(({ account, act }) => {
    const key = `${act} ${account}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
