import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { Matrix } from './matrix.ts';
import { findDispute } from './settle-dispute.ts';

/** What the rules add at once to an act that was just done; `state` is the file with it. Kept in the same commit. */
export function followAct(state: CaseState, supervisors: readonly string[], matrix: Matrix): CaseDraft[] {
  const { act, at } = state.last;
  const nameOf = (id: string): string => matrix.byId.get(id)?.name ?? id;
  if (act === 'refused') {
    const dispute = findDispute(state, supervisors, matrix);
    if (dispute === undefined) return [];
    const [one, other] = dispute.between;
    const by = { kind: 'rule', rule: '来回推诿' } as const;
    const lead = `来回推诿：${nameOf(one)}与${nameOf(other)}互相退回`;
    const { settledBy } = dispute;
    if (settledBy === null)
      return [{ act: 'commented', comment: `${lead}，矩阵中没有共同上级，请线下报上级裁定`, at, by }];
    const why = `${lead}，由共同上级${nameOf(settledBy)}接下并裁定，不再退回`;
    return [
      { act: 'assigned', account: settledBy, mode: 'assign', at, by, why },
      { act: 'supervised', account: settledBy, at, by, why },
    ];
  }
  const voice = state.voices.at(-1);
  if (act === 'citizenSaid' && voice?.solved === false)
    return [
      { act: 'reopened', at, by: { kind: 'rule', rule: '群众说没解决' }, why: '群众在公开页上说没解决，重新办理' },
    ];
  return [];
}
