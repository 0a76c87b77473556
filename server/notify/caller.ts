import type { CallEvent, PagingRules } from '../../pipelines/domain/duty-roster.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import { callAt, foldCalls, type CallState } from '../../pipelines/5-respond/climb-calls.ts';
import { chainAt } from '../../pipelines/5-respond/who-is-on-duty.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Enqueue } from '../../pipelines/ports/delivery-book.ts';
import type { DutyBook } from '../../pipelines/ports/duty-book.ts';
import { SteadyAlarm, type Steady } from './steady-alarm.ts';

export interface CallerParts {
  readonly duty: DutyBook;
  readonly clock: Clock;
  readonly steady: Steady;
  /** What is known of an incident now, to be put in a call. */
  readonly about: (incident: IncidentId) => Omit<Notice, 'id' | 'kind' | 'at' | 'says'> | undefined;
}

const DAY = 86_400_000;

/**
 * Calls out for an incident: the first on duty, and after some minutes without anybody taking it over the next, and so on. Each step is
 * kept in one commit with its timer and its message, so a kill at any moment loses none and doubles none.
 */
export class Caller {
  readonly #parts: CallerParts;
  readonly #alarm: SteadyAlarm;

  constructor(parts: CallerParts) {
    this.#parts = parts;
    this.#alarm = new SteadyAlarm(parts.steady);
  }

  /** Begins to call, where that is switched on and it has not been begun. */
  begin(incident: IncidentId, title: string, urgent: boolean): void {
    const { duty, clock } = this.#parts;
    if (!duty.rules().on || duty.events(incident).length > 0) return;
    const now = clock.now();
    duty.record([{ act: 'began', incident, at: now, urgent, title }], { incident, step: 0, dueAt: now }, [], now);
  }

  /** True while people are being called for it, or will be. */
  isCalling(incident: IncidentId): boolean {
    const { duty } = this.#parts;
    const state = foldCalls(duty.events(incident), duty.rules());
    return state !== undefined && state.state !== 'taken' && state.state !== 'closed';
  }

  /** Somebody took it over: nobody else is called. False where nobody was being called. */
  take(incident: IncidentId, by: string): boolean {
    return this.#end(incident, (at) => ({ act: 'taken', incident, at, by }));
  }

  /** It is over, or was never ours. */
  close(incident: IncidentId, because: string): boolean {
    return this.#end(incident, (at) => ({ act: 'closed', incident, at, because }));
  }

  #end(incident: IncidentId, event: (at: number) => CallEvent): boolean {
    const { duty, clock } = this.#parts;
    if (!this.isCalling(incident)) return false;
    const now = clock.now();
    duty.record([event(now)], null, [], now);
    return true;
  }

  /** Takes every step that is due. */
  round(): void {
    const { duty, clock } = this.#parts;
    const rules = duty.rules();
    const timers = duty.timers();
    this.#alarm.keep(new Set(timers.map(({ incident }) => incident)));
    for (const { incident, step, dueAt } of timers) {
      const now = clock.now();
      // No step is further off than one wait, but a call put off for the night.
      const state = foldCalls(duty.events(incident), rules);
      const most = state?.state === 'deferred' ? DAY : rules.waitMinutes * 60_000;
      if (this.#alarm.lateBy(`${incident}`, dueAt, now, most) < 0) continue;
      if (state === undefined || state.dueAt === null)
        duty.record([{ act: 'closed', incident, at: now, because: '无需呼叫' }], null, [], now);
      else this.#step(incident, { ...state, step }, rules, now);
    }
  }

  #step(incident: IncidentId, state: CallState, rules: PagingRules, now: number): void {
    const { duty } = this.#parts;
    const { step } = state;
    const next = callAt(state, chainAt(duty.shifts(), rules.leads, now), rules, now);
    switch (next.act) {
      case 'defer':
        return duty.record(
          [{ act: 'deferred', incident, at: now, until: next.until }],
          { incident, step, dueAt: next.until },
          [],
          now,
        );
      case 'nobody': {
        const says = step === 0 ? '现在没有人值班，也没有负责人可呼叫' : '值班与负责人都呼过了，无人接手';
        return duty.record(
          [{ act: 'nobody', incident, at: now, step }],
          null,
          this.#tell(rules.auditChannel, incident, says, step, now),
          now,
        );
      }
      case 'call': {
        const says = [
          `值班：${next.member.name}，请打开并接手`,
          ...(step === 0 ? [] : [`已等${rules.waitMinutes * step}分，前面无人接手`]),
        ];
        const notice = this.#notice(incident, 'page', `page-${incident}-${step}`, says, now);
        return duty.record(
          [{ act: 'called', incident, at: now, step, member: next.member }],
          { incident, step: step + 1, dueAt: now + rules.waitMinutes * 60_000 },
          notice === undefined ? [] : [{ channel: next.member.channel, notice, dueAt: now }],
          now,
        );
      }
    }
  }

  #tell(channel: string | null, incident: IncidentId, says: string, step: number, now: number): Enqueue[] {
    const notice = this.#notice(incident, 'audit', `unanswered-${incident}-${step}`, [says], now);
    return channel === null || notice === undefined ? [] : [{ channel, notice, dueAt: now }];
  }

  /** A thread of its own: a call must not wait behind a message that is held for the morning. */
  #notice(
    incident: IncidentId,
    kind: 'page' | 'audit',
    id: string,
    says: readonly string[],
    now: number,
  ): Notice | undefined {
    const about = this.#parts.about(incident);
    return about === undefined
      ? undefined
      : { ...about, id, kind, at: now, says, thread: `call-${incident}`, path: 'oncall' };
  }
}
