import type { Account } from '../domain/account.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import { chainAbove } from './choose-first.ts';
import type { Local } from './find-local.ts';
import type { Matrix } from './matrix.ts';

const CUES =
  '轻生 自杀 自尽 跳楼 跳河 跳桥 割腕 不想活 活不下去 结束生命 遗书 被困 被埋 走失 走丢 失踪 失联 溺水 落水 救命 昏迷 窒息 煤气中毒 一氧化碳中毒'.split(
    ' ',
  );
/** The words stand there, but nobody is in danger now. */
const OVER = '防溺水 预防溺水 防走失 防自杀 获救 脱困 脱险 已找到 已经找到 找到了 平安回家 演练 演习 虚惊'.split(' ');

export interface Danger {
  readonly atRisk: boolean;
  /** What it was judged by, in words; empty where nobody is in danger. */
  readonly because: string;
}

/**
 * Life at risk: said so by whoever handed in the case; else an urgent plea; else a cue word in a plea, an accident, a disaster or anything
 * urgent. Rumors and questions are not dispatched on a word alone.
 */
export function findDanger(theCase: AnswerCase): Danger {
  if (theCase.lifeAtRisk !== undefined)
    return { atRisk: theCase.lifeAtRisk, because: theCase.lifeAtRisk ? '已判明有人处于危险之中' : '' };
  if (theCase.urgent && theCase.kind === '求助') return { atRisk: true, because: '紧急求助' };
  const text = theCase.text ?? '';
  const cue = CUES.find((word) => text.includes(word));
  const mayBe = theCase.urgent || theCase.kind === '求助' || theCase.kind === '事故' || theCase.kind === '灾害';
  if (cue === undefined || !mayBe || OVER.some((word) => text.includes(word))) return { atRisk: false, because: '' };
  return { atRisk: true, because: `文中有“${cue}”` };
}

/**
 * The nearest town-level police station, with or without a public account, and the command centre, at once and whatever the rung; those
 * above the station are informed. Other rescuers follow by duty.
 */
export function dispatchRescue(
  theCase: AnswerCase,
  danger: Danger,
  local: Local,
  matrix: Matrix,
): { acts: NextAct[]; because: string[] } {
  const acts: NextAct[] = [];
  const because = [`危及生命：${danger.because}，不论影响到哪一级，立即派警`];
  const police = local.withDuty('公安');
  const station =
    police.find((account) => account.tier === 'town') ??
    police.find((account) => tierRank(account.tier) > tierRank('town')) ??
    police[0];
  if (station === undefined) because.push('危及生命：矩阵中没有管辖该地的公安账号，请立即拨打 110');
  else
    acts.push({
      account: station.id,
      act: 'dispatch',
      because: `危及生命：${danger.because}，${station.name}是最近的${station.tier === 'town' ? '派出所一级' : ''}公安单位，立即出警`,
    });
  const centres = local.withDuty('紧急');
  const centre = centres.find((account) => tierRank(account.tier) >= tierRank('county')) ?? centres.at(-1);
  if (centre === undefined) because.push('危及生命：矩阵中没有管辖该地的指挥中心，请直接拨打 110');
  else if (centre.id !== station?.id)
    acts.push({
      account: centre.id,
      act: 'dispatch',
      because: `危及生命：同时通知指挥中心${centre.name}，由其调度`,
    });
  for (const duty of ['消防', '卫健', '应急'] as const) {
    const rescuer = theCase.duty.includes(duty) ? local.withDuty(duty)[0] : undefined;
    if (rescuer !== undefined && !acts.some((act) => act.account === rescuer.id))
      acts.push({ account: rescuer.id, act: 'dispatch', because: `危及生命：涉及${duty}，通知${rescuer.name}到场` });
  }
  for (const upper of informedAbove(station, police, matrix, local))
    if (!acts.some((act) => act.account === upper.id))
      acts.push({ account: upper.id, act: 'inform', because: `危及生命：派警的同时向上告知${upper.name}` });
  return { acts, because };
}

function informedAbove(
  station: Account | undefined,
  police: readonly Account[],
  matrix: Matrix,
  local: Local,
): readonly Account[] {
  if (station === undefined) return [];
  const chain = chainAbove(station, matrix, local);
  if (chain.length > 0) return chain;
  const next = police.find((account) => tierRank(account.tier) > tierRank(station.tier));
  return next === undefined ? [] : [next];
}
