import Type, { type Static } from 'typebox';
import { ACTS } from '../../pipelines/domain/suggestion.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { INCIDENT_EVENTS, INCIDENT_KINDS } from '../../pipelines/domain/incident.ts';
import { NEEDS, POST_KINDS, SENTIMENTS } from '../../pipelines/domain/post.ts';
import { ConfirmedRow, ReviewMark, SuggestedRow } from './review.ts';
import { FileBrief } from './case-file.ts';
import { BurstRow, ClaimRow } from './incident-signs.ts';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/**
 * What the web may know, and the shape of every HTTP answer. Times are ISO 8601 in UTC; screens show them in Asia/Shanghai.
 * Types are derived from the schemas that check them.
 */

const TierSchema = oneOf(TIERS);

export const ErrorBody = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String(), where: Type.Optional(Type.String()) }),
});
export type ErrorBody = Static<typeof ErrorBody>;

export const SuggestionRow = Type.Object(
  {
    id: Type.String(),
    /** Account id and, for people, its name. */
    first: orNull(Type.String()),
    firstName: orNull(Type.String()),
    firstTier: orNull(TierSchema),
    outside: orNull(Type.String()),
    outsideName: orNull(Type.String()),
    then: Type.Array(
      Type.Object(
        { account: Type.String(), accountName: Type.String(), act: oneOf(ACTS), because: Type.String() },
        strict,
      ),
    ),
    clock: Type.Object({ rule: Type.String(), minutes: Type.Number(), due: Time }, strict),
    because: Type.Array(Type.String()),
  },
  strict,
);
export type SuggestionRow = Static<typeof SuggestionRow>;

export const AlertRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    incident: Type.String(),
    region: orNull(Region),
    regionName: Type.String(),
    rung: TierSchema,
    title: Type.String(),
    suggestion: SuggestionRow,
  },
  strict,
);
export type AlertRow = Static<typeof AlertRow>;

export const StepRow = Type.Object(
  {
    from: orNull(TierSchema),
    to: TierSchema,
    at: Time,
    because: Type.Array(Type.String()),
    evidence: Type.Array(Type.String()),
  },
  strict,
);
export type StepRow = Static<typeof StepRow>;

/** How likely it climbs a rung within some hours; `base` is how often such spreads do, `n` the moments it was judged on. */
const ForecastRow = Type.Object(
  {
    to: TierSchema,
    within: Type.Number(),
    probability: Type.Number(),
    base: Type.Number(),
    n: Type.Integer(),
  },
  strict,
);

export const IncidentRow = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    region: orNull(Region),
    regionName: Type.String(),
    rung: TierSchema,
    /** 0…100. */
    heat: Type.Number(),
    terms: Type.Array(Type.String()),
    kind: oneOf(INCIDENT_KINDS),
    need: orNull(oneOf(NEEDS)),
    duty: Type.Array(Type.String()),
    urgent: Type.Boolean(),
    lifeAtRisk: Type.Boolean(),
    rumor: Type.Number(),
    needsCheck: Type.Boolean(),
    state: oneOf(['open', 'cooled', 'merged'] as const),
    into: Type.Optional(Type.String()),
    firstPostAt: Time,
    openedAt: Time,
    lastPostAt: Time,
    /** Distinct posts after folding, and all with copies. */
    count: Type.Integer(),
    copies: Type.Integer(),
    steps: Type.Array(StepRow),
    /** Absent where no forecast is known to do better than the base rate. `within` in hours; both shares 0…1. */
    forecast: Type.Optional(ForecastRow),
    /** The incident it was split off from. */
    from: Type.Optional(Type.String()),
    /** By the rules, with what people know. */
    suggestion: orNull(SuggestionRow),
    /** What people did about it: status, who has the ball, the clock. Absent for the moment between finding and filing. */
    file: Type.Optional(FileBrief),
  },
  strict,
);
export type IncidentRow = Static<typeof IncidentRow>;

export const ReasonRow = Type.Object(
  {
    label: Type.String(),
    cue: Type.String(),
    start: Type.Optional(Type.Integer()),
    end: Type.Optional(Type.Integer()),
    weight: Type.Optional(Type.Number()),
  },
  strict,
);

export const PostRow = Type.Object(
  {
    id: Type.String(),
    platform: Type.String(),
    kind: oneOf(POST_KINDS),
    text: Type.String(),
    title: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    time: Time,
    source: Type.String(),
    authorKind: Type.Optional(Type.String()),
    region: orNull(Region),
    regionName: orNull(Type.String()),
    sentiment: oneOf(SENTIMENTS),
    mood: Type.String(),
    rumor: Type.Number(),
    needsCheck: Type.Boolean(),
    need: orNull(oneOf(NEEDS)),
    urgent: Type.Boolean(),
    duty: Type.Array(Type.String()),
    /** Posts folded onto this text, itself included; 1 where nothing was folded. */
    copies: Type.Integer(),
    /** In an incident's file: a person in danger, by the words of the post. */
    lifeAtRisk: Type.Optional(Type.Boolean()),
    because: Type.Optional(Type.Array(ReasonRow)),
    /** What people have said of these judgements; absent where nobody has looked. */
    review: Type.Optional(ReviewMark),
    /** Absent where no refutation was imported and none was confirmed. Suggested: a guess. Confirmed: by a person. */
    refutations: Type.Optional(Type.Array(Type.Union([SuggestedRow, ConfirmedRow]))),
  },
  strict,
);
export type PostRow = Static<typeof PostRow>;

export const IncidentEventRow = Type.Object(
  {
    at: Time,
    event: oneOf(INCIDENT_EVENTS),
    rung: TierSchema,
    heat: Type.Number(),
    count: Type.Integer(),
    because: Type.Array(Type.String()),
    into: Type.Optional(Type.String()),
  },
  strict,
);

/** GET incidents/:id */
export const IncidentFile = Type.Object(
  {
    incident: IncidentRow,
    events: Type.Array(IncidentEventRow),
    /** Evidence posts, folded, newest first; at most 50. */
    posts: Type.Array(PostRow),
    burst: Type.Optional(BurstRow),
    claim: Type.Optional(ClaimRow),
    /** True where no living source brings anything from its place any more: that nothing new comes says nothing then. */
    noData: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type IncidentFile = Static<typeof IncidentFile>;

export const ROW_OUTCOMES = ['accepted', 'duplicate', 'rejected'] as const;
/** POST posts: one answer a row, in order. */
export const IngestAnswer = Type.Object(
  {
    accepted: Type.Integer(),
    duplicate: Type.Integer(),
    rejected: Type.Integer(),
    rows: Type.Array(
      Type.Object(
        {
          row: Type.Integer(),
          id: orNull(Type.String()),
          outcome: oneOf(ROW_OUTCOMES),
          because: Type.Optional(Type.String()),
          repaired: Type.Optional(Type.Array(Type.String())),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type IngestAnswer = Static<typeof IngestAnswer>;

/** GET posts */
export const FoundPostsBody = Type.Object(
  {
    posts: Type.Array(PostRow),
    total: Type.Integer(),
    atLeast: Type.Boolean(),
    next: Type.Optional(Type.String()),
    /** Accepted posts that are not searchable yet. */
    behind: Type.Integer(),
  },
  strict,
);
export type FoundPostsBody = Static<typeof FoundPostsBody>;
