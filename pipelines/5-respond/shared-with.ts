import type { CaseState } from '../domain/case-state.ts';
import { isOpen } from './fold-handoffs.ts';

/** The accounts whose people see this file wherever it lies: who has the ball, who answers for it, who was asked and has not yet done, who supervises. */
export function accountsIn(state: CaseState): ReadonlySet<string> {
  const held = [state.owner, state.court.account].filter((id) => id !== null);
  const asked = state.handoffs.filter(isOpen).map(({ account }) => account);
  return new Set([...held, ...asked, ...state.supervisors]);
}
