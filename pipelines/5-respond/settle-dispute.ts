import type { CaseState } from '../domain/case-state.ts';
import type { Matrix } from './matrix.ts';

/** 来回推诿: two units that sent a case to and fro, and who settles it. */
export interface Dispute {
  readonly between: readonly [string, string];
  readonly settledBy: string | null;
}

/**
 * A refusal that names one who has refused it already in this round, or who had just transferred it here (A→B→A). It goes up to
 * their nearest common upper in the parent chain; where they have none, to who supervises.
 */
export function findDispute(state: CaseState, supervisors: readonly string[], matrix: Matrix): Dispute | undefined {
  const last = state.handoffs.findLast(
    ({ refused }) => refused?.seq === state.last.seq && state.last.act === 'refused',
  );
  const next = last?.refused?.next;
  if (last === undefined || next === undefined) return undefined;
  const earlier = state.handoffs.some(
    ({ account, refused }) => account === next && refused !== undefined && refused.seq > state.round.seq,
  );
  const sentBack = last.mode === 'transfer' && last.from === next;
  if (!earlier && !sentBack) return undefined;
  const others = new Set([last.account, next]);
  const above = new Set(chain(next, matrix));
  const common = chain(last.account, matrix).find((id) => above.has(id) && !others.has(id));
  const settledBy = common ?? supervisors.find((id) => !others.has(id)) ?? null;
  return { between: [next, last.account], settledBy };
}

/** Its uppers, nearest first; ends at a loop or a missing parent. */
function chain(id: string, matrix: Matrix): string[] {
  const found: string[] = [];
  const seen = new Set([id]);
  for (let at = matrix.byId.get(id)?.parent; at !== undefined && !seen.has(at); at = matrix.byId.get(at)?.parent) {
    seen.add(at);
    if (matrix.byId.has(at)) found.push(at);
  }
  return found;
}
