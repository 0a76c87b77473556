import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import type { AnswerCase, Grade, NextAct } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import type { FirstChoice } from './choose-first.ts';
import { answers, chooseFirst } from './choose-first.ts';
import type { Local } from './find-local.ts';
import type { Matrix } from './matrix.ts';

/** 特别重大·重大: the government's own office coordinates at the tier of the first responder; for 特别重大 its head leads (61号). */
export function leadGrave(
  grade: Grade | undefined,
  first: Account,
  local: Local,
): { acts: NextAct[]; because: string[] } {
  if (grade !== '特别重大' && grade !== '重大') return { acts: [], because: [] };
  const because = grade === '特别重大' ? ['特别重大：由同级政府主要负责人牵头回应（61号）'] : [];
  const office = local.withDuty('综合').find((account) => tierRank(account.tier) >= tierRank(first.tier));
  if (office === undefined || office.id === first.id) return { acts: [], because };
  return {
    acts: [
      {
        account: office.id,
        act: 'coordinate',
        because: `${grade}：由本级政府办公厅（室）${office.name}会同宣传部门协调（61号）`,
      },
    ],
    because,
  };
}

/**
 * 涉国务院重大政策: a department of the State Council speaks first (61号). Where the matrix has none, nobody of ours speaks before it: what
 * people ask is gathered and reported upward, and its word is relayed when it comes.
 */
export function leadPolicy(
  theCase: AnswerCase,
  duties: readonly Duty[],
  local: Local,
  matrix: Matrix,
): { choice: FirstChoice; acts: NextAct[] } {
  const national = (account: Account): boolean => account.tier === 'nation' && answers(account);
  const own = duties.length === 0 ? local.withDuty('综合') : local.withDuty(...duties);
  const voice = own.find(national);
  if (voice !== undefined)
    return {
      choice: { first: voice, below: false, because: [`国务院重大政策：由国务院主管部门${voice.name}首发（61号）`] },
      acts: [],
    };
  const collects = chooseFirst(duties, theCase.spread, local, matrix).first;
  const top = [...own, ...local.withDuty('综合')]
    .filter(({ id }) => id !== collects?.id)
    .sort((a, b) => tierRank(b.tier) - tierRank(a.tier))[0];
  const acts: NextAct[] = [];
  if (collects !== null)
    acts.push({
      account: collects.id,
      act: 'giveFacts',
      because: `国务院重大政策：${collects.name}汇总群众关切并上报，国务院主管部门发布后转发`,
    });
  if (top !== undefined)
    acts.push({
      account: top.id,
      act: 'inform',
      because: `国务院重大政策：报告${top.name}，由它逐级上报`,
    });
  return {
    choice: {
      first: null,
      below: false,
      because: ['国务院重大政策：由国务院主管部门首发（61号），它不在本矩阵中；先逐级上报，待其发布后转发，不抢先解读'],
    },
    acts,
  };
}
