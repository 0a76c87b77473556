import Type, { type Static } from 'typebox';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { TIERS, type Tier } from '../../pipelines/domain/tier.ts';
import { MOODS, NEEDS, POST_KINDS, SENTIMENTS } from '../../pipelines/domain/post.ts';
import { oneOf, strict } from './shapes.ts';

const named = Type.String({ minLength: 1, maxLength: 64 });
/** As many as one page of the answer holds. */
const MOST_IDS = 200;

/** What narrows a search, the same for posts, counts and the file. There is no search by author. */
export const PostFilters = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        maxLength: 200,
        description:
          'Words that must all occur, `-word` that must not, `"…"` that stands there sign for sign, `a|b` one of which must; empty: every post',
      }),
    ),
    region: Type.Optional(
      Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$', description: 'Division code of 6, 9 or 12 digits' }),
    ),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'Event time, from ≤ time < to, with zone' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
    platform: Type.Optional(named),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    kind: Type.Optional(oneOf(POST_KINDS)),
    sentiment: Type.Optional(oneOf(SENTIMENTS)),
    mood: Type.Optional(oneOf(MOODS)),
    need: Type.Optional(oneOf(NEEDS)),
    duty: Type.Optional(oneOf(DUTIES)),
    rung: Type.Optional(
      Type.Unsafe<Tier | 'none'>(
        Type.String({
          enum: [...TIERS, 'none'],
          description: 'Evidence of incidents that stand there now; none: of no incident',
        }),
      ),
    ),
    incident: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Only the evidence of this incident' }),
    ),
    urgent: Type.Optional(Type.Boolean()),
    needsCheck: Type.Optional(Type.Boolean({ description: 'Claims that somebody should check' })),
    ids: Type.Optional(
      Type.String({
        pattern: `^[0-9a-f]{64}(,[0-9a-f]{64}){0,${MOST_IDS - 1}}$`,
        description: 'Only these posts, with commas between',
      }),
    ),
    group: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{64}$', description: 'A text and its copies, by its first post' }),
    ),
    folded: Type.Optional(Type.Boolean({ description: 'One row a text group' })),
  },
  strict,
);
export type PostFilters = Static<typeof PostFilters>;

/** What a search can be taken away as. */
export const FILE_FORMATS = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** The filters that a store can count by. */
export const COUNTED_FACETS = ['platform', 'source', 'sentiment', 'mood', 'need', 'duty', 'kind', 'region'] as const;
export type CountedFacet = (typeof COUNTED_FACETS)[number];
/** The filters that a search can be counted by. */
export const FACETS = [...COUNTED_FACETS, 'rung'] as const;
export type Facet = (typeof FACETS)[number];

export const FacetCount = Type.Object(
  {
    value: Type.String(),
    /** For people, where the value itself is a code. */
    name: Type.String(),
    posts: Type.Integer(),
    /** Texts: what is left after folding copies. */
    first: Type.Integer(),
  },
  strict,
);
export type FacetCount = Static<typeof FacetCount>;

/** GET posts/facets. Each list is counted without its own filter, so that another value can be chosen; most first. */
export const FacetsBody = Type.Object(
  {
    now: Type.String({ format: 'date-time' }),
    posts: Type.Integer(),
    first: Type.Integer(),
    /** The name of the region asked for. */
    place: Type.Union([Type.String(), Type.Null()]),
    /** It and what it lies in, widest first. */
    path: Type.Array(Type.Object({ code: Type.String(), name: Type.String() }, strict)),
    /** The words as they were cut, and phrases whole: what is to be marked in the texts. */
    words: Type.Array(Type.String()),
    facets: Type.Object(
      {
        platform: Type.Array(FacetCount),
        source: Type.Array(FacetCount),
        sentiment: Type.Array(FacetCount),
        mood: Type.Array(FacetCount),
        need: Type.Array(FacetCount),
        duty: Type.Array(FacetCount),
        kind: Type.Array(FacetCount),
        /** One step below the place asked for, without one counties; what lies above them by its own code. */
        region: Type.Array(FacetCount),
        /** By the rung of the incident a post is evidence of, highest first; `none` where it is of none. */
        rung: Type.Array(FacetCount),
      },
      strict,
    ),
    /** Too much evidence in this period to be counted by rung. */
    rungsCut: Type.Boolean(),
    drill: Type.Boolean(),
  },
  strict,
);
export type FacetsBody = Static<typeof FacetsBody>;

/** GET posts/histogram */
export const HistogramBody = Type.Object(
  {
    buckets: Type.Array(
      Type.Object(
        {
          at: Type.String({ format: 'date-time' }),
          posts: Type.Integer(),
          distinct: Type.Integer(),
          negative: Type.Integer(),
          needs: Type.Integer(),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type HistogramBody = Static<typeof HistogramBody>;
