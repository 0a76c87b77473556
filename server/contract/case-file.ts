import Type, { type Static } from 'typebox';
import { CLOCK_STARTS, HANDOFF_MODES, OUTCOMES } from '../../pipelines/domain/case-event.ts';
import { CASE_STATUSES, CLOCK_STOPS } from '../../pipelines/domain/case-state.ts';
import { GRADES } from '../../pipelines/domain/suggestion.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The file of an incident as pages show it, and what they may add to it. Times are ISO 8601 in UTC. */

/** Account with the name people know it by. */
export const Named = Type.Object({ account: Type.String(), name: Type.String() }, strict);
export type Named = Static<typeof Named>;

export const ClockRow = Type.Object(
  {
    rule: Type.String(),
    minutes: Type.Number(),
    start: oneOf(CLOCK_STARTS),
    /** The three possible starts; `notified` is null until the responsible unit was told. */
    starts: Type.Object({ firstSeen: Time, firstPost: Time, notified: orNull(Time) }, strict),
    /** Where it runs from: the chosen start, or the last reopening. */
    startAt: Time,
    half: Time,
    eighty: Time,
    due: Time,
    briefing: orNull(Time),
    /** When it was met; null while it runs. */
    stopped: orNull(Time),
    /** What met it; absent while it runs. */
    stoppedBy: Type.Optional(oneOf(CLOCK_STOPS)),
    /** Overdue and taken over: when the next tier takes over from this one. Absent where nothing is overdue or nobody stands above. */
    passesOn: Type.Optional(Time),
  },
  strict,
);
export type ClockRow = Static<typeof ClockRow>;

/** What a list shows of a file. */
export const FileBrief = Type.Object(
  {
    /** Say it as `expected` when you act. */
    seq: Type.Integer(),
    status: oneOf(CASE_STATUSES),
    since: Time,
    owner: orNull(Named),
    /** Who has the ball, since when. */
    court: orNull(Named),
    courtSince: Time,
    clock: ClockRow,
    /** True once nobody answered in time in this round. */
    overdue: Type.Boolean(),
    acknowledgedBy: orNull(Type.String()),
    refusals: Type.Integer(),
  },
  strict,
);
export type FileBrief = Static<typeof FileBrief>;

/** One act as it reads, for people. */
export const FileEventRow = Type.Object(
  {
    seq: Type.Integer(),
    act: Type.String(),
    at: Time,
    /** When it came in, where that was a minute or more after it was done. */
    arrived: Type.Optional(Time),
    by: Type.String(),
    byKind: oneOf(['person', 'rule', 'unit', 'citizen'] as const),
    /** The act in one sentence. */
    said: Type.String(),
    why: Type.Optional(Type.String()),
    /** Text or comment that belongs to it. */
    text: Type.Optional(Type.String()),
    link: Type.Optional(Type.String()),
    /** Taken back by its author. */
    undone: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type FileEventRow = Static<typeof FileEventRow>;

export const HandoffRow = Type.Object(
  {
    ...{ seq: Type.Integer(), account: Type.String(), name: Type.String(), public: Type.Boolean() },
    mode: oneOf(HANDOFF_MODES),
    /** Asked by a dispatch; its mode is then whistle. */
    dispatched: Type.Optional(Type.Literal(true)),
    from: orNull(Named),
    at: Time,
    due: orNull(Time),
    state: oneOf(['open', 'accepted', 'refused', 'answered', 'moved', 'taken'] as const),
    why: Type.Optional(Type.String()),
    acceptedAt: orNull(Time),
    refused: orNull(Type.Object({ at: Time, next: Named, why: Type.String() }, strict)),
    decided: Type.Boolean(),
    endedAt: orNull(Time),
  },
  strict,
);
export type HandoffRow = Static<typeof HandoffRow>;

export const WordRow = Type.Object(
  {
    seq: Type.Integer(),
    kind: oneOf(['answered', 'relayed', 'supplemented', 'corrected'] as const),
    account: Named,
    text: Type.String(),
    link: Type.Optional(Type.String()),
    publishedAt: Time,
    of: Type.Optional(Type.Integer()),
  },
  strict,
);
export type WordRow = Static<typeof WordRow>;

export const CaseFileRow = Type.Object(
  {
    incident: Type.String(),
    brief: FileBrief,
    grade: orNull(oneOf(GRADES)),
    handoffs: Type.Array(HandoffRow),
    words: Type.Array(WordRow),
    facts: Type.Array(Type.Object({ account: Named, text: Type.String(), at: Time }, strict)),
    supervisors: Type.Array(Named),
    overridden: orNull(Type.Object({ chosen: Named, why: Type.String(), by: Type.String(), at: Time }, strict)),
    dispatched: Type.Array(Type.Object({ to: Type.Array(Named), at: Time, plea: Type.String() }, strict)),
    /** When this turn runs out without an answer, and who takes over then; `to` is null where nobody stands above. Absent once the clock is met, or nobody is left to pass it to. */
    passesOn: Type.Optional(Type.Object({ at: Time, to: orNull(Named) }, strict)),
    voices: Type.Object({ solved: Type.Integer(), unsolved: Type.Integer() }, strict),
    closed: orNull(Type.Object({ outcome: oneOf(OUTCOMES), at: Time, why: Type.Optional(Type.String()) }, strict)),
    public: orNull(Type.Object({ title: Type.String(), line: Type.Optional(Type.String()) }, strict)),
    round: Type.Integer(),
    /** What may be done now, and where not, why. */
    allowed: Type.Array(
      Type.Object({ act: Type.String(), ok: Type.Boolean(), because: Type.Optional(Type.String()) }, strict),
    ),
    /** Oldest first. */
    events: Type.Array(FileEventRow),
  },
  strict,
);
export type CaseFileRow = Static<typeof CaseFileRow>;

/** GET handoffs: the ledger. */
export const LedgerRow = Type.Object(
  {
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    status: oneOf(CASE_STATUSES),
    handoff: HandoffRow,
    /** Minutes it has been open, or was. */
    age: Type.Integer(),
    late: Type.Boolean(),
    /** How often this incident has been refused. */
    refusals: Type.Integer(),
  },
  strict,
);
export type LedgerRow = Static<typeof LedgerRow>;

export const Ledger = Type.Object(
  {
    now: Time,
    /** Open hand-offs, oldest first within each unit; the unit that has waited longest first. */
    units: Type.Array(
      Type.Object(
        { account: Named, open: Type.Integer(), late: Type.Integer(), oldest: Time, rows: Type.Array(LedgerRow) },
        strict,
      ),
    ),
    /** Refusals of the last 30 days, newest first. */
    refusals: Type.Array(LedgerRow),
    /** 规则建议准不准: of files that people have looked at, those where nobody chose another account. */
    suggestions: Type.Object({ n: Type.Integer(), kept: Type.Integer() }, strict),
  },
  strict,
);
export type Ledger = Static<typeof Ledger>;
