import Type, { type Static } from 'typebox';
import { FACT_KINDS } from '../../pipelines/domain/fact.ts';
import { FINDINGS } from '../../pipelines/domain/refutation-draft.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { SuggestionRow } from './http.ts';

/** What follows an answer: refutations, versions, echo, what is still asked, joint publications. Times are ISO 8601 in UTC. */
const oneOf = <T extends readonly string[]>(words: T) => Type.Unsafe<T[number]>(Type.String({ enum: [...words] }));
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

export const ECHO_KINDS = ['quotes', 'denies', 'asks', 'repeats', 'other'] as const;
export const ECHO_VERDICTS = ['landed', 'notYet', 'tooFew'] as const;
export const JOINT_DOES = ['publish', 'relay', 'supplement'] as const;
export const JOINT_STATES = ['later', 'waiting', 'done', 'declined'] as const;
/** unchecked: nobody has drafted. drafted: waits for a second person. confirmed: may be published. published: an account has answered. */
export const CLAIM_STATES = ['unchecked', 'drafted', 'confirmed', 'published'] as const;

/** 0…1 with the 95 % interval; share is null where n is 0. */
export const ShareRow = Type.Object(
  { of: Type.Integer(), n: Type.Integer(), share: orNull(Type.Number()), low: Type.Number(), high: Type.Number() },
  strict,
);
export type ShareRow = Static<typeof ShareRow>;

export const EchoWindowRow = Type.Object(
  {
    from: Time,
    to: Time,
    /** Distinct texts. */
    n: Type.Integer(),
    by: Type.Array(Type.Object({ echo: oneOf(ECHO_KINDS), share: ShareRow, posts: Type.Array(Type.String()) }, strict)),
    unsettled: ShareRow,
  },
  strict,
);
export type EchoWindowRow = Static<typeof EchoWindowRow>;

const ReachRow = Type.Object({ distinct: Type.Integer(), posts: Type.Integer(), places: Type.Integer() }, strict);

export const EchoRow = Type.Object(
  {
    verdict: oneOf(ECHO_VERDICTS),
    because: Type.String(),
    answeredAt: Time,
    before: EchoWindowRow,
    after: EchoWindowRow,
    fall: orNull(Type.Object({ fall: Type.Number(), low: Type.Number(), high: Type.Number() }, strict)),
    /** Of the day that begins 24 h after the answer; null until it has posts. */
    residual: orNull(ShareRow),
    claimReach: ReachRow,
    correctionReach: ReachRow,
    /** From the claim's first post to the first answer, seconds. */
    lag: orNull(Type.Number()),
    rules: Type.Object({ window: Type.Number(), least: Type.Integer(), landedBelow: Type.Number() }, strict),
    /** The incident has more posts than were looked at. */
    cut: Type.Boolean(),
  },
  strict,
);
export type EchoRow = Static<typeof EchoRow>;

export const SpanRow = Type.Object({ start: Type.Integer(), end: Type.Integer(), text: Type.String() }, strict);

export const VersionRow = Type.Object(
  {
    /** The act in the incident's file. */
    seq: Type.Integer(),
    account: Type.String(),
    accountName: Type.String(),
    tier: orNull(oneOf(TIERS)),
    kind: oneOf(['answered', 'relayed', 'supplemented', 'corrected'] as const),
    text: Type.String(),
    link: Type.Optional(Type.String()),
    publishedAt: Time,
    /** The seq of the correction that takes its place. */
    supersededBy: Type.Optional(Type.Integer()),
  },
  strict,
);
export type VersionRow = Static<typeof VersionRow>;

export const ComparisonRow = Type.Object(
  {
    a: Type.Integer(),
    b: Type.Integer(),
    differs: Type.Array(
      Type.Object(
        { kind: oneOf(FACT_KINDS), fact: Type.String(), a: SpanRow, b: SpanRow, mayBeNewer: Type.Boolean() },
        strict,
      ),
    ),
    onlyA: Type.Array(Type.Object({ kind: oneOf(FACT_KINDS), fact: Type.String(), at: SpanRow }, strict)),
    onlyB: Type.Array(Type.Object({ kind: oneOf(FACT_KINDS), fact: Type.String(), at: SpanRow }, strict)),
  },
  strict,
);
export type ComparisonRow = Static<typeof ComparisonRow>;

