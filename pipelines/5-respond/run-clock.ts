import type { ClockStart } from '../domain/case-event.ts';
import type { CaseState, ClockStop } from '../domain/case-state.ts';
import type { AnswerClock } from '../domain/suggestion.ts';
import type { CaseTimer, TimerKind } from '../ports/timer-book.ts';

const MINUTE = 60_000;
/** 61号: a press conference within 24 h where the first word is due within 5. */
const BRIEFING_MS = 24 * 60 * MINUTE;
/** Only 特别重大·重大 has a first word due in hours and a briefing after it; both by the same start. */
const BRIEFED_AT_MOST = 5 * 60;
const LIFE_AT_RISK = 15;

/** 时限: one file's countdown. Times are epoch ms. */
export interface RunningClock {
  readonly rule: string;
  readonly minutes: number;
  readonly start: ClockStart;
  readonly startAt: number;
  readonly halfAt: number;
  readonly eightyAt: number;
  readonly dueAt: number;
  /** The briefing that 特别重大·重大 also need. */
  readonly briefingAt?: number;
  /** When it was met: the first public answer, or for a life at risk the dispatch. Absent while it runs. */
  readonly stoppedAt?: number;
  /** What met it; absent while it runs. A dispatch is no public answer, and is never told as one. */
  readonly stoppedBy?: ClockStop;
}

/**
 * The clock of a file. A reopened file runs anew from its reopening. What was published elsewhere earlier counts from when it was
 * published, not from when it was registered.
 */
export function runClock(state: CaseState, clock: AnswerClock, lifeAtRisk: boolean, graded = false): RunningClock {
  const startAt = state.round.from ?? state.starts[state.start] ?? state.starts.firstSeen;
  const length = clock.minutes * MINUTE;
  const met = metAt(state, lifeAtRisk);
  return {
    rule: clock.rule,
    minutes: clock.minutes,
    start: state.start,
    startAt,
    halfAt: startAt + length / 2,
    eightyAt: startAt + length * 0.8,
    dueAt: startAt + length,
    ...(graded && clock.minutes > LIFE_AT_RISK && clock.minutes <= BRIEFED_AT_MOST
      ? { briefingAt: startAt + BRIEFING_MS }
      : {}),
    ...(met === undefined ? {} : { stoppedAt: met.at, stoppedBy: met.by }),
  };
}

function metAt(state: CaseState, lifeAtRisk: boolean): { readonly at: number; readonly by: ClockStop } | undefined {
  const thisRound = (seq: number): boolean => seq > state.round.seq;
  const answers = state.words.flatMap(({ kind, seq, word }) =>
    kind === 'answered' && thisRound(seq) ? [{ at: word.publishedAt, by: 'answered' as const }] : [],
  );
  const dispatches = state.dispatched.flatMap(({ seq, at }) =>
    lifeAtRisk && thisRound(seq) ? [{ at, by: 'dispatched' as const }] : [],
  );
  const [first] = [...answers, ...dispatches].sort((a, b) => a.at - b.at);
  if (first !== undefined) return first;
  return state.closed === undefined ? undefined : { at: state.closed.at, by: 'closed' };
}

/**
 * What is still to fire in this round, soonest first. Where a later one has fired, the earlier are past: nobody is reminded that half
 * the time is gone when all of it is. A reminder needs somebody who has the ball.
 */
export function pendingTimers(state: CaseState, clock: RunningClock): readonly CaseTimer[] {
  if (clock.stoppedAt !== undefined) return [];
  const now = (seq: number): boolean => seq > state.round.seq;
  if (state.overdue.some(({ seq }) => now(seq))) return [];
  const reminded = (kind: TimerKind): boolean => state.reminded.some(({ when, seq }) => when === kind && now(seq));
  const timers: CaseTimer[] = [];
  const set = (kind: TimerKind, at: number): number => timers.push({ incident: state.incident, kind, at });
  if (state.court.account !== null) {
    if (!reminded('half') && !reminded('eighty')) set('half', clock.halfAt);
    if (!reminded('eighty')) set('eighty', clock.eightyAt);
  }
  set('due', clock.dueAt);
  return timers;
}

/** Of the timers of one file that are due by now, the one that says where it stands. */
export const latestDue = (timers: readonly CaseTimer[], now: number): CaseTimer | undefined =>
  timers.findLast(({ at }) => at <= now);
