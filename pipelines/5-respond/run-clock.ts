import type { ClockStart } from '../domain/case-event.ts';
import type { CaseState, ClockStop } from '../domain/case-state.ts';
import type { AnswerClock } from '../domain/suggestion.ts';
import type { CaseTimer, TimerKind } from '../ports/timer-book.ts';
import { pendingHandoffTimers } from './run-handoff-clock.ts';

const MINUTE = 60_000;
/** 61号: a press conference within 24 h where the first word is due within 5. */
const BRIEFING_MS = 24 * 60 * MINUTE;
/** Only 特别重大·重大 has a first word due in hours and a briefing after it; both by the same start. */
const BRIEFED_AT_MOST = 5 * 60;
const LIFE_AT_RISK = 15;
/** Of the clock's length, what whoever takes over has until the tier above them does: the citizen has waited it out once already. */
const TAKEOVER_SHARE = 0.5;

/** Whose move it is until when: the clock's own span at first, half of it for each tier that takes over. */
export interface Turn {
  /** What counts for it came after this seq. */
  readonly after: number;
  readonly from: number;
  readonly dueAt: number;
}

/** 时限: one file's countdown. Times are epoch ms. */
export interface RunningClock {
  readonly rule: string;
  readonly minutes: number;
  readonly start: ClockStart;
  readonly startAt: number;
  readonly halfAt: number;
  readonly eightyAt: number;
  readonly dueAt: number;
  /** The turn that runs now; absent once nobody stands above who let the last one run out. */
  readonly turn?: Turn;
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
  const turn = turnOf(state, startAt, length);
  return {
    rule: clock.rule,
    minutes: clock.minutes,
    start: state.start,
    startAt,
    halfAt: startAt + length / 2,
    eightyAt: startAt + length * 0.8,
    dueAt: startAt + length,
    ...(turn === undefined ? {} : { turn }),
    ...(graded && clock.minutes > LIFE_AT_RISK && clock.minutes <= BRIEFED_AT_MOST
      ? { briefingAt: startAt + BRIEFING_MS }
      : {}),
    ...(met === undefined ? {} : { stoppedAt: met.at, stoppedBy: met.by }),
  };
}

/** How long whoever has it may take, ms: the clock's length at first, half of it once it was taken over. */
export const turnLength = (length: number, isTaken: boolean): number => (isTaken ? length * TAKEOVER_SHARE : length);

function turnOf(state: CaseState, startAt: number, length: number): Turn | undefined {
  const last = state.overdue.findLast(({ seq }) => seq > state.round.seq);
  if (last === undefined) return { after: state.round.seq, from: startAt, dueAt: startAt + length };
  if (last.next === null) return undefined;
  return { after: last.seq, from: last.from, dueAt: last.from + turnLength(length, true) };
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

/** What is still to fire in a file, soonest first: of the clock of the whole file, and of the hand-offs that have minutes of their own. */
export const pendingTimers = (state: CaseState, clock: RunningClock): readonly CaseTimer[] =>
  [...turnTimers(state, clock), ...pendingHandoffTimers(state)].sort((a, b) => a.at - b.at);

/**
 * Of this turn, soonest first: at half of it, at four fifths, at its end, and so on with the next tier's. Where a later one has fired,
 * the earlier are past: nobody is reminded that half the time is gone when all of it is. A reminder needs somebody who has the ball.
 */
function turnTimers(state: CaseState, clock: RunningClock): readonly CaseTimer[] {
  const { turn } = clock;
  if (clock.stoppedAt !== undefined || turn === undefined) return [];
  const length = turn.dueAt - turn.from;
  const reminded = (kind: TimerKind): boolean =>
    state.reminded.some(({ when, seq }) => when === kind && seq > turn.after);
  const timers: CaseTimer[] = [];
  const set = (kind: TimerKind, at: number): number => timers.push({ incident: state.incident, kind, at });
  if (state.court.account !== null) {
    if (!reminded('half') && !reminded('eighty')) set('half', turn.from + length / 2);
    if (!reminded('eighty')) set('eighty', turn.from + length * 0.8);
  }
  set('due', turn.dueAt);
  return timers;
}
