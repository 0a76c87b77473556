import Type, { type Static } from 'typebox';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import { SEVERITIES } from '../../pipelines/domain/finding.ts';
import { INCIDENT_KINDS } from '../../pipelines/domain/incident.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** The matrix as the page 矩阵 reads and changes it. */
const Short = Type.String({ minLength: 1, maxLength: 120 });

const Channel = Type.Object(
  { platform: Type.String(), handle: Type.String(), link: Type.Optional(Type.String()) },
  strict,
);

export const AccountRow = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    unit: Type.String(),
    tier: oneOf(TIERS),
    region: Type.String(),
    regionName: Type.String(),
    place: Type.Optional(Type.String()),
    duties: Type.Array(oneOf(DUTIES)),
    public: Type.Boolean(),
    parent: Type.Optional(Type.String()),
    parentName: Type.Optional(Type.String()),
    /** As people write it: 周一至周五09:00–18:00. */
    hours: Type.Optional(Type.String()),
    onDuty: Type.Boolean(),
    channels: Type.Array(Channel),
    /** Only for those who hand cases over. */
    contact: Type.Optional(Type.String()),
    /** Whether the asker may change it. */
    mine: Type.Boolean(),
  },
  strict,
);
export type AccountRow = Static<typeof AccountRow>;

export const FindingRow = Type.Object(
  {
    severity: oneOf(SEVERITIES),
    says: Type.String(),
    wrongly: Type.String(),
    mend: Type.String(),
    account: Type.Optional(Type.String()),
  },
  strict,
);
export type FindingRow = Static<typeof FindingRow>;

export const CoverageRow = Type.Object(
  {
    duty: oneOf(DUTIES),
    owners: Type.Integer(),
    tier: orNull(oneOf(TIERS)),
    own: Type.Integer(),
    counties: Type.Integer(),
    silent: Type.Boolean(),
  },
  strict,
);
export type CoverageRow = Static<typeof CoverageRow>;

export const ChangeRow = Type.Object(
  {
    n: Type.Integer(),
    batch: Type.Integer(),
    at: Time,
    by: Type.String(),
    why: Type.String(),
    account: Type.String(),
    name: Type.String(),
    what: oneOf(['added', 'changed', 'retired'] as const),
    fields: Type.Array(Type.Object({ name: Type.String(), was: Type.String(), now: Type.String() }, strict)),
  },
  strict,
);
export type ChangeRow = Static<typeof ChangeRow>;

/** One batch: what was changed together, and whether it can still be taken back as it is. */
export const BatchRow = Type.Object(
  {
    batch: Type.Integer(),
    at: Time,
    by: Type.String(),
    why: Type.String(),
    accounts: Type.Array(Type.String(), { maxItems: 6 }),
    count: Type.Integer(),
    undoable: Type.Boolean(),
  },
  strict,
);
export type BatchRow = Static<typeof BatchRow>;

export const ExampleRow = Type.Object(
  { id: Type.String(), name: Type.String(), about: Type.String(), accounts: Type.Integer() },
  strict,
);
export type ExampleRow = Static<typeof ExampleRow>;

export const MatrixPage = Type.Object(
  {
    now: Time,
    drill: Type.Boolean(),
    /** The n of the newest change: give it back as `seen`. */
    last: Type.Integer(),
    home: Type.Object({ code: Type.String(), name: Type.String() }, strict),
    mayEdit: Type.Boolean(),
    /** Whole matrices are only changed by those who see all of it. */
    mayReplace: Type.Boolean(),
    accounts: Type.Array(AccountRow),
    findings: Type.Array(FindingRow),
    coverage: Type.Array(CoverageRow),
    notice: orNull(Type.String()),
    recent: Type.Array(BatchRow),
    examples: Type.Array(ExampleRow),
  },
  strict,
);
export type MatrixPage = Static<typeof MatrixPage>;

