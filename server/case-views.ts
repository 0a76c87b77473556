import type { Account } from '../pipelines/domain/account.ts';
import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { CaseState, Handoff } from '../pipelines/domain/case-state.ts';
import type { AllowedAct } from '../pipelines/5-respond/list-acts.ts';
import type { RunningClock } from '../pipelines/5-respond/run-clock.ts';
import { tellActor, tellEvent } from '../pipelines/5-respond/tell-event.ts';
import type {
  CaseFileRow,
  ClockRow,
  FileBrief,
  FileEventRow,
  HandoffRow,
  Named,
  WordRow,
} from './contract/case-file.ts';

/** Files as the contract shows them. Pure; names of accounts are looked up here. */
export type AccountOf = (id: string) => Account | undefined;

const MINUTE = 60_000;
const iso = (time: number): string => new Date(time).toISOString();
const isoOrNull = (time: number | undefined): string | null => (time === undefined ? null : iso(time));

export const nameIn =
  (accountOf: AccountOf) =>
  (id: string): string =>
    accountOf(id)?.name ?? id;

export const named = (id: string, accountOf: AccountOf): Named => ({ account: id, name: nameIn(accountOf)(id) });
const namedOrNull = (id: string | null, accountOf: AccountOf): Named | null =>
  id === null ? null : named(id, accountOf);

export const clockRow = (state: CaseState, clock: RunningClock): ClockRow => ({
  rule: clock.rule,
  minutes: clock.minutes,
  start: clock.start,
  starts: {
    firstSeen: iso(state.starts.firstSeen),
    firstPost: iso(state.starts.firstPost),
    notified: isoOrNull(state.starts.notified),
  },
  startAt: iso(clock.startAt),
  half: iso(clock.halfAt),
  eighty: iso(clock.eightyAt),
  due: iso(clock.dueAt),
  briefing: isoOrNull(clock.briefingAt),
  stopped: isoOrNull(clock.stoppedAt),
  ...(clock.stoppedBy === undefined ? {} : { stoppedBy: clock.stoppedBy }),
  ...(clock.stoppedAt !== undefined || clock.turn === undefined || clock.turn.after === state.round.seq
    ? {}
    : { passesOn: iso(clock.turn.dueAt) }),
});

export const fileBrief = (state: CaseState, clock: RunningClock, accountOf: AccountOf): FileBrief => ({
  seq: state.seq,
  status: state.status,
  since: iso(state.since),
  owner: namedOrNull(state.owner, accountOf),
  court: namedOrNull(state.court.account, accountOf),
  courtSince: iso(state.court.since),
  clock: clockRow(state, clock),
  overdue: state.overdue.some(({ seq }) => seq > state.round.seq),
  acknowledgedBy: state.acknowledged === undefined ? null : tellActor(state.acknowledged.by, nameIn(accountOf)),
  refusals: state.handoffs.filter(({ refused }) => refused !== undefined).length,
});

/** The text that belongs to an act, apart from the sentence that tells it. */
function textOf(event: CaseEvent): { readonly text?: string; readonly link?: string } {
  switch (event.act) {
    case 'answered':
    case 'relayed':
    case 'supplemented':
    case 'corrected': {
      const { text, link } = event.word;
      return { text, ...(link === undefined ? {} : { link }) };
    }
    case 'acknowledged':
    case 'citizenSaid':
      return event.comment === undefined ? {} : { text: event.comment };
    case 'commented':
      return { text: event.comment };
    case 'factsGiven':
    case 'claimDrafted':
      return { text: event.text };
    default:
      return {};
  }
}

