import Type, { type Static } from 'typebox';
import { REVIEW_HEADS } from '../../pipelines/domain/review.ts';
import { ReviewRow } from './review.ts';
import { VersionRow } from './settings.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The pages 留存 and 模型 of 设置. */
const Count = Type.Integer({ minimum: 0 });
const Why = Type.String({ minLength: 2, maxLength: 200 });
const Seen = Type.Integer({ minimum: 0 });

export const LEAST_DAYS = 7;
export const MOST_DAYS = 180;
const Days = Type.Integer({ minimum: LEAST_DAYS, maximum: MOST_DAYS });

export const RetentionPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    mayEdit: Type.Boolean(),
    last: Count,
    days: Type.Integer(),
    /** What the machine's own setting says; it holds where nobody has set it here. */
    configured: Type.Integer(),
    bounds: Type.Object({ least: Type.Integer(), most: Type.Integer() }, strict),
    maskedUpTo: orNull(Time),
    /** Posts kept whole as evidence beyond their time. */
    held: Count,
    tombstones: Count,
    runs: Type.Array(
      Type.Object({ at: Time, days: Type.Integer(), masked: Count, held: Count, keysDestroyed: Count }, strict),
    ),
    versions: Type.Array(VersionRow),
  },
  strict,
);
export type RetentionPage = Static<typeof RetentionPage>;

export const RetentionTry = Type.Object({ days: Days }, strict);
export const RetentionPreview = Type.Object(
  {
    aged: Count,
    masked: Count,
    held: Count,
    freed: Count,
    authors: Count,
    keys: Count,
    more: Type.Boolean(),
  },
  strict,
);
export type RetentionPreview = Static<typeof RetentionPreview>;
export const RetentionAsk = Type.Object({ seen: Seen, days: Days, why: Why }, strict);
export type RetentionAsk = Static<typeof RetentionAsk>;

/** One of url, or author with platform; the id of an author is written nowhere. */
const what = {
  url: Type.Optional(Type.String({ minLength: 8, maxLength: 2_000 })),
  author: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  platform: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
};
export const EraseTry = Type.Object(what, strict);
export type EraseTry = Static<typeof EraseTry>;
export const EraseAsk = Type.Object({ ...what, why: Why }, strict);
export type EraseAsk = Static<typeof EraseAsk>;
export const EraseFound = Type.Object({ posts: Count }, strict);
export type EraseFound = Static<typeof EraseFound>;

const Share = Type.Number();
const FigureRow = Type.Object(
  {
    head: Type.String(),
    says: Type.String(),
    value: Type.Number(),
    n: Type.Integer(),
    low: Type.Optional(Type.Number()),
    high: Type.Optional(Type.Number()),
    bar: Type.Optional(Type.Number()),
    lowerIsBetter: Type.Optional(Type.Boolean()),
    /** Below its bar. */
    missed: Type.Boolean(),
  },
  strict,
);
export type FigureRow = Static<typeof FigureRow>;

const Measured = Type.Object(
  { value: Type.Number(), low: Type.Number(), high: Type.Number(), n: Type.Integer() },
  strict,
);
export const THRESHOLD_PARTS = ['rumor.known', 'rumor.unknown', 'need.plea'] as const;
const ThresholdRow = Type.Object(
  {
    part: oneOf(THRESHOLD_PARTS),
    released: Type.Number(),
    /** What holds now; for need.plea how much readier than released. */
    inForce: Type.Number(),
    /** What the released one keeps on public rows; absent where nothing is stated. */
    precision: Type.Optional(Measured),
    recall: Type.Optional(Measured),
  },
  strict,
);

export const ModelsPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    mayCalibrate: Type.Boolean(),
    mayReadCases: Type.Boolean(),
    last: Count,
    weights: Type.String(),
    calibration: orNull(Type.String()),
    /** Why a calibration that is there is not used; empty where it is. */
    note: Type.String(),
    measuredOn: Type.String(),
    /** The figures are of other weights than those in force: the office's own words changed them. */
    otherWeights: Type.Boolean(),
    figures: Type.Array(FigureRow),
    thresholds: Type.Array(ThresholdRow),
    reviewed: Type.Array(Type.Object({ head: oneOf(REVIEW_HEADS), n: Count, agreed: Count }, strict)),
    versions: Type.Array(VersionRow),
  },
  strict,
);
export type ModelsPage = Static<typeof ModelsPage>;

export const CasesQuery = Type.Object(
  {
    head: Type.Optional(oneOf(REVIEW_HEADS)),
    same: Type.Optional(oneOf(['yes', 'no'] as const)),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 20 }),
    before: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  strict,
);
export type CasesQuery = Static<typeof CasesQuery>;
export const CasesList = Type.Object(
  { total: Count, cases: Type.Array(ReviewRow), next: Type.Optional(Type.Integer()) },
  strict,
);
export type CasesList = Static<typeof CasesList>;

const PartFigures = Type.Object(
  { precision: Measured, recall: Measured, calibrationError: Type.Optional(Measured) },
  strict,
);
export const CalibrationTry = Type.Object({ precision: Type.Number({ minimum: 0.5, maximum: 0.99 }) }, strict);
export const CalibrationPreview = Type.Object(
  {
    parts: Type.Array(
      Type.Object(
        {
          part: oneOf(THRESHOLD_PARTS),
          n: Count,
          refused: Type.Optional(Type.String()),
          note: Type.Optional(Type.String()),
          threshold: Type.Optional(Type.Object({ before: Share, after: Share }, strict)),
          before: Type.Optional(PartFigures),
          after: Type.Optional(PartFigures),
        },
        strict,
      ),
    ),
    /** Something would change. */
    possible: Type.Boolean(),
  },
  strict,
);
export type CalibrationPreview = Static<typeof CalibrationPreview>;
export const CalibrationAsk = Type.Object(
  { seen: Seen, precision: Type.Number({ minimum: 0.5, maximum: 0.99 }), why: Why },
  strict,
);
export type CalibrationAsk = Static<typeof CalibrationAsk>;
