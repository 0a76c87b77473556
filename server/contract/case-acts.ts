import Type, { type Static } from 'typebox';
import { CLOCK_STARTS, HANDOFF_MODES, OUTCOMES } from '../../pipelines/domain/case-event.ts';
import { GRADES } from '../../pipelines/domain/suggestion.ts';
import { CaseFileRow, FileEventRow } from './case-file.ts';
import { ErrorBody } from './http.ts';
import { oneOf, orNull, strict } from './shapes.ts';

/**
 * What a person may send to be added to a file: the acts of domain/case-event.ts that people do, with texts of a bounded length. Drafts of
 * refutations and joint publications have routes of their own (http/refute-routes.ts, http/answering-routes.ts): there every sentence must name its evidence.
 */
const Id = Type.String({ minLength: 1, maxLength: 128 });
const Short = Type.String({ maxLength: 500 });
const Long = Type.String({ maxLength: 5_000 });
const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** Epoch ms. */
const At = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const act = <N extends string, P extends Type.TProperties>(name: N, more: P) =>
  Type.Object({ act: Type.Literal(name), ...more }, strict);
const Word = Type.Object(
  { account: Id, text: Long, link: Type.Optional(Type.String({ maxLength: 2_000 })), publishedAt: At },
  strict,
);

export const PersonAct = Type.Union([
  act('acknowledged', { comment: Type.Optional(Short) }),
  act('commented', { comment: Short }),
  act('graded', { grade: orNull(oneOf(GRADES)) }),
  act('clockChosen', { start: oneOf(CLOCK_STARTS) }),
  act('notified', { account: Id }),
  act('overridden', { suggested: orNull(Id), chosen: Id }),
  act('assigned', {
    account: Id,
    mode: oneOf(HANDOFF_MODES),
    minutes: Type.Optional(Type.Number({ minimum: 1, maximum: 525_600 })),
  }),
  act('accepted', { account: Id }),
  act('refused', { account: Id, next: Type.String({ maxLength: 128 }) }),
  act('factsGiven', { account: Id, text: Long }),
  act('answered', { word: Word }),
  act('relayed', { word: Word, of: Seq }),
  act('supplemented', { word: Word, of: Seq }),
  act('corrected', { word: Word, of: Seq }),
  act('reminded', { account: Id, when: Type.Literal('asked') }),
  act('supervised', { account: Id }),
  act('publicShown', { title: Type.String({ maxLength: 60 }), line: Type.Optional(Type.String({ maxLength: 300 })) }),
  act('publicHidden', {}),
  act('closed', { outcome: oneOf(OUTCOMES) }),
  act('reopened', {}),
  act('undone', { of: Seq }),
]);
export type PersonAct = Static<typeof PersonAct>;

/** POST incidents/:id/acts */
export const ActBody = Type.Object(
  {
    /** The seq of the file you looked at. */
    expected: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    act: PersonAct,
    /** When it was done, where that is not now: an act sent later from an offline phone, at most 24 h late and not before the file was begun. */
    at: Type.Optional(Type.String({ format: 'date-time' })),
    why: Type.Optional(Short),
    /** Made by the sender for this one act: however often it is sent, it is kept once, and every answer is the file as it stands. */
    key: Type.Optional(Type.String({ pattern: '^[\\w-]{16,64}$' })),
  },
  strict,
);
export type ActBody = Static<typeof ActBody>;

/** 409: what came meanwhile and by whom, and your own act back, so that nothing is lost. */
export const ActConflict = Type.Object(
  { error: ErrorBody.properties.error, meanwhile: Type.Array(FileEventRow), yours: ActBody, file: CaseFileRow },
  strict,
);
export type ActConflict = Static<typeof ActConflict>;

/** POST incidents/:id/dispatch */
export const DispatchBody = Type.Object(
  {
    expected: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    /** The plea; left out, the incident's first evidence. */
    plea: Type.Optional(Id),
  },
  strict,
);
export type DispatchBody = Static<typeof DispatchBody>;

export const LinkRow = Type.Object(
  {
    account: Id,
    name: Type.String(),
    /** Path on this server: /answer/… and /sheet/…. */
    answer: Type.String(),
    sheet: Type.String(),
    expires: Type.String({ format: 'date-time' }),
  },
  strict,
);
export type LinkRow = Static<typeof LinkRow>;

export const DispatchAnswer = Type.Object({ file: CaseFileRow, links: Type.Array(LinkRow) }, strict);
export type DispatchAnswer = Static<typeof DispatchAnswer>;