/** Oldest first; what was taken back stays, marked. */
export function fileEvents(events: readonly CaseEvent[], accountOf: AccountOf): FileEventRow[] {
  const undone = new Set(events.flatMap((event) => (event.act === 'undone' ? [event.of] : [])));
  const nameOf = nameIn(accountOf);
  return events.map((event) => ({
    seq: event.seq,
    act: event.act,
    at: iso(event.at),
    ...(event.keptAt - event.at < MINUTE ? {} : { arrived: iso(event.keptAt) }),
    by: tellActor(event.by, nameOf),
    byKind: event.by.kind,
    said: tellEvent(event, nameOf),
    ...(event.why === undefined ? {} : { why: event.why }),
    ...textOf(event),
    ...(undone.has(event.seq) ? { undone: true } : {}),
  }));
}

export const handoffRow = (handoff: Handoff, accountOf: AccountOf): HandoffRow => ({
  seq: handoff.seq,
  ...named(handoff.account, accountOf),
  public: accountOf(handoff.account)?.public ?? false,
  mode: handoff.mode,
  ...(handoff.dispatched ? { dispatched: true as const } : {}),
  from: namedOrNull(handoff.from, accountOf),
  at: iso(handoff.at),
  due: isoOrNull(handoff.asked?.due),
  state: handoff.state,
  ...(handoff.why === undefined ? {} : { why: handoff.why }),
  acceptedAt: isoOrNull(handoff.accepted?.at),
  refused:
    handoff.refused === undefined
      ? null
      : { at: iso(handoff.refused.at), next: named(handoff.refused.next, accountOf), why: handoff.refused.why ?? '' },
  decided: handoff.decided,
  endedAt: isoOrNull(handoff.endedAt),
});

const wordRow = ({ seq, kind, word, of }: CaseState['words'][number], accountOf: AccountOf): WordRow => ({
  seq,
  kind,
  account: named(word.account, accountOf),
  text: word.text,
  ...(word.link === undefined ? {} : { link: word.link }),
  publishedAt: iso(word.publishedAt),
  ...(of === undefined ? {} : { of }),
});

export interface FileParts {
  readonly state: CaseState;
  readonly clock: RunningClock;
  readonly events: readonly CaseEvent[];
  readonly allowed: readonly AllowedAct[];
  /** Who takes over once the turn that runs now is over. */
  readonly next: string | null;
}

export function caseFileRow({ state, clock, events, allowed, next }: FileParts, accountOf: AccountOf): CaseFileRow {
  const { overridden, closed } = state;
  return {
    incident: state.incident,
    brief: fileBrief(state, clock, accountOf),
    grade: state.grade,
    handoffs: state.handoffs.map((handoff) => handoffRow(handoff, accountOf)),
    words: state.words.map((word) => wordRow(word, accountOf)),
    facts: state.facts.map(({ account, text, at }) => ({ account: named(account, accountOf), text, at: iso(at) })),
    supervisors: state.supervisors.map((id) => named(id, accountOf)),
    overridden:
      overridden === undefined
        ? null
        : {
            chosen: named(overridden.chosen, accountOf),
            why: overridden.why ?? '',
            by: tellActor(overridden.by, nameIn(accountOf)),
            at: iso(overridden.at),
          },
    dispatched: state.dispatched.map(({ to, at, plea }) => ({
      to: to.map((id) => named(id, accountOf)),
      at: iso(at),
      plea,
    })),
    ...(clock.stoppedAt !== undefined || clock.turn === undefined
      ? {}
      : { passesOn: { at: iso(clock.turn.dueAt), to: namedOrNull(next, accountOf) } }),
    voices: {
      solved: state.voices.filter(({ solved }) => solved).length,
      unsolved: state.voices.filter(({ solved }) => !solved).length,
    },
    closed:
      closed === undefined
        ? null
        : { outcome: closed.outcome, at: iso(closed.at), ...(closed.why === undefined ? {} : { why: closed.why }) },
    public:
      state.public === undefined
        ? null
        : { title: state.public.title, ...(state.public.line === undefined ? {} : { line: state.public.line }) },
    round: state.round.n,
    allowed: allowed.map(({ act, ok, because }) => ({ act, ok, ...(because === undefined ? {} : { because }) })),
    events: fileEvents(events, accountOf),
  };
}
