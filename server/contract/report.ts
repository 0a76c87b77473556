import Type, { type Static } from 'typebox';
import { orNull, strict, Time } from './shapes.ts';

export const WEEK_PATTERN = '^\\d{4}-W\\d{2}$';

/** One version of a week's report. */
export const ReportVersionRow = Type.Object(
  {
    week: Type.String(),
    /** Division code; null: the whole deployment. */
    region: orNull(Type.String()),
    version: Type.Integer(),
    madeAt: Time,
    madeBy: Type.String(),
    signed: orNull(Type.Object({ by: Type.String(), at: Time }, strict)),
  },
  strict,
);
export type ReportVersionRow = Static<typeof ReportVersionRow>;

export const CommentRow = Type.Object(
  { slot: Type.String(), text: Type.String(), by: Type.String(), at: Time },
  strict,
);

/** Where a person may write beside the numbers. */
export const COMMENT_SLOTS = ['summary', 'answers', 'claims', 'ahead'] as const;

/** GET reports */
export const ReportList = Type.Object(
  {
    now: Time,
    /** The week that ended last. */
    lastWeek: Type.String(),
    /** The report these are versions of, and those that the viewer may ask for, the widest first. */
    region: orNull(Type.String()),
    regions: Type.Array(Type.Object({ region: orNull(Type.String()), name: Type.String() }, strict)),
    /** Since when there is something to count there; null: there is nothing yet. Absent while the store cannot be asked. */
    since: Type.Optional(orNull(Time)),
    versions: Type.Array(ReportVersionRow),
    /** Of the newest week that has a version, or of the one asked for. */
    week: orNull(Type.String()),
    comments: Type.Array(CommentRow),
  },
  strict,
);
export type ReportList = Static<typeof ReportList>;

export const CommentAsk = Type.Object(
  {
    slot: Type.Unsafe<(typeof COMMENT_SLOTS)[number]>(Type.String({ enum: [...COMMENT_SLOTS] })),
    text: Type.String({ maxLength: 2000 }),
  },
  strict,
);
