import type { CaseState } from '../domain/case-state.ts';
import { isOpen } from './fold-handoffs.ts';
import type { KnownToPeople } from './raise-alert.ts';

/** What the file says to suggest-tier: who has answered, who was handed it, whether time is up, the grade. */
export function knownFrom(state: CaseState): KnownToPeople {
  const { round } = state;
  const answer = state.words.find(({ kind, seq }) => kind === 'answered' && seq > round.seq);
  const handed = state.handoffs.findLast((each) => isOpen(each) && each.mode !== 'whistle');
  const overdue = answer === undefined && state.overdue.some(({ seq }) => seq > round.seq);
  return {
    ...(answer === undefined ? {} : { answeredBy: answer.word.account }),
    ...(handed === undefined ? {} : { handedTo: handed.account }),
    ...(overdue ? { overdue } : {}),
    ...(state.grade === null ? {} : { grade: state.grade }),
  };
}
