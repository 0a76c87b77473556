import Type, { type Static } from 'typebox';
import { FACT_KINDS } from '../../pipelines/domain/fact.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { SuggestionRow } from './http.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** What follows an answer: versions, echo, what is still asked, joint publications. Times are ISO 8601 in UTC. */
export const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

export const ECHO_KINDS = ['quotes', 'denies', 'asks', 'repeats', 'other'] as const;
export const ECHO_VERDICTS = ['landed', 'notYet', 'tooFew'] as const;
export const JOINT_DOES = ['publish', 'relay', 'supplement'] as const;
export const JOINT_STATES = ['later', 'waiting', 'done', 'declined'] as const;
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

/** `seen`: the last seq of the file that the person had before them. */
export const Seen = Type.Integer({ minimum: 1 });

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
