import type { CaseEvent } from '../domain/case-event.ts';
import type { CaseState, CaseStatus, Done, WordKind } from '../domain/case-state.ts';
import {
  acceptHandoff,
  answerHandoff,
  dispatchTo,
  endHandoffs,
  giveBack,
  lateHandoff,
  openHandoff,
  refuseHandoff,
  remindHandoff,
  setBackHandoffs,
} from './fold-handoffs.ts';

/**
 * 事件档案的现状: the state of one file as the fold of its events, oldest first; undefined where there is none, since a file begins
 * with `raised`. Total: an act that fits nothing (a confirmation of a draft nobody wrote) changes nothing but `seq`.
 */
export function foldCase(events: readonly CaseEvent[]): CaseState | undefined {
  const first = events[0];
  if (first?.act !== 'raised') return undefined;
  const undone = new Set(events.flatMap((event) => (event.act === 'undone' ? [event.of] : [])));
  let state = begin(first);
  for (const event of events.slice(1)) {
    if (event.act !== 'undone' && !undone.has(event.seq)) state = step(state, event);
    state = { ...state, seq: event.seq };
  }
  return state;
}

/** The state with events that came after it; the same as folding the whole file anew. Undefined where one takes another back: then it has to be. */
export function foldOn(state: CaseState, events: readonly CaseEvent[]): CaseState | undefined {
  let next = state;
  for (const event of events) {
    if (event.act === 'undone') return undefined;
    next = { ...step(next, event), seq: event.seq };
  }
  return next;
}

const done = ({ seq, at, by, why }: CaseEvent): Done => ({ seq, at, by, ...(why === undefined ? {} : { why }) });

function begin(raised: CaseEvent & { readonly act: 'raised' }): CaseState {
  return {
    incident: raised.incident,
    seq: raised.seq,
    status: 'raised',
    since: raised.at,
    owner: raised.suggested,
    court: { account: raised.suggested, since: raised.at },
    starts: raised.starts,
    start: 'firstSeen',
    suggested: raised.suggested,
    overrides: 0,
    grade: null,
    comments: [],
    handoffs: [],
    facts: [],
    words: [],
    reminded: [],
    overdue: [],
    supervisors: [],
    dispatched: [],
    contactShown: [],
    claims: [],
    joints: [],
    voices: [],
    round: { n: 1, seq: 0 },
    last: { ...done(raised), act: 'raised', keptAt: raised.keptAt },
  };
}

/** What was kept later stands before the beginning of the last turn: the clock was set back, and the turn began by then at the latest. */
function setBack(before: CaseState, { keptAt }: CaseEvent): CaseState {
  const state = setBackHandoffs(before, keptAt);
  const last = state.overdue.at(-1);
  if (last === undefined || last.from <= keptAt) return state;
  return { ...state, overdue: [...state.overdue.slice(0, -1), { ...last, from: keptAt }] };
}

