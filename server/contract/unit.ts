import Type, { type Static } from 'typebox';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** One case as a unit sees it by its signed link or on its printed sheet. Times are ISO 8601 in UTC. */

/** open: it is with this unit. accepted: so, and it said yes. done: its part is done. expired, moved, closed: nothing can be sent any more. */
export const UNIT_STATES = ['open', 'accepted', 'done', 'expired', 'moved', 'closed'] as const;

export const UnitView = Type.Object(
  {
    state: oneOf(UNIT_STATES),
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    kind: Type.String(),
    lifeAtRisk: Type.Boolean(),
    unit: Type.String(),
    /** 交办, 转办, 吹哨 or 派警, by whom, and their words. */
    asked: Type.String(),
    askedAt: Time,
    why: orNull(Type.String()),
    due: Time,
    rule: Type.String(),
    /** Masked evidence, for the sheet: what citizens said. */
    terms: Type.Array(Type.String()),
    steps: Type.Array(Type.Object({ at: Time, said: Type.String() }, strict)),
    facts: Type.Array(Type.Object({ text: Type.String(), at: Time }, strict)),
    mayAccept: Type.Boolean(),
    mayRefuse: Type.Boolean(),
    /** True where it was sent to a plea and may see the plea's own words. */
    mayContact: Type.Boolean(),
    /** Whom it may name as next. */
    choices: Type.Array(Type.Object({ account: Type.String(), name: Type.String() }, strict)),
    expires: orNull(Time),
    office: Type.String(),
    drill: Type.Boolean(),
  },
  strict,
);
export type UnitView = Static<typeof UnitView>;

/** What the form sends, as forms send it. */
export const UnitForm = Type.Object(
  {
    do: oneOf(['accept', 'facts', 'refuse'] as const),
    text: Type.Optional(Type.String({ maxLength: 5_000 })),
    next: Type.Optional(Type.String({ maxLength: 128 })),
    why: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export type UnitForm = Static<typeof UnitForm>;
