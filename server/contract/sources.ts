import Type, { type Static } from 'typebox';
import { WAYS } from '../../pipelines/domain/way.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The page 数据源 and what it asks for. Times are ISO 8601 in UTC, spans are seconds. */

/** In what is asked, null comes first: the check would else take it for the number 0. */
const nullOr = <T extends Type.TSchema>(schema: T) => Type.Union([Type.Null(), schema]);

/** live 在报 · slow 偏慢 · silent 静默 · never 未报到 · paused 已暂停 · file 一次导入. */
export const SOURCE_PAGE_STATES = ['live', 'slow', 'silent', 'never', 'paused', 'file'] as const;

export const SourceDetail = Type.Object(
  {
    name: Type.String(),
    way: oneOf(WAYS),
    place: orNull(Type.String()),
    format: orNull(Type.String()),
    region: orNull(Type.String()),
    regionName: orNull(Type.String()),
    /** What it leaves out, as its person states it. */
    caps: Type.Array(Type.String()),
    createdAt: Time,
    state: oneOf(SOURCE_PAGE_STATES),
    /** Tokens that may bring posts in its name. */
    tokens: Type.Integer(),
    lastSeen: orNull(Time),
    /** How often a feed is asked for; null of others. */
    every: orNull(Type.Number()),
    /** As stated; null: its own habit is measured. */
    cadence: orNull(Type.Number()),
    /** Stated or measured; null while not yet known. */
    usual: orNull(Type.Number()),
    rowsPerMinute: Type.Number(),
    accepted: Type.Integer(),
    duplicate: Type.Integer(),
    rejected: Type.Integer(),
    /** Between a post's own time and its arrival, of its newest. */
    lag: orNull(Type.Number()),
    repairs: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() }, strict)),
    letters: Type.Integer(),
    /** Posts per 15 minutes, the last six hours, oldest first: 24 numbers; null where the source did not exist. */
    recent: Type.Array(orNull(Type.Integer())),
    /** What kept its way in from working last: a folder that is gone, a file that can't be read. */
    trouble: orNull(Type.String()),
  },
  strict,
);
export type SourceDetail = Static<typeof SourceDetail>;

/** 数据源静默: one row a silence. */
export const SilenceRow = Type.Object(
  {
    id: Type.Integer(),
    source: Type.String(),
    since: Time,
    noticedAt: Time,
    usual: Type.Number(),
    endedAt: orNull(Time),
  },
  strict,
);
export type SilenceRow = Static<typeof SilenceRow>;

/** GET sources/silences, and the socket's `silence`: a source fell silent, or its silence ended; numbered in order. */
export const SilenceEventRow = Type.Object(
  {
    seq: Type.Integer(),
    event: oneOf(['silent', 'ended'] as const),
    /** When it was noticed, or ended. */
    at: Time,
    /** The id of the silence, the same in both of its events. */
    silence: Type.Integer(),
    source: Type.String(),
    /** The last arrival before it. */
    since: Time,
    usual: Type.Number(),
  },
  strict,
);
export type SilenceEventRow = Static<typeof SilenceEventRow>;

/** POST sources/describe: a new source, or a known one told better; what is left out stays, null takes it away. */
export const SourceAskBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    way: Type.Optional(oneOf(WAYS)),
    /** Address of a feed. Folders are made by command, on the machine whose path it is. */
    place: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    format: Type.Optional(nullOr(Type.String({ maxLength: 40 }))),
    cadence: Type.Optional(nullOr(Type.Number())),
    every: Type.Optional(Type.Number()),
    region: Type.Optional(nullOr(Type.String({ maxLength: 12 }))),
    caps: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
  },
  strict,
);
export type SourceAskBody = Static<typeof SourceAskBody>;
export const SourceDone = Type.Object({ fresh: Type.Boolean(), token: Type.Optional(Type.String()) }, strict);
export type SourceDone = Static<typeof SourceDone>;

/** POST sources/pause */
export const PauseAsk = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), paused: Type.Boolean() },
  strict,
);
export type PauseAsk = Static<typeof PauseAsk>;