/** Fields are checked one by one, so that each refusal is a sentence for people. */
export const AccountInput = Type.Object(
  {
    id: Type.Optional(Type.String({ maxLength: 120, description: 'Left out or empty: a new account' })),
    name: Type.String({ maxLength: 200 }),
    unit: Type.String({ maxLength: 200 }),
    tier: Type.String({ maxLength: 20 }),
    region: Type.String({ maxLength: 60, description: 'Division code, or the name of a division' }),
    place: Type.Optional(Type.String({ maxLength: 200 })),
    duties: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 30 }),
    public: Type.Boolean(),
    parent: Type.Optional(Type.String({ maxLength: 120 })),
    hours: Type.Optional(
      Type.String({ maxLength: 400, description: '周一至周五 09:00-18:00；周六 09:00-12:00, or 24小时' }),
    ),
    channels: Type.Optional(Type.String({ maxLength: 2000, description: '微博 @名称 https://网址；抖音 名称' })),
    contact: Type.Optional(Type.String({ maxLength: 200 })),
  },
  strict,
);
export type AccountInput = Static<typeof AccountInput>;

const Why = Type.String({ minLength: 2, maxLength: 200, description: 'The reason, in words; kept for good' });

/** POST matrix/changes */
export const ChangesAsk = Type.Object(
  {
    seen: Type.Integer({ minimum: 0 }),
    why: Type.Optional(Why),
    preview: Type.Optional(Type.Boolean({ description: 'Only say what would come of it' })),
    put: Type.Optional(Type.Array(AccountInput, { maxItems: 200 })),
    retire: Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { maxItems: 200 })),
  },
  strict,
);
export type ChangesAsk = Static<typeof ChangesAsk>;

export const ChangesAnswer = Type.Object(
  {
    last: Type.Integer(),
    kept: Type.Array(ChangeRow),
    come: Type.Array(FindingRow),
    go: Type.Array(FindingRow),
  },
  strict,
);
export type ChangesAnswer = Static<typeof ChangesAnswer>;

export const UndoAsk = Type.Object({ batch: Type.Integer({ minimum: 1 }) }, strict);
export type UndoAsk = Static<typeof UndoAsk>;

/** What an import would do, or has done (`batch`). */
export const ImportAnswer = Type.Object(
  {
    taken: Type.Boolean(),
    batch: orNull(Type.Integer()),
    rows: Type.Integer(),
    same: Type.Integer(),
    added: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), regionName: Type.String() }, strict)),
    changed: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), fields: Type.Array(Type.String()) }, strict),
    ),
    absent: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
    rejected: Type.Array(Type.Object({ row: Type.Integer(), column: Type.String(), because: Type.String() }, strict)),
    ignored: Type.Array(Type.String()),
    holes: Type.Array(FindingRow),
  },
  strict,
);
export type ImportAnswer = Static<typeof ImportAnswer>;

export const StartAsk = Type.Object(
  { example: Short, preview: Type.Optional(Type.Boolean()), why: Type.Optional(Why) },
  strict,
);
export type StartAsk = Static<typeof StartAsk>;

export const TryAsk = Type.Object(
  {
    region: orNull(Type.String({ maxLength: 60 })),
    kind: oneOf(INCIDENT_KINDS),
    duty: Type.Array(oneOf(DUTIES), { maxItems: 10 }),
    spread: oneOf(TIERS),
    urgent: Type.Optional(Type.Boolean()),
    text: Type.Optional(Type.String({ maxLength: 500 })),
    place: Type.Optional(Type.String({ maxLength: 60 })),
    answeredBy: Type.Optional(Type.String({ maxLength: 120 })),
    handedTo: Type.Optional(Type.String({ maxLength: 120 })),
    overdue: Type.Optional(Type.Boolean()),
    at: Type.Optional(Time),
  },
  strict,
);
export type TryAsk = Static<typeof TryAsk>;

const followed = { followed: Type.Integer(), decided: Type.Integer(), share: orNull(Type.Number()) };
export const AccuracyBody = Type.Object(
  {
    all: Type.Object(followed, strict),
    byKind: Type.Array(Type.Object({ kind: oneOf(INCIDENT_KINDS), ...followed }, strict)),
    byTier: Type.Array(Type.Object({ tier: oneOf(TIERS), ...followed }, strict)),
    open: Type.Integer(),
    /** Below so many decided no share is given: 样本不足. */
    least: Type.Integer(),
    overrides: Type.Array(
      Type.Object(
        {
          incident: Type.String(),
          at: Time,
          suggested: orNull(Type.String()),
          chosen: Type.String(),
          why: orNull(Type.String()),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type AccuracyBody = Static<typeof AccuracyBody>;
