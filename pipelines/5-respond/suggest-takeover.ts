import type { CaseState } from '../domain/case-state.ts';
import type { AnswerCase, Suggestion } from '../domain/suggestion.ts';
import { tookOver } from './known-from.ts';
import type { Matrix } from './matrix.ts';
import { suggestTier } from './suggest-tier.ts';

/**
 * 接管: what the rules say once the turn of whoever has a file is over. Tier after tier up to the top of the matrix, and nobody twice.
 * Where the next by the rule is who has the file already, because a person gave it to them, it goes on above them.
 */
export function suggestTakeover(theCase: AnswerCase, state: CaseState, matrix: Matrix): Suggestion {
  const had = [...tookOver(state)];
  for (;;) {
    const suggestion = suggestTier({ ...theCase, overdue: true, tookOver: had }, matrix);
    const next = suggestion.then.find(({ act }) => act === 'takeOver')?.account;
    if (next === undefined || next !== state.court.account) return suggestion;
    had.push(next);
  }
}
