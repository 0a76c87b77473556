import type { CaseState } from '../domain/case-state.ts';
import type { IncidentId } from '../domain/incident.ts';
import { turnLength } from './run-clock.ts';

const MINUTE = 60_000;

/** One account's turn to answer one incident: what every rate counts. Times are epoch ms. */
export interface Charge {
  readonly incident: IncidentId;
  readonly account: string;
  readonly from: number;
  /** By when; the hand-off's own limit, else the incident's clock. */
  readonly due: number;
  /** The first public answer of this round, whoever published it: the citizen has been answered. */
  readonly answeredAt: number | null;
  readonly closedAt: number | null;
  /** It ran out and the tier above took over: overdue for this account, whatever came after. */
  readonly taken: boolean;
}

/** A file with the limit that its clock set. */
export interface ClockedFile {
  readonly state: CaseState;
  readonly minutes: number;
}

/**
 * Whose turn it was: the account that has the file now, and before it those that let it run out. Who handed it on in time, or refused
 * and named the next, has no turn to answer for.
 */
export function chargesOf({ state, minutes }: ClockedFile): readonly Charge[] {
  const began = state.round.from ?? state.starts[state.start] ?? state.starts.firstSeen;
  const limit = minutes * MINUTE;
  const answer = state.words.find(({ kind, seq }) => kind === 'answered' && seq > state.round.seq);
  const answeredAt = answer === undefined ? null : answer.word.publishedAt;
  const closedAt = state.closed?.at ?? null;
  const charges: Charge[] = [];
  let from = began;
  let isTaken = false;
  for (const late of state.overdue) {
    // Nobody took over: it is still this account's, and stands below as open and overdue.
    if (late.seq <= state.round.seq || late.account === null || late.next === null) continue;
    const due = Math.min(late.at, from + turnLength(limit, isTaken));
    charges.push({
      ...{ incident: state.incident, account: late.account, from, due },
      ...{ answeredAt: null, closedAt: null, taken: true },
    });
    from = late.from;
    isTaken = true;
  }
  // Whose first answer stands has answered for it, also where another published beside it later.
  const owner = answer?.word.account ?? state.owner;
  if (owner === null) return charges;
  const handed = state.handoffs.findLast(
    ({ account, seq, asked }) => account === owner && seq > state.round.seq && asked !== undefined,
  );
  charges.push({
    ...{
      incident: state.incident,
      account: owner,
      from: handed?.at ?? from,
      due: handed?.asked?.due ?? from + turnLength(limit, isTaken),
    },
    ...{ answeredAt, closedAt, taken: false },
  });
  return charges;
}