function step(earlier: CaseState, event: CaseEvent): CaseState {
  const before = setBack(earlier, event);
  const how = done(event);
  const state: CaseState = { ...before, last: { ...how, act: event.act, keptAt: event.keptAt } };
  const to = (status: CaseStatus): Pick<CaseState, 'status' | 'since'> =>
    state.status === status ? { status, since: state.since } : { status, since: event.at };
  switch (event.act) {
    case 'raised':
    case 'undone':
      return before;
    case 'acknowledged': {
      const comment = event.comment === undefined ? {} : { comment: event.comment };
      const begun = state.status === 'raised' || state.status === 'reopened' ? to('acknowledged') : {};
      return { ...state, ...begun, acknowledged: { ...how, ...comment } };
    }
    case 'commented':
      return { ...state, comments: [...state.comments, { ...how, comment: event.comment }] };
    case 'graded':
      return { ...state, grade: event.grade };
    case 'clockChosen':
      return { ...state, start: event.start, startChosen: how };
    case 'notified':
      // The first telling is the start: telling again gives nobody more time.
      return state.starts.notified === undefined
        ? { ...state, starts: { ...state.starts, notified: event.at } }
        : state;
    case 'overridden':
      return {
        ...state,
        owner: event.chosen,
        court: { account: event.chosen, since: event.at },
        overridden: { ...how, suggested: event.suggested, chosen: event.chosen },
        overrides: state.overrides + 1,
      };
    case 'assigned':
      return { ...openHandoff(state, event, how), ...to('assigned') };
    case 'accepted':
      return { ...acceptHandoff(state, event.account, how), ...to('assigned') };
    case 'refused':
      return { ...refuseHandoff(state, event.account, event.next, how), ...to('assigned') };
    case 'factsGiven':
      return giveBack(
        { ...state, facts: [...state.facts, { ...how, account: event.account, text: event.text }] },
        event,
      );
    case 'answered':
      return { ...answerHandoff(said(state, event.act, event, how), event.word.account, event.at), ...to('answered') };
    case 'relayed':
    case 'supplemented':
    case 'corrected':
      return said(state, event.act, event, how);
    case 'reminded':
      if (event.handoff !== undefined) return remindHandoff(state, event.handoff, event.when);
      return { ...state, reminded: [...state.reminded, { ...how, account: event.account, when: event.when }] };
    case 'late':
      return lateHandoff(state, event.handoff, how);
    case 'overdue': {
      const late = { ...how, account: event.account, next: event.next, from: event.keptAt };
      const told = { ...state, overdue: [...state.overdue, late] };
      if (event.next === null) return told;
      return {
        ...endHandoffs(told, 'taken', event.at),
        owner: event.next,
        court: { account: event.next, since: event.at },
      };
    }
    case 'supervised':
      return { ...state, supervisors: [...new Set([...state.supervisors, event.account])] };
    case 'dispatched':
      return {
        ...dispatchTo(state, event.to, how),
        ...to('assigned'),
        dispatched: [...state.dispatched, { ...how, to: event.to, plea: event.plea }],
      };
    case 'contactShown':
      return { ...state, contactShown: [...state.contactShown, { ...how, to: event.to, plea: event.plea }] };
    case 'claimDrafted': {
      const { claim, text, evidence, sources } = event;
      const draft = event.draft === undefined ? {} : { draft: event.draft };
      return { ...state, claims: [...state.claims, { ...how, claim, text, evidence, sources, ...draft }] };
    }
    case 'jointPlanned':
      return {
        ...state,
        joints: [...state.joints, { ...how, title: event.title, layers: event.layers, declined: [] }],
      };
    case 'jointDeclined':
      return {
        ...state,
        joints: state.joints.map((plan) =>
          plan.seq === event.plan
            ? { ...plan, declined: [...plan.declined, { ...how, account: event.account }] }
            : plan,
        ),
      };
    case 'claimConfirmed':
    case 'claimRejected': {
      const word = event.act === 'claimConfirmed' ? 'confirmed' : 'rejected';
      return {
        ...state,
        claims: state.claims.map((draft) => (draft.seq === event.draft ? { ...draft, [word]: how } : draft)),
      };
    }
    case 'publicShown': {
      const line = event.line === undefined ? {} : { line: event.line };
      return { ...state, public: { ...how, title: event.title, ...line } };
    }
    case 'publicHidden': {
      const { public: _public, ...hidden } = state;
      return hidden;
    }
    case 'citizenSaid': {
      const comment = event.comment === undefined ? {} : { comment: event.comment };
      return { ...state, voices: [...state.voices, { ...how, solved: event.solved, ...comment }] };
    }
    case 'closed':
      return {
        ...endHandoffs(state, 'answered', event.at),
        ...to('closed'),
        court: { account: null, since: event.at },
        closed: { ...how, outcome: event.outcome },
      };
    case 'reopened': {
      const { closed: _closed, acknowledged: _acknowledged, ...open } = endHandoffs(state, 'moved', event.at);
      return {
        ...open,
        ...to('reopened'),
        court: { account: state.owner, since: event.at },
        round: { n: state.round.n + 1, seq: event.seq, from: event.at },
      };
    }
  }
}

function said(
  state: CaseState,
  kind: WordKind,
  event: Extract<CaseEvent, { readonly word: unknown }>,
  how: Done,
): CaseState {
  const of = event.act === 'answered' ? {} : { of: event.of };
  return { ...state, words: [...state.words, { ...how, kind, word: event.word, ...of }] };
}
