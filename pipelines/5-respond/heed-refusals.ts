import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import { answers, chainAbove, chooseFirst, type FirstChoice } from './choose-first.ts';
import type { Local } from './find-local.ts';
import { findHandedTo, findNamed, isOwner } from './hand-over.ts';
import type { Matrix } from './matrix.ts';

/** 退回, and what follows from it. */
export interface Heeded {
  /** Accounts that are not suggested again. */
  readonly refused: ReadonlySet<string>;
  /** The place's accounts without them. */
  readonly local: Local;
  /** Whom the last refusal named, or who was handed the case after it, where that account may have it. */
  readonly next?: Account;
  /** Why it is the next, in words. */
  readonly nextBy: string;
  readonly acts: readonly NextAct[];
  readonly because: readonly string[];
}

/**
 * A refusal names whose it is: that account is suggested next, and the one that refused is not suggested again. One that names nobody does
 * not count (首接负责: the case stays). Where the named one has itself refused, cannot be found or is of another place, the rules choose
 * among those left, and the government's own office of their tier decides, or whoever stands above both. Whoever was handed the case
 * after all that has it: a decision goes before a refusal's word.
 */
export function heedRefusals(theCase: AnswerCase, matrix: Matrix, local: Local): Heeded {
  const because: string[] = [];
  const refused = new Set<string>();
  const refusers: Account[] = [];
  let next: Account | undefined;
  let unclear = '';
  for (const { account: name, next: named, why } of theCase.refusals ?? []) {
    const by = findNamed(name, matrix, local);
    const who = by?.name ?? name;
    if (named === undefined || named.trim() === '') {
      because.push(`退回：${who}没有指明下一承办单位，退回不成立，仍由它承办（首接负责）`);
      continue;
    }
    if (by !== undefined) {
      refused.add(by.id);
      refusers.push(by);
    }
    next = findNamed(named, matrix, local);
    because.push(`退回：${who}认为不归其管${why === undefined ? '' : `（${why}）`}，指明由${next?.name ?? named}承办`);
    unclear =
      next === undefined
        ? `${named}不在矩阵中`
        : refused.has(next.id)
          ? `${next.name}先前已经退回`
          : !local.serves(next)
            ? `${next.name}管不到此地（属地）`
            : '';
  }
  const left = without(local, refused);
  const handed = refusers.length === 0 ? undefined : findHandedTo(theCase, matrix, local);
  const isDecided = handed !== undefined && handed.id !== next?.id && !refused.has(handed.id) && local.serves(handed);
  if (isDecided) {
    because.push(`交办：退回之后已另交${handed.name}承办，以后来的交办为准`);
    next = handed;
    unclear = '';
  }
  const nextBy = isDecided ? '交办：退回之后另行指定' : '退回：上一家指明';
  if (next === undefined && unclear === '') return { refused, local: left, nextBy, acts: [], because };
  if (unclear === '' && next !== undefined) {
    if (!isOwner(next, theCase, local))
      because.push(`主管：${next.name}按职责不主管${theCase.duty.join('、')}，如也退回，须再指明下一家并写明理由`);
    return { refused, local: left, next, nextBy, acts: [], because };
  }
  const judge = office(refusers, left) ?? commonUpper(refusers, matrix, local);
  because.push(
    judge === undefined
      ? `退回：${unclear}，按规则在其余单位中选；矩阵中没有共同上级，请线下报上级裁定`
      : `退回：${unclear}，按规则在其余单位中选，由${judge.name}裁定归属，裁定前不得再退（首接负责）`,
  );
  const acts: NextAct[] =
    judge === undefined
      ? []
      : [{ account: judge.id, act: 'coordinate', because: `退回：${unclear}，由${judge.name}裁定归谁承办` }];
  return { refused, local: left, nextBy, acts, because };
}

/** The named next as the one who speaks, or spoken for where it has no public account. */
export function chooseNamed(
  next: Account,
  by: string,
  duties: readonly Duty[],
  theCase: AnswerCase,
  local: Local,
  matrix: Matrix,
): FirstChoice {
  const below = tierRank(next.tier) < tierRank(theCase.spread);
  if (answers(next)) return { first: next, below, because: [`${by}，由${next.name}承办并回应`] };
  const voice =
    chainAbove(next, matrix, local).find(answers) ?? chooseFirst(duties, theCase.spread, local, matrix).first;
  return {
    first: voice,
    silentOwner: next,
    below: voice !== null && tierRank(voice.tier) < tierRank(theCase.spread),
    because: [
      `${by}，由${next.name}承办；该单位没有公开账号，线下交办、在此跟踪${voice === null ? '，需由人指定公开答复的账号' : `，由${voice.name}公开答复`}`,
    ],
  };
}

function without(local: Local, refused: ReadonlySet<string>): Local {
  if (refused.size === 0) return local;
  const kept = (account: Account): boolean => !refused.has(account.id);
  return {
    ours: local.ours,
    serves: (account) => local.serves(account),
    below: (tier) => local.below(tier),
    has: kept,
    withDuty: (...duties) => local.withDuty(...duties).filter(kept),
    lowest: (keep) => local.lowest((account) => kept(account) && keep(account)),
  };
}

/** The nearest account above every one that refused. */
function commonUpper(refusers: readonly Account[], matrix: Matrix, local: Local): Account | undefined {
  const [first, ...others] = refusers.map((account) => chainAbove(account, matrix, local));
  return first?.find((account) => !refusers.includes(account) && others.every((chain) => chain.includes(account)));
}

/** 本级政府办: the lowest general account that stands no lower than any that refused. */
const office = (refusers: readonly Account[], left: Local): Account | undefined =>
  left.withDuty('综合').find((account) => refusers.every(({ tier }) => tierRank(account.tier) >= tierRank(tier)));
