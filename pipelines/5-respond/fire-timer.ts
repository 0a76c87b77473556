import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { CaseTimer } from '../ports/timer-book.ts';

const MINUTE = 60_000;

/**
 * What the timers of one file that are due together add to it. Hand-offs first, since whoever takes over ends them; their reminders
 * are left out then, as the ball is gone.
 */
export function fireTimers(
  state: CaseState,
  due: readonly CaseTimer[],
  suggested: Suggestion,
  supervisors: readonly string[],
  now: number,
): CaseDraft[] {
  const whole = due.find(({ handoff }) => handoff === undefined);
  const own = due.flatMap((timer) =>
    timer.handoff === undefined || (whole?.kind === 'due' && timer.kind !== 'due')
      ? []
      : fireHandoff(state, timer, now),
  );
  return whole === undefined ? own : [...own, ...fireTimer(state, whole, suggested, supervisors, now)];
}

/** The unit that was given minutes is reminded of them, and marked late once they are over. The ball stays with it. */
function fireHandoff(state: CaseState, { kind, handoff: seq }: CaseTimer, now: number): CaseDraft[] {
  const handoff = state.handoffs.find((each) => each.seq === seq && each.asked !== undefined);
  if (handoff?.asked === undefined) return [];
  const { account, asked } = handoff;
  const about = { account, handoff: handoff.seq, at: now } as const;
  if (kind === 'due') {
    const minutes = Math.round((asked.due - asked.from) / MINUTE);
    const over = Math.floor((now - asked.due) / MINUTE);
    const why = `到时没有回传${over > 0 ? `（晚记${over}分钟）` : ''}；时限由交办人定，球仍在该单位`;
    return [{ ...about, act: 'late', minutes, by: { kind: 'rule', rule: '回传超时' }, why }];
  }
  const rule = kind === 'half' ? '回传时限过半' : '回传时限已过八成';
  return [{ ...about, act: 'reminded', when: kind, by: { kind: 'rule', rule }, why: `${rule}，还没有回传` }];
}

/**
 * What a timer of the whole file's clock adds to it. A reminder goes to whoever has the ball. When the time is up, the ball goes to the
 * account that `suggested` (suggest-takeover.ts) has take over, and the nearest of `supervisors` beside them is told.
 */
function fireTimer(
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
