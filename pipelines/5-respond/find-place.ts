import type { Duty } from '../domain/duty.ts';
import type { RegionCode } from '../domain/region.ts';
import type { AnswerCase } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import { answers, chooseFirst, type FirstChoice } from './choose-first.ts';
import { findLocal, type Local } from './find-local.ts';
import { commonRegion, type Matrix } from './matrix.ts';

/** A division in words; the code itself where nobody knows what it is called. */
export type SayRegion = (code: RegionCode) => string;

export type Where =
  | {
      readonly outside: RegionCode | null;
      /** Of several places, those that are ours all the same. */
      readonly own: readonly RegionCode[];
      readonly because: readonly string[];
    }
  | {
      readonly region: RegionCode | null;
      readonly local: Local;
      readonly unknown: boolean;
      readonly said: readonly string[];
    };

/** 属地: the place the rules work with, or why it is not ours. */
export function findPlace(theCase: AnswerCase, matrix: Matrix, say: SayRegion): Where {
  const places = [...new Set(theCase.regions ?? [])];
  const several = places.length > 1;
  const region = several ? (commonRegion(places) ?? null) : (theCase.region ?? places[0] ?? null);
  if (region === null && !several) {
    if (matrix.home === undefined)
      return {
        outside: null,
        own: [],
        because: ['属地：地点不明，又没有说明本地是哪里，无法确定由谁回应；请先判明地点，或用 --home 说明本地'],
      };
    const local = findLocal(theCase, matrix.home, matrix);
    return {
      region: matrix.home,
      local,
      unknown: true,
      said: [`属地：地点不明，按首接负责先由本地（${say(matrix.home)}）接下，判明地点后再转`],
    };
  }
  const local = findLocal(theCase, region, matrix);
  const named = region === null ? '跨省' : say(region);
  if (!local.ours || isElsewhere(theCase, region, matrix)) {
    const own = several ? places.filter((place) => findLocal(theCase, place, matrix).ours) : [];
    return {
      outside: region,
      own,
      because: [
        own.length > 0
          ? `多地：涉及${places.map(say).join('、')}，共同上级（${named}）不在本矩阵，应由上级政府的主管部门先回应（61号），请逐级报告；本地部分各按属地准备事实`
          : `属地：事发地${named}不在本矩阵任何账号的辖区内，不由我们回应，应转给当地（${named}）的账号`,
      ],
    };
  }
  return { region, local, unknown: false, said: [`属地：事发地${named}，只从辖区包含该地的账号中选`] };
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
export function receive(
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
