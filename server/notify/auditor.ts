import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import { foldCalls } from '../../pipelines/5-respond/climb-calls.ts';
import { chainAt } from '../../pipelines/5-respond/who-is-on-duty.ts';
import type { ChannelBook } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { DeliveryBook } from '../../pipelines/ports/delivery-book.ts';
import type { DutyBook } from '../../pipelines/ports/duty-book.ts';
import { SteadyAlarm, type Steady } from './steady-alarm.ts';

export interface AuditorParts {
  readonly duty: DutyBook;
  readonly deliveries: DeliveryBook;
  readonly channels: ChannelBook;
  readonly clock: Clock;
  readonly steady: Steady;
  readonly about: (incident: IncidentId) => Pick<Notice, 'title' | 'place' | 'region' | 'lifeAtRisk'> | undefined;
  /** The newest alert of the desk, and the newest that was read. */
  readonly fed: () => { readonly last: number; readonly read: number };
  readonly log: { warn(message: string): void };
}

const DAY = 86_400_000;
const LOOKED_AT = 1_000;
/** How late a step may be before it counts as missed. */
const GRACE = 20_000;
/** How long an alert may lie unread. */
const UNREAD_GRACE = 30_000;

/**
 * Looks after the caller, by another book than the caller's timers: what happened to each incident says which step must come, and
 * when. A step that has no timer, or was not taken in time, is taken now, and told by another way than the call goes.
 */
export class Auditor {
  readonly #parts: AuditorParts;
  readonly #alarm: SteadyAlarm;
  #unread: { readonly read: number; readonly since: number } | undefined;
  /** When it last looked, wall clock; null before. */
  lookedAt: number | null = null;

  constructor(parts: AuditorParts) {
    this.#parts = parts;
    this.#alarm = new SteadyAlarm(parts.steady);
  }

  round(): void {
    const { duty, clock } = this.#parts;
    const now = clock.now();
    const rules = duty.rules();
    const timers = new Map(duty.timers().map((timer) => [timer.incident, timer]));
    const seen = new Set<string>();
    for (const incident of duty.incidents(now - 7 * DAY, LOOKED_AT)) {
      const state = foldCalls(duty.events(incident), rules);
      if (state?.dueAt === null || state === undefined) continue;
      seen.add(incident);
      const most = state.state === 'deferred' ? DAY : rules.waitMinutes * 60_000;
      const late = this.#alarm.lateBy(incident, state.dueAt, now, most);
      const timer = timers.get(incident);
      if (timer !== undefined && late <= GRACE) continue;
      // A timer that is gone is missed at once; one that is set again keeps its time where that lies ahead.
      const dueAt = late >= 0 ? now : state.dueAt;
      const why = timer === undefined ? '呼叫的定时丢了' : `呼叫晚了${Math.round(late / 1_000)}秒`;
      const notices = this.#tell(incident, state.step, `${why}，已补上第${state.step + 1}步`, now);
      duty.record(
        [{ act: 'missed', incident, at: now, step: state.step }],
        { incident, step: state.step, dueAt },
        notices,
        now,
      );
      this.#parts.log.warn(`值班核对：${incident} ${why}`);
    }
    this.#alarm.keep(seen);
    this.#lookAtFeed(now);
    this.lookedAt = now;
  }

  /** A timer of a file of an incident was found missed (jobs/audit-timers.ts): told by a way of its own, once an id. */
  report(incident: IncidentId, id: string, says: string): void {
    const { clock, deliveries, about } = this.#parts;
    const now = clock.now();
    const channel = this.#otherThan(undefined);
    const notice = { ...this.#notice(`audit-${id}`, says, now), ...about(incident), incident };
    if (channel !== undefined) deliveries.enqueue([{ channel, notice, dueAt: now }], now);
  }

  /** Alerts that nobody reads are calls that nobody begins. */
  #lookAtFeed(now: number): void {
    const { fed, steady, deliveries, log } = this.#parts;
    const { last, read } = fed();
    if (read >= last) {
      this.#unread = undefined;
      return;
    }
    if (this.#unread?.read !== read) this.#unread = { read, since: steady() };
    if (steady() - this.#unread.since < UNREAD_GRACE) return;
    const notice = this.#notice(`audit-unread-${read}`, `有${last - read}条预警${UNREAD_GRACE / 1_000}秒没有转发`, now);
    const channel = this.#otherThan(undefined);
    if (channel !== undefined) deliveries.enqueue([{ channel, notice, dueAt: now }], now);
    log.warn(`值班核对：${last - read} 条预警没有转发`);
  }

  #tell(
    incident: IncidentId,
    step: number,
    says: string,
    now: number,
  ): { channel: string; notice: Notice; dueAt: number }[] {
    const { duty, about } = this.#parts;
    const chain = chainAt(duty.shifts(), duty.rules().leads, now);
    const channel = this.#otherThan(chain[Math.min(step, chain.length - 1)]?.channel);
    if (channel === undefined) return [];
    const notice = { ...this.#notice(`audit-${incident}-${step}`, says, now), ...about(incident), incident };
    return [{ channel, notice, dueAt: now }];
  }

  /** The channel of the auditor's own, else any that the call does not take. */
  #otherThan(taken: string | undefined): string | undefined {
    const { auditChannel } = this.#parts.duty.rules();
    const open = this.#parts.channels.list().filter(({ paused }) => !paused);
    if (auditChannel !== null && auditChannel !== taken && open.some(({ id }) => id === auditChannel))
      return auditChannel;
    return (open.find(({ id }) => id !== taken) ?? open[0])?.id;
  }

  #notice(id: string, says: string, now: number): Notice {
    return {
      ...{ id, kind: 'audit', at: now, thread: id, incident: null, region: null, rung: null, incidentKind: null },
      ...{ lifeAtRisk: false, title: '值班呼叫', place: '', says: [says], due: null, path: 'oncall' },
    };
  }
}
