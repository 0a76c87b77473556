import Type, { type Static } from 'typebox';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { AUTHOR_KINDS, MOODS, NEEDS, SENTIMENTS } from '../../pipelines/domain/post.ts';
import { MATCH_FINDINGS, REVIEW_HEADS, RUMOR_FINDINGS } from '../../pipelines/domain/review.ts';
import { oneOf, orNull, Region, strict, Time } from './shapes.ts';

/** What a person says of a judgement, and what is shown of it afterwards. */
const Share = Type.Number({ minimum: 0, maximum: 1 });

const RumorSaid = Type.Object(
  {
    finding: oneOf(RUMOR_FINDINGS),
    source: Type.Optional(
      Type.String({ minLength: 2, maxLength: 500, description: 'Required unless finding is nothing-to-check' }),
    ),
    url: Type.Optional(Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2000 })),
  },
  strict,
);

const heads = {
  place: Type.Optional(orNull({ ...Region, description: 'Division code; null: no place at all' })),
  mood: Type.Optional(oneOf(MOODS)),
  need: Type.Optional(orNull(oneOf(NEEDS))),
  lifeAtRisk: Type.Optional(Type.Boolean()),
  rumor: Type.Optional(RumorSaid),
  duty: Type.Optional(Type.Array(oneOf(DUTIES), { maxItems: 6, uniqueItems: true })),
};

/** POST posts/:id/review: what is absent was not looked at; the machine's own value means it was found right. */
export const ReviewBody = Type.Object(
  {
    ...heads,
    refutations: Type.Optional(
      Type.Array(
        Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }), finding: oneOf(MATCH_FINDINGS) }, strict),
        { minItems: 1, maxItems: 10 },
      ),
    ),
    comment: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    seen: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'The newest case of this post you had before you, 0 for none; where there is a newer one, the answer is 409 and nothing is kept',
      }),
    ),
  },
  strict,
);
export type ReviewBody = Static<typeof ReviewBody>;

const ConfirmedFields = {
  id: Type.String(),
  claim: Type.String(),
  verdict: Type.String(),
  source: Type.String(),
  url: Type.Optional(Type.String()),
  publishedAt: Time,
};

/** A guess: nobody has looked at it. */
export const SuggestedRow = Type.Object(
  {
    kind: Type.Literal('suggested'),
    ...ConfirmedFields,
    score: Share,
    because: Type.Array(Type.String()),
  },
  strict,
);
/** A person has said that this post spreads that claim. */
export const ConfirmedRow = Type.Object(
  { kind: Type.Literal('confirmed'), ...ConfirmedFields, confirmedAt: Time, review: Type.Integer() },
  strict,
);
export type SuggestedRow = Static<typeof SuggestedRow>;
export type ConfirmedRow = Static<typeof ConfirmedRow>;

/** What people said of a post so far: the newest word on each judgement. */
export const ReviewMark = Type.Object(
  {
    ...heads,
    placeName: Type.Optional(Type.String()),
    last: Type.Integer(),
    at: Time,
    cases: Type.Integer(),
    comment: Type.Optional(Type.String()),
  },
  strict,
);
export type ReviewMark = Static<typeof ReviewMark>;

export const MachineRow = Type.Object(
  {
    place: orNull(Region),
    sentiment: oneOf(SENTIMENTS),
    mood: oneOf(MOODS),
    positive: Share,
    need: orNull(oneOf(NEEDS)),
    needScore: Share,
    urgent: Type.Boolean(),
    lifeAtRisk: Type.Boolean(),
    rumor: Share,
    needsCheck: Type.Boolean(),
    duty: Type.Array(oneOf(DUTIES)),
  },
  strict,
);

export const ReviewRow = Type.Object(
  {
    id: Type.Integer(),
    post: Type.String(),
    at: Time,
    text: Type.String(),
    title: Type.Optional(Type.String()),
    authorKind: Type.Optional(oneOf(AUTHOR_KINDS)),
    weights: Type.String(),
    calibration: orNull(Type.String()),
    machine: MachineRow,
    says: Type.Object(heads, strict),
    refutations: Type.Array(Type.Object({ ...ConfirmedFields, finding: oneOf(MATCH_FINDINGS) }, strict)),
    comment: Type.Optional(Type.String()),
  },
  strict,
);
export type ReviewRow = Static<typeof ReviewRow>;

/** GET reviews: newest first, and over all cases how often the machine had said the same. */
export const ReviewList = Type.Object(
  {
    total: Type.Integer(),
    reviews: Type.Array(ReviewRow),
    /** Give it as `before` for the next page; absent on the last. */
    next: Type.Optional(Type.Integer()),
    agreement: Type.Array(
      Type.Object({ head: oneOf(REVIEW_HEADS), n: Type.Integer(), agreed: Type.Integer() }, strict),
    ),
  },
  strict,
);
export type ReviewList = Static<typeof ReviewList>;