/** POST sources/remove and sources/token: neither can be taken back, so who and why are kept. */
export const SignedAsk = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    who: Type.String({ minLength: 1, maxLength: 60 }),
    why: Type.String({ minLength: 1, maxLength: 200 }),
  },
  strict,
);
export type SignedAsk = Static<typeof SignedAsk>;
export const TokenAnswer = Type.Object({ token: Type.String(), struck: Type.Integer() }, strict);
export type TokenAnswer = Static<typeof TokenAnswer>;

/** GET sources/page */
export const SourcesPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    sources: Type.Array(SourceDetail),
    /** Newest first, at most 50. */
    silences: Type.Array(SilenceRow),
    letters: Type.Object({ kept: Type.Integer(), lost: Type.Integer(), most: Type.Integer() }, strict),
    retention: Type.Object({ days: Type.Integer(), maskedUpTo: orNull(Time) }, strict),
  },
  strict,
);
export type SourcesPage = Static<typeof SourcesPage>;

/** GET dead-letters */
export const LetterRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    source: Type.String(),
    row: Type.Integer(),
    because: Type.String(),
    /** The row with all masked that leads to a person; null once its key is destroyed. */
    shown: orNull(Type.String()),
    door: oneOf(['intake', 'index'] as const),
    times: Type.Integer(),
  },
  strict,
);
export type LetterRow = Static<typeof LetterRow>;

/** How rows are mended before they are replayed: fields renamed, fields set, or the whole row written anew. */
export const Mending = Type.Object(
  {
    rename: Type.Optional(Type.Record(Type.String(), Type.String())),
    set: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    row: Type.Optional(Type.String({ maxLength: 65_536 })),
  },
  strict,
);

/** POST dead-letters/replay: these letters, or all of one source, or all. */
export const ReplayAsk = Type.Object(
  {
    seqs: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 1000 })),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    mending: Type.Optional(Mending),
  },
  strict,
);
export type ReplayAsk = Static<typeof ReplayAsk>;

export const ReplayAnswer = Type.Object(
  {
    replayed: Type.Integer(),
    accepted: Type.Integer(),
    duplicate: Type.Integer(),
    /** Still refused: on the shelf with the newer reason. */
    rejected: Type.Integer(),
    /** Can't be replayed: refused by the store, or sealed with a key that is gone. */
    skipped: Type.Integer(),
  },
  strict,
);
export type ReplayAnswer = Static<typeof ReplayAnswer>;

/** POST dead-letters/drop */
export const DropAsk = Type.Object(
  {
    seqs: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 1000 }),
    who: Type.String({ minLength: 1, maxLength: 60 }),
    why: Type.String({ minLength: 1, maxLength: 200 }),
  },
  strict,
);
export type DropAsk = Static<typeof DropAsk>;
export const DropAnswer = Type.Object({ dropped: Type.Integer() }, strict);
export type DropAnswer = Static<typeof DropAnswer>;

/** GET posts/:id/counts, oldest first. */
export const CountsRow = Type.Object(
  {
    at: Time,
    like: Type.Optional(Type.Integer()),
    comment: Type.Optional(Type.Integer()),
    repost: Type.Optional(Type.Integer()),
    view: Type.Optional(Type.Integer()),
  },
  strict,
);
export type CountsRow = Static<typeof CountsRow>;

/** POST incidents/:id/contact */
export const ContactAsk = Type.Object(
  {
    post: Type.String({ minLength: 1, maxLength: 128 }),
    who: Type.String({ minLength: 1, maxLength: 60 }),
    why: Type.String({ minLength: 1, maxLength: 200 }),
  },
  strict,
);
export type ContactAsk = Static<typeof ContactAsk>;
export const ContactAnswer = Type.Object({ text: Type.String(), title: Type.Optional(Type.String()) }, strict);
export type ContactAnswer = Static<typeof ContactAnswer>;

/** GET accesses: who did what that is written down, newest first. */
export const AccessShown = Type.Object(
  { at: Time, who: Type.String(), why: Type.String(), what: Type.String(), subject: Type.String() },
  strict,
);
export type AccessShown = Static<typeof AccessShown>;
