import type { CaseDraft, CaseEvent } from '../pipelines/domain/case-event.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import type { AnswerCase, Suggestion } from '../pipelines/domain/suggestion.ts';
import { sameActor, type Refusal } from '../pipelines/5-respond/act-context.ts';
import { findSupervisors } from '../pipelines/5-respond/find-supervisors.ts';
import { foldCase, foldOn } from '../pipelines/5-respond/fold-case.ts';
import { followAct } from '../pipelines/5-respond/follow-act.ts';
import { knownFrom } from '../pipelines/5-respond/known-from.ts';
import { mayAct } from '../pipelines/5-respond/may-act.ts';
import type { Matrix } from '../pipelines/5-respond/matrix.ts';
import { alertCase } from '../pipelines/5-respond/raise-alert.ts';
import { pendingTimers, runClock, type RunningClock } from '../pipelines/5-respond/run-clock.ts';
import { accountsIn } from '../pipelines/5-respond/shared-with.ts';
import { suggestTakeover } from '../pipelines/5-respond/suggest-takeover.ts';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { CaseTimer, TimerBook } from '../pipelines/ports/timer-book.ts';

/** Who is on duty may change with the quarter of an hour. */
const quarterOf = (now: number): number => Math.floor(now / 900_000);

/** Called after events are on disk, oldest first, with the state they led to. */
export type CaseListener = (events: readonly CaseEvent[], state: CaseState) => void;

export type Acted =
  | { readonly kept: readonly CaseEvent[]; readonly state: CaseState }
  /** Somebody was quicker; what came since `expected`. */
  | { readonly meanwhile: readonly CaseEvent[] }
  | { readonly refused: NonNullable<Refusal> }
  | { readonly missing: true };

export interface CaseDeskParts {
  readonly book: CaseBook;
  readonly timers: TimerBook;
  readonly clock: Clock;
  readonly matrix: () => Matrix;
  /** By the matrix in force, the hours on duty of this moment and names people know. */
  readonly suggest?: (theCase: AnswerCase) => Suggestion;
  readonly incident: (id: IncidentId) => Incident | undefined;
}

interface Advised {
  readonly key: string;
  readonly matrix: Matrix;
  readonly suggestion: Suggestion;
}

const PAGE = 2_000;

/**
 * The files of incidents as they stand, in memory over the book on disk: every change is written first and folded then. One process
 * writes, so what is here is what is there; `expected` is what tells two people apart who looked at the same moment.
 */
export class CaseDesk {
  readonly #parts: CaseDeskParts;
  readonly #states = new Map<IncidentId, CaseState>();
  readonly #shared = new Map<string, Set<IncidentId>>();
  readonly #advised = new Map<IncidentId, Advised>();
  readonly #minutes = new Map<IncidentId, number>();
  readonly #listeners = new Set<CaseListener>();

