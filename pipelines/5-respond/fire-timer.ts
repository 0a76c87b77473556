import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { CaseTimer } from '../ports/timer-book.ts';

const MINUTE = 60_000;

/**
 * What a timer that fires adds to the file. A reminder goes to whoever has the ball. When the time is up, the ball goes to the
 * account that `suggested` (suggest-takeover.ts) has take over, and the nearest of `supervisors` beside them is told.
 */
export function fireTimer(
  state: CaseState,
  timer: CaseTimer,
  suggested: Suggestion,
  supervisors: readonly string[],
  now: number,
): CaseDraft[] {
  const account = state.court.account;
  if (timer.kind !== 'due') {
    if (account === null) return [];
    const rule = timer.kind === 'half' ? '时限过半' : '时限已过八成';
    return [
      { act: 'reminded', account, when: timer.kind, at: now, by: { kind: 'rule', rule }, why: `${rule}，还没有回应` },
    ];
  }
  const takeOver = suggested.then.find((next) => next.act === 'takeOver');
  const next = takeOver?.account ?? null;
  const late = Math.floor((now - timer.at) / MINUTE);
  const drafts: CaseDraft[] = [
    {
      act: 'overdue',
      account,
      next,
      at: now,
      by: { kind: 'rule', rule: '逾期接管' },
      why: takeOver?.because ?? `到期未回应${late > 0 ? `（晚记${late}分钟）` : ''}，没有可接管的上级账号，请线下报告`,
    },
  ];
  const watcher = supervisors.find((id) => id !== account && id !== next);
  if (watcher !== undefined && !state.supervisors.includes(watcher))
    drafts.push({
      act: 'supervised',
      account: watcher,
      at: now,
      by: { kind: 'rule', rule: '逾期督办' },
      why: '督办：逾期未回应，由督办单位盯到回应为止',
    });
  return drafts;
}
