import Type, { type Static } from 'typebox';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** What anybody may see of a case: the office's own words, who has it, since when, and the answer. No post, no author, no place finer than the office wrote. */

export const PUBLIC_STEPS = ['received', 'handed', 'working', 'answered', 'judged'] as const;

export const PublicRow = Type.Object(
  {
    id: Type.String(),
    /** 办件编号. */
    number: Type.String(),
    title: Type.String(),
    line: orNull(Type.String()),
    regionName: Type.String(),
    step: oneOf(PUBLIC_STEPS),
    /** Who has it now; null where it is closed. */
    holder: orNull(Type.String()),
    holderSince: Time,
    due: Time,
    answeredAt: orNull(Time),
    overdue: Type.Boolean(),
    closed: Type.Boolean(),
    solved: Type.Integer(),
    unsolved: Type.Integer(),
    updated: Time,
  },
  strict,
);
export type PublicRow = Static<typeof PublicRow>;

export const PublicCase = Type.Object(
  {
    case: PublicRow,
    /** The public words of accounts, first answer first. */
    answers: Type.Array(
      Type.Object(
        { account: Type.String(), kind: Type.String(), text: Type.String(), link: orNull(Type.String()), at: Time },
        strict,
      ),
    ),
    /** Newest first. */
    steps: Type.Array(
      Type.Object({ at: Time, said: Type.String(), why: orNull(Type.String()), late: Type.Boolean() }, strict),
    ),
    promise: Type.String(),
    mayJudge: Type.Boolean(),
  },
  strict,
);
export type PublicCase = Static<typeof PublicCase>;

export const PublicList = Type.Object(
  { office: Type.String(), drill: Type.Boolean(), cases: Type.Array(PublicRow) },
  strict,
);
export type PublicList = Static<typeof PublicList>;