  constructor(parts: CaseDeskParts) {
    this.#parts = parts;
    const files = new Map<IncidentId, CaseEvent[]>();
    for (let n = 0; ;) {
      const page = parts.book.after(n, PAGE);
      for (const { event } of page) {
        const file = files.get(event.incident);
        if (file === undefined) files.set(event.incident, [event]);
        else file.push(event);
      }
      if (page.length < PAGE) break;
      n = page.at(-1)!.n;
    }
    const timers = new Map<IncidentId, readonly CaseTimer[]>();
    for (const [id, events] of files) {
      const state = foldCase(events);
      if (state === undefined) continue;
      this.#hold(state);
      timers.set(id, this.#timersOf(state));
    }
    // Whatever a kill left between an act and its timers is made good here.
    parts.timers.set(timers);
  }

  listen(listener: CaseListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(id: IncidentId): CaseState | undefined {
    return this.#states.get(id);
  }

  events(id: IncidentId): readonly CaseEvent[] {
    return this.#parts.book.events(id);
  }

  states(): Iterable<CaseState> {
    return this.#states.values();
  }

  /** Incidents that a hand-off, the ball or supervision shares with an account's people. */
  sharedWith(account: string): ReadonlySet<IncidentId> {
    return this.#shared.get(account) ?? new Set();
  }

  /** What the rules say now, with what people know. */
  suggestion(incident: Incident, state = this.#states.get(incident.id)): Suggestion {
    const matrix = this.#parts.matrix();
    const { rung, region, duty, kind, urgent, lifeAtRisk, title } = incident;
    const known = state === undefined ? {} : knownFrom(state);
    const key = JSON.stringify([
      rung,
      region,
      duty,
      kind,
      urgent,
      lifeAtRisk,
      title,
      known,
      quarterOf(this.#parts.clock.now()),
    ]);
    const held = this.#advised.get(incident.id);
    if (held?.key === key && held.matrix === matrix) return held.suggestion;
    const suggestion = (this.#parts.suggest ?? ((theCase) => suggestTier(theCase, matrix)))(alertCase(incident, known));
    this.#advised.set(incident.id, { key, matrix, suggestion });
    return suggestion;
  }

  /** Who takes the file over where nobody answers until its turn runs out; null where nobody stands above. */
  nextFor(incident: Incident, state: CaseState): string | null {
    const theCase = alertCase(incident, knownFrom(state));
    const { then } = suggestTakeover(theCase, state, this.#parts.matrix());
    return then.find(({ act }) => act === 'takeOver')?.account ?? null;
  }

  clockOf(state: CaseState, incident = this.#parts.incident(state.incident)): RunningClock | undefined {
    if (incident === undefined) return undefined;
    return runClock(state, this.suggestion(incident, state).clock, incident.lifeAtRisk, state.grade !== null);
  }

  /** Begins the file of an incident, once; follows what the detector says of it later. */
  follow(incident: Incident): void {
    const state = this.#states.get(incident.id);
    if (incident.state === 'merged') {
      if (state !== undefined && state.status !== 'closed') this.#closeMerged(incident, state);
      return;
    }
    if (state === undefined) {
      if (incident.state === 'open') this.#raise(incident);
      return;
    }
    const { minutes } = this.suggestion(incident, state).clock;
    if (this.#minutes.get(incident.id) !== minutes) this.#setTimers([state]);
  }

  /**
   * One act of one actor, with what the rules add to it at once, all or nothing. A rule that reminded or marked what is overdue
   * meanwhile is nobody who was quicker: the act goes on top of it, where it is still allowed.
   */
  act(id: IncidentId, expected: number, draft: CaseDraft): Acted {
    const incident = this.#parts.incident(id);
    const state = this.#states.get(id);
    if (incident === undefined) return { missing: true };
    if (state !== undefined && this.#isKept(id, draft)) return { kept: [], state };
    const seen = state?.seq ?? 0;
    if (seen !== expected) {
      const meanwhile = this.events(id).filter(({ seq }) => seq > expected);
      if (expected > seen || meanwhile.some(({ by }) => by.kind !== 'rule')) return { meanwhile };
    }
    const matrix = this.#parts.matrix();
    const now = this.#parts.clock.now();
    const refused = mayAct(state, draft, {
      account: (each) => matrix.byId.get(each),
      lifeAtRisk: incident.lifeAtRisk,
      now,
    });
    if (refused !== undefined) return { refused };
    const after = foldCase([...this.events(id), { ...draft, incident: id, seq: seen + 1, keptAt: now }]);
    const follows = after === undefined ? [] : followAct(after, findSupervisors(alertCase(incident), matrix), matrix);
    return this.#append(id, seen, [draft, ...follows]);
  }

  /** The answer to an act may be lost on its way to a phone, which then sends it again. */
  #isKept(id: IncidentId, { key, by }: CaseDraft): boolean {
    return key !== undefined && this.events(id).some((event) => event.key === key && sameActor(event.by, by));
  }

  /** Many files at once, by rule: one commit. Where somebody was quicker, that file is left as it is. */
  appendAll(writes: readonly { readonly state: CaseState; readonly drafts: readonly CaseDraft[] }[]): void {
    const answers = this.#parts.book.appendAll(
      writes.map(({ state, drafts }) => ({ incident: state.incident, expected: state.seq, drafts })),
    );
    const changed: CaseState[] = [];
    for (const [at, answer] of answers.entries()) {
      const state = 'kept' in answer ? this.#refold(writes[at]!.state.incident, answer.kept) : undefined;
      if (state !== undefined) changed.push(state);
    }
    this.#setTimers(changed);
    for (const [at, answer] of answers.entries())
      if ('kept' in answer) this.#tell(answer.kept, writes[at]!.state.incident);
  }

  #raise(incident: Incident): void {
    const now = this.#parts.clock.now();
    this.#append(incident.id, 0, [
      {
        act: 'raised',
        starts: { firstPost: incident.firstPostAt, firstSeen: Math.max(incident.openedAt, now) },
        suggested: this.suggestion(incident).first,
        at: now,
        by: { kind: 'rule', rule: '立档' },
        why: incident.steps[0]?.because[0] ?? '发现新事件',
      },
    ]);
  }

  #closeMerged(incident: Incident, state: CaseState): void {
    const into = incident.into === undefined ? undefined : this.#parts.incident(incident.into);
    this.#append(incident.id, state.seq, [
      {
        act: 'closed',
        outcome: 'duplicate',
        at: this.#parts.clock.now(),
        by: { kind: 'rule', rule: '并案' },
        why: `并入“${into?.title ?? incident.into ?? '另一事件'}”，在那里继续办理`,
      },
    ]);
  }

  #append(id: IncidentId, expected: number, drafts: readonly CaseDraft[]): Acted {
    const answer = this.#parts.book.append(id, expected, drafts);
    if ('meanwhile' in answer) return answer;
    const state = this.#refold(id, answer.kept);
    if (state === undefined) return { missing: true };
    this.#setTimers([state]);
    this.#tell(answer.kept, id);
    return { kept: answer.kept, state };
  }

  #refold(id: IncidentId, kept: readonly CaseEvent[]): CaseState | undefined {
    const before = this.#states.get(id);
    const state = (before && foldOn(before, kept)) ?? foldCase(this.#parts.book.events(id));
    if (state !== undefined) this.#hold(state);
    return state;
  }

  #hold(state: CaseState): void {
    const id = state.incident;
    const before = this.#states.get(id);
    const now = accountsIn(state);
    if (before !== undefined)
      for (const account of accountsIn(before)) if (!now.has(account)) this.#shared.get(account)?.delete(id);
    for (const account of now) {
      const files = this.#shared.get(account);
      if (files === undefined) this.#shared.set(account, new Set([id]));
      else files.add(id);
    }
    this.#states.set(id, state);
  }

  #timersOf(state: CaseState): readonly CaseTimer[] {
    const clock = this.clockOf(state);
    if (clock === undefined) return [];
    this.#minutes.set(state.incident, clock.minutes);
    return pendingTimers(state, clock);
  }

  #setTimers(states: readonly CaseState[]): void {
    this.#parts.timers.set(new Map(states.map((state) => [state.incident, this.#timersOf(state)])));
  }

  #tell(events: readonly CaseEvent[], id: IncidentId): void {
    const state = this.#states.get(id);
    if (state !== undefined) for (const listener of this.#listeners) listener(events, state);
  }
}
