import Type, { type Static } from 'typebox';
import { HHMM } from './notify.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The page 值班 and what it asks for. Times are ISO 8601 in UTC; times of the day are HH:MM in Asia/Shanghai. */
const Incident = Type.String({ minLength: 1, maxLength: 128 });

export const Member = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 30 }), channel: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) },
  strict,
);
export type Member = Static<typeof Member>;

const Days = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true });
const OnDate = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });

/** POST oncall/shifts; with `id` in the place of the one there is. */
export const ShiftAsk = Type.Object(
  {
    id: Type.Optional(Type.Integer({ minimum: 1 })),
    name: Type.String({ minLength: 1, maxLength: 30 }),
    on: Type.Union([Type.Object({ days: Days }, strict), Type.Object({ date: OnDate }, strict)]),
    from: HHMM,
    to: HHMM,
    members: Type.Array(Member, { minItems: 1, maxItems: 10 }),
  },
  strict,
);
export type ShiftAsk = Static<typeof ShiftAsk>;
export const ShiftRow = Type.Object({ ...ShiftAsk.properties, id: Type.Integer() }, strict);
export type ShiftRow = Static<typeof ShiftRow>;
export const ShiftIs = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict);

export const SpanRow = Type.Object(
  {
    shift: Type.Integer(),
    name: Type.String(),
    from: Time,
    to: Time,
    once: Type.Boolean(),
    members: Type.Array(Type.String()),
  },
  strict,
);
export type SpanRow = Static<typeof SpanRow>;

/** POST oncall/rules */
export const RulesAsk = Type.Object(
  {
    on: Type.Boolean(),
    waitMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
    leads: Type.Array(Member, { maxItems: 10 }),
    night: orNull(Type.Object({ from: HHMM, to: HHMM }, strict)),
    auditChannel: orNull(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
  },
  strict,
);
export type RulesAsk = Static<typeof RulesAsk>;

export const MuteRow = Type.Object(
  {
    id: Type.Integer(),
    incident: orNull(Type.String()),
    region: orNull(Type.String()),
    /** The title of the incident, or the name of the region. */
    what: Type.String(),
    words: Type.Array(Type.String()),
    reason: Type.String(),
    by: Type.String(),
    at: Time,
    until: Time,
    state: oneOf(['on', 'over', 'ended'] as const),
    endedAt: orNull(Time),
    endedBy: orNull(Type.String()),
    /** Messages that it kept back so far. */
    kept: Type.Integer(),
  },
  strict,
);
export type MuteRow = Static<typeof MuteRow>;

/** POST oncall/mutes: one incident, or a region with words. */
export const MuteAsk = Type.Object(
  {
    incident: Type.Optional(Incident),
    region: Type.Optional(Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$' })),
    words: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 20 })),
    reason: Type.String({ minLength: 2, maxLength: 200 }),
    until: Time,
  },
  strict,
);
export type MuteAsk = Static<typeof MuteAsk>;
export const MuteIs = Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict);

/** calling 呼叫中 · deferred 等天亮 · taken 已接手 · closed 已了结 · unanswered 无人接手. */
export const CALL_STATES = ['calling', 'deferred', 'taken', 'closed', 'unanswered'] as const;

export const CallRow = Type.Object(
  {
    incident: Type.String(),
    title: Type.String(),
    urgent: Type.Boolean(),
    state: oneOf(CALL_STATES),
    began: Time,
    nextAt: orNull(Time),
    /** Who is called next; null where nobody is, or nobody is left. */
    next: orNull(Type.String()),
    takenBy: orNull(Type.String()),
    steps: Type.Array(Type.Object({ at: Time, what: Type.String() }, strict)),
  },
  strict,
);
export type CallRow = Static<typeof CallRow>;
export const TakeAsk = Type.Object({ incident: Incident }, strict);
export type TakeAsk = Static<typeof TakeAsk>;

/** GET oncall */
export const OnCallPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    /** Monday 0:00 of this week in Asia/Shanghai, and seven days on. */
    week: Type.Object(
      {
        from: Time,
        to: Time,
        spans: Type.Array(SpanRow),
        gaps: Type.Array(Type.Object({ from: Time, to: Time }, strict)),
      },
      strict,
    ),
    onNow: Type.Array(SpanRow),
    /** In the order in which they are called now. */
    chain: Type.Array(Member),
    shifts: Type.Array(ShiftRow),
    rules: Type.Object({ ...RulesAsk.properties, changedAt: orNull(Time), changedBy: Type.String() }, strict),
    channels: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
    calls: Type.Array(CallRow),
    mutes: Type.Array(MuteRow),
    /** When the auditor last looked; null before it did. */
    auditedAt: orNull(Time),
    silences: Type.Array(Type.Object({ source: Type.String(), since: Time }, strict)),
  },
  strict,
);
export type OnCallPage = Static<typeof OnCallPage>;

/** GET oncall/note: 交接单 of the turn that ended last, or with `from` and `to` of any span of at most three days. */
export const NotePage = Type.Object(
  {
    shift: orNull(Type.String()),
    members: Type.Array(Type.String()),
    from: Time,
    to: Time,
    opened: Type.Integer(),
    closed: Type.Integer(),
    open: Type.Array(
      Type.Object(
        {
          incident: Type.String(),
          title: Type.String(),
          place: Type.String(),
          lifeAtRisk: Type.Boolean(),
          court: orNull(Type.String()),
          since: Time,
          status: oneOf(['untouched', 'acknowledged', 'assigned', 'answered', 'reopened'] as const),
          due: orNull(Time),
        },
        strict,
      ),
    ),
    changed: Type.Array(
      Type.Object({ at: Time, incident: Type.String(), title: Type.String(), what: Type.String() }, strict),
    ),
  },
  strict,
);
export type NotePage = Static<typeof NotePage>;

/** 409 and the like are errors; this is the answer of an act that was done. */
export const Done = Type.Object({ done: Type.Boolean() }, strict);
