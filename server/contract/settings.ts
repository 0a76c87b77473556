import Type, { type Static } from 'typebox';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { LONGEST_WORD, MOST_WEIGHT, SHORTEST_WORD, WORD_GROUPS } from '../../pipelines/domain/own-words.ts';
import { NEEDS } from '../../pipelines/domain/post.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The pages 分类词 and 地名 of 设置: rules that an office edits, tries and goes back with. */
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Count = Type.Integer({ minimum: 0 });
const Why = Type.String({ minLength: 2, maxLength: 200 });
const Sentence = Type.String({ minLength: 1, maxLength: 2_000 });
const Seen = Type.Integer({ minimum: 0, description: 'The newest version you had before you; 0: none' });

/** What a version changed, line by line, against the one before it. */
export const VersionRow = Type.Object(
  {
    n: Type.Integer(),
    at: Time,
    by: Type.String(),
    why: Type.String(),
    restores: orNull(Type.Integer()),
    added: Type.Array(Type.String()),
    removed: Type.Array(Type.String()),
    /** Lines beyond those that are listed. */
    more: Count,
  },
  strict,
);
export type VersionRow = Static<typeof VersionRow>;

export const RestoreAsk = Type.Object({ seen: Seen, version: Type.Integer({ minimum: 0 }), why: Why }, strict);
export type RestoreAsk = Static<typeof RestoreAsk>;
export const VersionKept = Type.Object({ version: Type.Integer() }, strict);
export type VersionKept = Static<typeof VersionKept>;

const OwnWordRow = Type.Object(
  {
    group: oneOf(WORD_GROUPS),
    name: Type.String({ maxLength: 20 }),
    word: Type.String({ minLength: SHORTEST_WORD, maxLength: LONGEST_WORD }),
    weight: Type.Number({ minimum: -MOST_WEIGHT, maximum: MOST_WEIGHT }),
  },
  strict,
);
const OwnCaseRow = Type.Object(
  {
    text: Sentence,
    duty: Type.Optional(Type.Array(oneOf(DUTIES), { maxItems: 6, uniqueItems: true })),
    need: Type.Optional(orNull(oneOf(NEEDS))),
    lifeAtRisk: Type.Optional(Type.Boolean()),
  },
  strict,
);
export const OwnWordsBody = Type.Object(
  {
    about: Type.Optional(Type.String({ maxLength: 2_000 })),
    words: Type.Array(OwnWordRow, { maxItems: 5_000 }),
    cases: Type.Array(OwnCaseRow, { maxItems: 2_000 }),
  },
  strict,
);
export type OwnWordsBody = Static<typeof OwnWordsBody>;

const ReasonRow = Type.Object(
  {
    label: Type.String(),
    cue: Type.String(),
    start: Type.Optional(Type.Integer()),
    end: Type.Optional(Type.Integer()),
    weight: Type.Optional(Type.Number()),
  },
  strict,
);
export const JudgedRow = Type.Object(
  {
    need: orNull(oneOf(NEEDS)),
    needScore: Share,
    urgent: Type.Boolean(),
    lifeAtRisk: Type.Boolean(),
    duty: Type.Array(oneOf(DUTIES)),
    rumor: Share,
    needsCheck: Type.Boolean(),
    because: Type.Array(ReasonRow),
  },
  strict,
);
export type JudgedRow = Static<typeof JudgedRow>;

export const TaxonomyPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    mayEdit: Type.Boolean(),
    /** The file's own name, and whether it was changed elsewhere since the newest version. */
    file: Type.String(),
    changedElsewhere: Type.Boolean(),
    last: Count,
    body: OwnWordsBody,
    /** Why the file cannot be read; empty where it can. Nothing is edited then. */
    fault: Type.String(),
    weights: Type.String(),
    calibrated: Type.Boolean(),
    versions: Type.Array(VersionRow),
  },
  strict,
);
export type TaxonomyPage = Static<typeof TaxonomyPage>;

export const TaxonomyTry = Type.Object(
  { text: Type.Optional(Sentence), draft: Type.Optional(OwnWordsBody) },
  {
    ...strict,
    description: 'A sentence, judged by the rules in force and by the draft; the draft’s own cases besides',
  },
);
export type TaxonomyTry = Static<typeof TaxonomyTry>;
export const TaxonomyTried = Type.Object(
  {
    before: orNull(JudgedRow),
    after: orNull(JudgedRow),
    faults: Type.Array(Type.String()),
    /** Cases of the draft that do not hold, one sentence each. */
    failing: Type.Array(Type.String()),
    /** A calibration is in force and would be left out with these words. */
    dropsCalibration: Type.Boolean(),
  },
  strict,
);
export type TaxonomyTried = Static<typeof TaxonomyTried>;

export const TaxonomyAsk = Type.Object({ seen: Seen, draft: OwnWordsBody, why: Why }, strict);
export type TaxonomyAsk = Static<typeof TaxonomyAsk>;

const Code = Type.String({ pattern: '^(\\d{6}|\\d{9})$' });
const PlaceName = Type.String({ minLength: 1, maxLength: 40 });
const PlaceAdd = Type.Object({ code: Code, name: PlaceName, wordy: Type.Boolean() }, strict);
export type PlaceAdd = Static<typeof PlaceAdd>;
const edits = {
  add: Type.Optional(Type.Array(PlaceAdd, { maxItems: 200 })),
  remove: Type.Optional(Type.Array(PlaceName, { maxItems: 200 })),
};
export const PlacesPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    mayEdit: Type.Boolean(),
    file: Type.String(),
    changedElsewhere: Type.Boolean(),
    last: Count,
    places: Type.Array(
      Type.Object(
        {
          ...PlaceAdd.properties,
          regionName: Type.String(),
          /** Search finds it as one word; false until the next reindexing. */
          indexed: Type.Boolean(),
        },
        strict,
      ),
    ),
    /** Names that search still cuts as before: they are placed already. */
    waiting: Count,
    versions: Type.Array(VersionRow),
  },
  strict,
);
export type PlacesPage = Static<typeof PlacesPage>;

export const PlacesTry = Type.Object({ text: Type.Optional(Sentence), ...edits }, strict);
export type PlacesTry = Static<typeof PlacesTry>;
export const PlaceRead = Type.Object(
  {
    region: orNull(
      Type.Object(
        {
          code: Type.String(),
          name: Type.String(),
          confidence: Share,
          others: Type.Array(Type.Object({ name: Type.String(), weight: Share }, strict)),
        },
        strict,
      ),
    ),
    because: Type.Array(ReasonRow),
  },
  strict,
);
export type PlaceRead = Static<typeof PlaceRead>;
export const PlacesTried = Type.Object(
  {
    before: orNull(PlaceRead),
    after: orNull(PlaceRead),
    faults: Type.Array(Type.String()),
    warnings: Type.Array(Type.String()),
  },
  strict,
);
export type PlacesTried = Static<typeof PlacesTried>;
export const PlacesAsk = Type.Object({ seen: Seen, why: Why, ...edits }, strict);
export type PlacesAsk = Static<typeof PlacesAsk>;

export const RegionHit = Type.Object({ code: Type.String(), name: Type.String() }, strict);
export type RegionHit = Static<typeof RegionHit>;
