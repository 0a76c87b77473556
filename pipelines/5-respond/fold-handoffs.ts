import type { CaseEvent, ReminderKind } from '../domain/case-event.ts';
import type { CaseState, Done, Handoff, HandoffState } from '../domain/case-state.ts';

/** The hand-offs of a file and whose court the ball is in. Pure parts of fold-case.ts. */

/** True while the ball may still come from it. */
export const isOpen = (handoff: Handoff): boolean => handoff.endedAt === undefined;

/** The open hand-off of an account, newest first. */
export const openOf = (state: CaseState, account: string): Handoff | undefined =>
  state.handoffs.findLast((handoff) => handoff.account === account && isOpen(handoff));

/** 交办 and 转办 move the ball; 吹哨 asks several and leaves it where it is, with whoever whistled. */
export function openHandoff(
  state: CaseState,
  event: Extract<CaseEvent, { readonly act: 'assigned' }>,
  how: Done,
): CaseState {
  const whistle = event.mode === 'whistle';
  const from = state.court.account;
  const before = whistle ? state : endHandoffs(state, 'moved', event.at, (other) => other.mode !== 'whistle');
  const handoff: Handoff = {
    ...how,
    account: event.account,
    mode: event.mode,
    from,
    // From when it was kept: an act that came in late from a phone takes nothing from the unit's time.
    ...(event.minutes === undefined
      ? {}
      : { asked: { from: event.keptAt, due: event.keptAt + event.minutes * 60_000 } }),
    state: 'open',
    decided: how.by.kind === 'rule',
  };
  return {
    ...before,
    handoffs: [...before.handoffs, handoff],
    court: whistle ? state.court : { account: event.account, since: event.at },
  };
}

/** 派警: each of them is asked at once, and the ball is with the first. */
export function dispatchTo(state: CaseState, to: readonly string[], how: Done): CaseState {
  const from = state.court.account;
  const fresh = to.filter((account) => openOf(state, account) === undefined);
  const asked = fresh.map((account): Handoff => {
    return { ...how, account, mode: 'whistle', dispatched: true, from, state: 'open', decided: false };
  });
  const court = { account: to[0] ?? from, since: how.at };
  return { ...state, handoffs: [...state.handoffs, ...asked], court };
}

/** Whoever accepts owns it; of several that were whistled together, each its own part. */
export function acceptHandoff(state: CaseState, account: string, how: Done): CaseState {
  const open = openOf(state, account);
  const handoffs = state.handoffs.map((each) =>
    each === open ? { ...each, state: 'accepted' as const, accepted: how } : each,
  );
  if (open?.mode === 'whistle' && state.court.account !== account) return { ...state, handoffs };
  const since = state.court.account === account ? state.court.since : how.at;
  return { ...state, handoffs, owner: account, court: { account, since } };
}

/** The ball goes on to the account that the refusal names. Until somebody accepts, who received it first stays answerable. */
export function refuseHandoff(state: CaseState, account: string, next: string, how: Done): CaseState {
  const open = openOf(state, account);
  const refused = { state: 'refused' as const, refused: { ...how, next }, endedAt: how.at };
  // Who was never handed it refuses what the rule gave it.
  const own: Handoff = open ?? {
    ...how,
    account,
    mode: 'assign',
    from: null,
    state: 'open',
    decided: false,
  };
  const kept = open === undefined ? [...state.handoffs, own] : state.handoffs;
  const mode = own.mode === 'whistle' ? 'whistle' : 'transfer';
  const to: Handoff = { ...how, account: next, mode, from: account, state: 'open', decided: false };
  const asked = openOf(state, next) === undefined ? [to] : [];
  return {
    ...state,
    handoffs: [...kept.map((each) => (each === own ? { ...own, ...refused } : each)), ...asked],
    court: mode === 'whistle' ? state.court : { account: next, since: how.at },
  };
}

/** Facts were given: the unit's part is done and the ball goes back to whoever asked for them and replies in public. */
export function giveBack(state: CaseState, event: Extract<CaseEvent, { readonly act: 'factsGiven' }>): CaseState {
  const open = openOf(state, event.account);
  const handoffs = state.handoffs.map((each) =>
    each === open ? { ...each, state: 'answered' as const, endedAt: event.at } : each,
  );
  if (state.court.account !== event.account) return { ...state, handoffs };
  const asker = open?.from ?? state.owner;
  const owner = state.owner === event.account ? asker : state.owner;
  return { ...state, handoffs, owner, court: { account: asker, since: event.at } };
}

/** The account has answered: its hand-off is done, it owns what it said and follows it to the end. */
export function answerHandoff(state: CaseState, account: string, at: number): CaseState {
  const open = openOf(state, account);
  return {
    ...state,
    handoffs: state.handoffs.map((each) => (each === open ? { ...each, state: 'answered', endedAt: at } : each)),
    owner: account,
    court: { account, since: at },
  };
}

export function remindHandoff(state: CaseState, seq: number, when: ReminderKind): CaseState {
  return when === 'asked' ? state : amend(state, seq, (handoff) => ({ ...handoff, reminded: when }));
}

/** Its own minutes are over; the ball stays where it is. */
export const lateHandoff = (state: CaseState, seq: number, late: Done): CaseState =>
  amend(state, seq, (handoff) => ({ ...handoff, late }));

const amend = (state: CaseState, seq: number, change: (handoff: Handoff) => Handoff): CaseState => ({
  ...state,
  handoffs: state.handoffs.map((each) => (each.seq === seq && each.asked !== undefined ? change(each) : each)),
});

/** Minutes that were said to begin after `keptAt` began then: the clock was set back. */
export function setBackHandoffs(state: CaseState, keptAt: number): CaseState {
  const isAhead = ({ asked, endedAt }: Handoff): boolean =>
    asked !== undefined && endedAt === undefined && asked.from > keptAt;
  if (!state.handoffs.some(isAhead)) return state;
  return {
    ...state,
    handoffs: state.handoffs.map((each) =>
      each.asked !== undefined && isAhead(each)
        ? { ...each, asked: { from: keptAt, due: keptAt + each.asked.due - each.asked.from } }
        : each,
    ),
  };
}

/** Ends every open hand-off that passes. */
export function endHandoffs(
  state: CaseState,
  to: HandoffState,
  at: number,
  passes: (handoff: Handoff) => boolean = () => true,
): CaseState {
  if (!state.handoffs.some((each) => isOpen(each) && passes(each))) return state;
  return {
    ...state,
    handoffs: state.handoffs.map((each) => (isOpen(each) && passes(each) ? { ...each, state: to, endedAt: at } : each)),
  };
}
