import type { CaseState } from '../domain/case-state.ts';
import type { Refusal } from '../domain/suggestion.ts';
import { isOpen } from './fold-handoffs.ts';
import type { KnownToPeople } from './raise-alert.ts';

/** What the file says to suggest-tier: who has answered, who was handed it, who gave it back, whether time is up, the grade. */
export function knownFrom(state: CaseState): KnownToPeople {
  const { round } = state;
  const words = state.words.filter(({ seq }) => seq > round.seq);
  const answer = words.find(({ kind }) => kind === 'answered');
  const others = new Set(answer === undefined ? [] : words.map(({ word }) => word.account));
  others.delete(answer?.word.account ?? '');
  const handed = state.handoffs.findLast((each) => isOpen(each) && each.mode !== 'whistle');
  const overdue = answer === undefined && state.overdue.some(({ seq }) => seq > round.seq);
  const took = tookOver(state);
  const isTop = state.overdue.at(-1)?.next === null;
  const refusals = refusalsOf(state);
  return {
    ...(answer === undefined ? {} : { answeredBy: answer.word.account }),
    ...(others.size === 0 ? {} : { alsoAnswered: [...others] }),
    ...(handed === undefined ? {} : { handedTo: handed.account }),
    ...(refusals.length === 0 ? {} : { refusals }),
    ...(overdue ? { overdue, tookOver: isTop ? took : took.slice(0, -1) } : {}),
    ...(state.grade === null ? {} : { grade: state.grade }),
  };
}

/** Who has taken it over in this round, oldest first; the last of them has it now. */
export const tookOver = ({ overdue, round }: CaseState): readonly string[] =>
  overdue.flatMap(({ seq, next }) => (seq > round.seq && next !== null ? [next] : []));

/**
 * Refusals of this round that still stand, oldest first. Who was asked for a part by 吹哨 refuses that part and not the case. What was
 * refused and then given back to the same account by a person or by the decision of a dispute is no longer refused; being named by
 * another refusal gives nothing back.
 */
function refusalsOf({ handoffs, overridden, round }: CaseState): Refusal[] {
  const passedOn = new Set(handoffs.map(({ refused }) => refused?.seq));
  const given = handoffs.filter(({ seq, refused }) => refused === undefined && !passedOn.has(seq));
  const standing = handoffs.flatMap(({ account, mode, refused }) => {
    if (refused === undefined || mode === 'whistle' || refused.seq <= round.seq) return [];
    const isGivenAnew =
      given.some((each) => each.account === account && each.seq > refused.seq) ||
      (overridden?.chosen === account && overridden.seq > refused.seq);
    return isGivenAnew ? [] : [{ account, refused }];
  });
  standing.sort((a, b) => a.refused.seq - b.refused.seq);
  return standing.map(({ account, refused: { next, why } }) => ({
    ...{ account, next },
    ...(why === undefined ? {} : { why }),
  }));
}
