import type { Account } from '../domain/account.ts';
import { VERTICAL_DUTIES, type Duty } from '../domain/duty.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { TIER_NAMES, tierRank, type Tier } from '../domain/tier.ts';
import type { RegionCode } from '../domain/region.ts';
import { answers, chainAbove, chooseFirst } from './choose-first.ts';
import { findLocal, type Local } from './find-local.ts';
import type { SayRegion } from './find-place.ts';
import type { Matrix } from './matrix.ts';

interface Parts {
  readonly acts: NextAct[];
  readonly because: string[];
}

/** 多部门: each department answers its part, in agreed words; the general account of the first one's tier coordinates, else the first itself. */
export function shareByDuty(duties: readonly Duty[], first: Account, rung: Tier, local: Local, matrix: Matrix): Parts {
  if (duties.length < 2) return { acts: [], because: [] };
  const office = local
    .withDuty('综合')
    .filter((account) => tierRank(account.tier) >= tierRank(first.tier))
    .find((account) => account.tier === first.tier);
  const lead = office ?? first;
  const acts: NextAct[] = [
    {
      account: lead.id,
      act: 'coordinate',
      because: `多部门：涉及${duties.join('、')}，由${lead.name}协调，口径一致${office === undefined ? '（本级没有综合账号，由首发单位牵头）' : ''}`,
    },
  ];
  const because = [`多部门：${duties.join('、')}各按职责回应，${lead.name}协调`];
  for (const duty of duties) {
    if (first.duties.includes(duty)) continue;
    const owner =
      local.withDuty(duty).find((account) => tierRank(account.tier) >= tierRank(rung)) ?? local.withDuty(duty).at(-1);
    if (owner === undefined) {
      because.push(`首接负责：矩阵中没有主管${duty}的账号，这一部分由${lead.name}接下并负责转清`);
      continue;
    }
    acts.push({ account: owner.id, act: 'giveFacts', because: `多部门：${owner.name}提供${duty}方面的事实` });
    const voice = answers(owner) ? owner : (chooseFirst([duty], rung, local, matrix).first ?? first);
    acts.push({
      account: voice.id,
      act: 'replyPublicly',
      because:
        voice === owner
          ? `多部门：${owner.name}就${duty}方面公开答复，口径与${first.name}一致`
          : `公开答复：${owner.name}没有公开账号，${duty}方面由${voice.name}公开答复`,
    });
  }
  return { acts, because };
}

/** 垂直管理: the same department one tier up coordinates. */
export function coordinateVertically(
  duties: readonly Duty[],
  first: Account,
  chain: readonly Account[],
  local: Local,
): Parts {
  const acts: NextAct[] = [];
  const because: string[] = [];
  for (const duty of duties.filter((word) => VERTICAL_DUTIES.includes(word) && first.duties.includes(word))) {
    const above = (account: Account): boolean =>
      account.duties.includes(duty) && tierRank(account.tier) > tierRank(first.tier);
    const upper = chain.find(above) ?? local.withDuty(duty).find(above);
    if (upper === undefined) because.push(`垂直管理：${duty}由上级部门协调，其上级不在矩阵中，请线下报告`);
    else {
      acts.push({
        account: upper.id,
        act: 'coordinate',
        because: `垂直管理：${duty}实行垂直管理，由上级部门${upper.name}协调`,
      });
      because.push(`垂直管理：${duty}由上级部门${upper.name}协调（61号）`);
    }
  }
  return { acts, because };
}

/** 多地: the account of the lowest common region speaks first, each place answers its own part. */
export function shareByPlace(
  theCase: AnswerCase,
  duties: readonly Duty[],
  first: Account,
  matrix: Matrix,
  say: SayRegion,
): Parts {
  const places = [...new Set(theCase.regions ?? [])];
  if (places.length < 2) return { acts: [], because: [] };
  const acts: NextAct[] = [];
  const because = [
    `多地：涉及${places.map(say).join('、')}，由共同上级的账号${first.name}（${TIER_NAMES[first.tier]}级）先回应，各地按属地补充（61号）`,
  ];
  for (const place of places) {
    const own = findLocal(theCase, place, matrix);
    if (!own.below(first.tier))
      because.push(`多地：${say(place)}没有自己的账号，本地部分由${first.name}一并说明，或转告当地`);
    const { first: voice } = chooseFirst(duties, 'village', own, matrix);
    if (voice === null || voice.id === first.id || tierRank(voice.tier) >= tierRank(first.tier)) continue;
    acts.push({
      account: voice.id,
      act: 'giveFacts',
      because: `多地：${voice.name}按属地提供本地（${say(place)}）的事实`,
    });
    acts.push({
      account: voice.id,
      act: 'replyPublicly',
      because: `多地：${first.name}首发之后，${voice.name}按属地答复本地部分`,
    });
  }
  return { acts, because };
}

/** 多地 with nobody above them in this matrix: our own parts get their facts ready, and whoever is highest reports upward. */
export function prepareOwnParts(
  theCase: AnswerCase,
  duties: readonly Duty[],
  places: readonly RegionCode[],
  matrix: Matrix,
  say: SayRegion,
): NextAct[] {
  const acts: NextAct[] = [];
  let top: Account | undefined;
  for (const place of places) {
    const own = findLocal(theCase, place, matrix);
    const { first: voice } = chooseFirst(duties, 'village', own, matrix);
    if (voice === null) continue;
    acts.push({
      account: voice.id,
      act: 'giveFacts',
      because: `多地：${voice.name}准备本地（${say(place)}）的事实，等上级先回应`,
    });
    const above =
      [...chainAbove(voice, matrix, own), ...own.withDuty('综合')].sort(
        (a, b) => tierRank(b.tier) - tierRank(a.tier),
      )[0] ?? voice;
    if (top === undefined || tierRank(above.tier) > tierRank(top.tier)) top = above;
  }
  if (top !== undefined)
    acts.push({ account: top.id, act: 'inform', because: `多地：由${top.name}向共同上级报告，请上级主管部门先回应` });
  return acts;
}