export const VersionsBody = Type.Object(
  { versions: Type.Array(VersionRow), comparisons: Type.Array(ComparisonRow) },
  strict,
);
export type VersionsBody = Static<typeof VersionsBody>;

export const MissingRow = Type.Object(
  { fact: Type.String(), asked: Type.Integer(), posts: Type.Array(Type.String()) },
  strict,
);
export type MissingRow = Static<typeof MissingRow>;

export const JointRow = Type.Object(
  {
    incident: Type.String(),
    incidentTitle: Type.String(),
    /** The seq of the plan. */
    seq: Type.Integer(),
    title: Type.String(),
    plannedAt: Time,
    by: Type.String(),
    layers: Type.Array(
      Type.Object(
        {
          account: Type.String(),
          accountName: Type.String(),
          tier: orNull(oneOf(TIERS)),
          does: oneOf(JOINT_DOES),
          from: Time,
          text: Type.Optional(Type.String()),
          state: oneOf(JOINT_STATES),
          publishedAt: Type.Optional(Time),
          link: Type.Optional(Type.String()),
          why: Type.Optional(Type.String()),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type JointRow = Static<typeof JointRow>;

/** GET incidents/:id/answering */
export const AnsweringBody = Type.Object(
  {
    now: Time,
    /** null: nothing was answered yet. */
    echo: orNull(EchoRow),
    missing: Type.Array(MissingRow),
    versions: VersionsBody,
    joints: Type.Array(JointRow),
    /** What the rules say now that it is known what is asked and what differs. */
    suggestion: SuggestionRow,
  },
  strict,
);
export type AnsweringBody = Static<typeof AnsweringBody>;

export const SourceBody = Type.Object(
  {
    id: Type.String({ pattern: '^s\\d{1,2}$' }),
    name: Words(60),
    says: Words(600),
    at: Time,
    url: Type.Optional(Type.String({ pattern: '^https?://[^\\s/]+', maxLength: 500 })),
    tells: Type.Optional(Words(40)),
  },
  strict,
);
export type SourceBody = Static<typeof SourceBody>;

export const SentenceBody = Type.Object(
  {
    text: Type.String({ maxLength: 600 }),
    posts: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 20 }),
    sources: Type.Array(Type.String({ maxLength: 8 }), { maxItems: 20 }),
  },
  strict,
);
export type SentenceBody = Static<typeof SentenceBody>;

/** POST incidents/:id/refutation/compose: the template over what is known; nothing is kept. */
export const ComposeAsk = Type.Object(
  { finding: oneOf(FINDINGS), sources: Type.Array(SourceBody, { maxItems: 20 }) },
  strict,
);
export type ComposeAsk = Static<typeof ComposeAsk>;

export const DraftBody = Type.Object(
  {
    claim: Words(200),
    finding: oneOf(FINDINGS),
    sources: Type.Array(SourceBody, { maxItems: 20 }),
    sentences: Type.Array(SentenceBody, { maxItems: 40 }),
  },
  strict,
);
export type DraftBody = Static<typeof DraftBody>;

/** `seen`: the last seq of the file that the person had before them. */
const Seen = Type.Integer({ minimum: 1 });
export const DraftAsk = Type.Object({ seen: Seen, draft: DraftBody }, strict);
export type DraftAsk = Static<typeof DraftAsk>;

export const DecideAsk = Type.Object(
  { seen: Seen, draft: Type.Integer({ minimum: 1 }), confirm: Type.Boolean(), why: Type.Optional(Words(400)) },
  strict,
);
export type DecideAsk = Static<typeof DecideAsk>;

export const SendAsk = Type.Object({ draft: Type.Integer({ minimum: 1 }) }, strict);
export type SendAsk = Static<typeof SendAsk>;

/** What became of the first try; what waits is tried again, what is dead is listed on the page 渠道. */
export const SendAnswer = Type.Object(
  {
    state: Type.Unsafe<'sent' | 'waiting' | 'dead'>(Type.String({ enum: ['sent', 'waiting', 'dead'] })),
    channel: Type.String(),
    /** The words of the receiver, or why it could not be reached; secrets struck out. */
    says: Type.String(),
  },
  strict,
);
export type SendAnswer = Static<typeof SendAnswer>;

export const JointAsk = Type.Object(
  {
    seen: Seen,
    title: Words(80),
    layers: Type.Array(
      Type.Object(
        { account: Words(100), does: oneOf(JOINT_DOES), from: Time, text: Type.Optional(Words(400)) },
        strict,
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  strict,
);
export type JointAsk = Static<typeof JointAsk>;

export const DeclineAsk = Type.Object(
  { seen: Seen, plan: Type.Integer({ minimum: 1 }), account: Words(100), why: Words(400) },
  strict,
);
export type DeclineAsk = Static<typeof DeclineAsk>;

export const DraftRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    by: Type.String(),
    /** Who asks wrote it: somebody else has to confirm. */
    own: Type.Boolean(),
    text: Type.String(),
    draft: DraftBody,
    confirmed: Type.Optional(Type.Object({ at: Time, by: Type.String() }, strict)),
    rejected: Type.Optional(Type.Object({ at: Time, by: Type.String(), why: Type.String() }, strict)),
  },
  strict,
);
export type DraftRow = Static<typeof DraftRow>;

export const ClaimListRow = Type.Object(
  {
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    rung: oneOf(TIERS),
    claim: Type.String(),
    /** Distinct posts that word it alike. */
    posts: Type.Integer(),
    firstAt: Time,
    state: oneOf(CLAIM_STATES),
    suggested: Type.Integer(),
    confirmed: Type.Integer(),
  },
  strict,
);
export type ClaimListRow = Static<typeof ClaimListRow>;

export const ClaimList = Type.Object({ now: Time, claims: Type.Array(ClaimListRow) }, strict);
export type ClaimList = Static<typeof ClaimList>;

export const EvidenceRow = Type.Object(
  {
    id: Type.String(),
    platform: Type.String(),
    text: Type.String(),
    time: Time,
    regionName: orNull(Type.String()),
    echo: oneOf(ECHO_KINDS),
    copies: Type.Integer(),
  },
  strict,
);
export type EvidenceRow = Static<typeof EvidenceRow>;

const MatchRow = Type.Object(
  {
    id: Type.String(),
    claim: Type.String(),
    verdict: Type.String(),
    source: Type.String(),
    url: Type.Optional(Type.String()),
    publishedAt: Time,
    /** Posts of the incident it was confirmed for by a person; 0 for a machine's guess. */
    confirmedPosts: Type.Integer(),
    score: Type.Optional(Type.Number()),
    because: Type.Array(Type.String()),
  },
  strict,
);
export type MatchRow = Static<typeof MatchRow>;

/** GET incidents/:id/refutation */
export const ClaimFile = Type.Object(
  {
    now: Time,
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    rung: oneOf(TIERS),
    /** The last seq of the file; 0 where it has none yet. */
    seq: Type.Integer(),
    state: oneOf(CLAIM_STATES),
    claim: orNull(
      Type.Object(
        {
          text: Type.String(),
          posts: Type.Integer(),
          firstAt: Time,
          variants: Type.Array(Type.Object({ text: Type.String(), posts: Type.Integer() }, strict)),
        },
        strict,
      ),
    ),
    evidence: Type.Array(EvidenceRow),
    asked: Type.Array(MissingRow),
    /** Every fact the program knows the public to ask for: what a source may tell. */
    facts: Type.Array(Type.String()),
    drafts: Type.Array(DraftRow),
    suggested: Type.Array(MatchRow),
    confirmed: Type.Array(MatchRow),
    /** Who publishes it by the rule. */
    publisher: Type.Object(
      { account: orNull(Type.String()), name: orNull(Type.String()), because: Type.Array(Type.String()) },
      strict,
    ),
    versions: VersionsBody,
    /** The office has its own webhook: a confirmed text may be sent there. */
    canSend: Type.Boolean(),
  },
  strict,
);
export type ClaimFile = Static<typeof ClaimFile>;
