import Type, { type Static } from 'typebox';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** 考评. Spans are seconds, times ISO 8601 in UTC. */
const Ids = Type.Array(Type.String());

/** rate is null below the least n: 样本不足. Each figure names the incidents it was counted from. */
export const RateRow = Type.Object(
  { of: Type.Integer(), n: Type.Integer(), rate: orNull(Type.Number()), counted: Ids, rest: Ids },
  strict,
);
export type RateRow = Static<typeof RateRow>;

export const MedianRow = Type.Object({ n: Type.Integer(), median: orNull(Type.Number()), incidents: Ids }, strict);
export type MedianRow = Static<typeof MedianRow>;

export const UnitRow = Type.Object(
  {
    unit: Type.String(),
    tier: oneOf(TIERS),
    orderly: RateRow,
    accepted: RateRow,
    open: Ids,
    acceptTime: MedianRow,
    answered: RateRow,
    firstAnswerTime: MedianRow,
    onTime: RateRow,
    solved: RateRow,
    satisfied: RateRow,
    participation: Type.Object(
      { voices: Type.Integer(), answers: Type.Integer(), fails: orNull(Type.Boolean()) },
      strict,
    ),
  },
  strict,
);
export type UnitRow = Static<typeof UnitRow>;

export const VETOES = ['security', 'stale', 'unanswered', 'bought'] as const;
export const VETO_STATES = ['fails', 'warns', 'passes', 'unknown'] as const;

export const HealthRow = Type.Object(
  {
    account: Type.String(),
    name: Type.String(),
    unit: Type.String(),
    silentDays: orNull(Type.Integer()),
    oldest: orNull(Type.Object({ incident: Type.String(), days: Type.Integer() }, strict)),
    vetoes: Type.Array(Type.Object({ item: oneOf(VETOES), state: oneOf(VETO_STATES), because: Type.String() }, strict)),
  },
  strict,
);
export type HealthRow = Static<typeof HealthRow>;

/** GET assessment?from&to */
export const AssessmentBody = Type.Object(
  {
    now: Time,
    from: Time,
    to: Time,
    least: Type.Integer(),
    quiet: Type.Object({ from: Type.Integer(), to: Type.Integer() }, strict),
    /** In the order of the matrix; never of a rate. */
    units: Type.Array(UnitRow),
    health: Type.Array(HealthRow),
    /** Titles of the incidents that the figures name. */
    titles: Type.Record(Type.String(), Type.String()),
  },
  strict,
);
export type AssessmentBody = Static<typeof AssessmentBody>;
