import type { CaseState, Handoff } from '../domain/case-state.ts';
import type { CaseTimer, TimerKind } from '../ports/timer-book.ts';
import { isOpen } from './fold-handoffs.ts';

/** 回传时限: the minutes that one hand-off was given, beside the clock of the whole file. */
const FOUR_FIFTHS = 0.8;

/**
 * What is still to fire of every open hand-off that was given minutes of its own: at half of them, at four fifths, at their end. It
 * runs until the unit has given its facts, answered, refused, or has it no more; accepting alone gives nothing back. A public answer
 * of another account does not stop it: the facts are still asked for. Once it is late nothing more fires.
 */
export function pendingHandoffTimers(state: CaseState): readonly CaseTimer[] {
  return state.handoffs
    .filter((each) => isOpen(each) && each.late === undefined)
    .flatMap((each) => timersOf(state, each));
}

function timersOf({ incident }: CaseState, { seq, asked, reminded }: Handoff): readonly CaseTimer[] {
  if (asked === undefined) return [];
  const length = asked.due - asked.from;
  const timer = (kind: TimerKind, at: number): CaseTimer => ({ incident, kind, at, handoff: seq });
  return [
    ...(reminded === undefined ? [timer('half', asked.from + length / 2)] : []),
    ...(reminded === 'eighty' ? [] : [timer('eighty', asked.from + length * FOUR_FIFTHS)]),
    timer('due', asked.due),
  ];
}
