import Type, { type Static } from 'typebox';
import { FINDINGS } from '../../pipelines/domain/refutation-draft.ts';
import { TIERS } from '../../pipelines/domain/tier.ts';
import { ECHO_KINDS, MissingRow, Seen, VersionsBody, Words } from './answering.ts';
import { oneOf, orNull, strict, Time } from './shapes.ts';

/** A claim under check: its evidence, drafts of a refutation and their confirming. Times are ISO 8601 in UTC. */
/** unchecked: nobody has drafted. drafted: waits for a second person. confirmed: may be published. published: an account has answered. */
export const CLAIM_STATES = ['unchecked', 'drafted', 'confirmed', 'published'] as const;

export const SourceBody = Type.Object(
  {
    id: Type.String({ pattern: '^s\\d{1,2}$' }),
    name: Words(60),
    says: Words(600),
    at: Time,
    url: Type.Optional(Type.String({ pattern: '^https?://[^\\s/]+', maxLength: 500 })),
    tells: Type.Optional(Words(40)),
  },
  strict,
);
export type SourceBody = Static<typeof SourceBody>;

export const SentenceBody = Type.Object(
  {
    text: Type.String({ maxLength: 600 }),
    posts: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 20 }),
    sources: Type.Array(Type.String({ maxLength: 8 }), { maxItems: 20 }),
  },
  strict,
);
export type SentenceBody = Static<typeof SentenceBody>;

/** POST incidents/:id/refutation/compose: the template over what is known; nothing is kept. */
export const ComposeAsk = Type.Object(
  { finding: oneOf(FINDINGS), sources: Type.Array(SourceBody, { maxItems: 20 }) },
  strict,
);
export type ComposeAsk = Static<typeof ComposeAsk>;

export const DraftBody = Type.Object(
  {
    claim: Words(200),
    finding: oneOf(FINDINGS),
    sources: Type.Array(SourceBody, { maxItems: 20 }),
    sentences: Type.Array(SentenceBody, { maxItems: 40 }),
  },
  strict,
);
export type DraftBody = Static<typeof DraftBody>;

export const DraftAsk = Type.Object({ seen: Seen, draft: DraftBody }, strict);
export type DraftAsk = Static<typeof DraftAsk>;

export const DecideAsk = Type.Object(
  { seen: Seen, draft: Type.Integer({ minimum: 1 }), confirm: Type.Boolean(), why: Type.Optional(Words(400)) },
  strict,
);
export type DecideAsk = Static<typeof DecideAsk>;

export const SendAsk = Type.Object({ draft: Type.Integer({ minimum: 1 }) }, strict);
export type SendAsk = Static<typeof SendAsk>;

/** What became of the first try; what waits is tried again, what is dead is listed on the page 渠道. */
export const SendAnswer = Type.Object(
  {
    state: Type.Unsafe<'sent' | 'waiting' | 'dead'>(Type.String({ enum: ['sent', 'waiting', 'dead'] })),
    channel: Type.String(),
    /** The words of the receiver, or why it could not be reached; secrets struck out. */
    says: Type.String(),
  },
  strict,
);
export type SendAnswer = Static<typeof SendAnswer>;

export const DraftRow = Type.Object(
  {
    seq: Type.Integer(),
    at: Time,
    by: Type.String(),
    /** Who asks wrote it: somebody else has to confirm. */
    own: Type.Boolean(),
    text: Type.String(),
    draft: DraftBody,
    confirmed: Type.Optional(Type.Object({ at: Time, by: Type.String() }, strict)),
    rejected: Type.Optional(Type.Object({ at: Time, by: Type.String(), why: Type.String() }, strict)),
  },
  strict,
);
export type DraftRow = Static<typeof DraftRow>;

export const ClaimListRow = Type.Object(
  {
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    rung: oneOf(TIERS),
    claim: Type.String(),
    /** Distinct posts that word it alike. */
    posts: Type.Integer(),
    firstAt: Time,
    state: oneOf(CLAIM_STATES),
    suggested: Type.Integer(),
    confirmed: Type.Integer(),
  },
  strict,
);
export type ClaimListRow = Static<typeof ClaimListRow>;

export const ClaimList = Type.Object({ now: Time, claims: Type.Array(ClaimListRow) }, strict);
export type ClaimList = Static<typeof ClaimList>;

export const EvidenceRow = Type.Object(
  {
    id: Type.String(),
    platform: Type.String(),
    text: Type.String(),
    time: Time,
    regionName: orNull(Type.String()),
    echo: oneOf(ECHO_KINDS),
    copies: Type.Integer(),
  },
  strict,
);
export type EvidenceRow = Static<typeof EvidenceRow>;

const MatchRow = Type.Object(
  {
    id: Type.String(),
    claim: Type.String(),
    verdict: Type.String(),
    source: Type.String(),
    url: Type.Optional(Type.String()),
    publishedAt: Time,
    /** Posts of the incident it was confirmed for by a person; 0 for a machine's guess. */
    confirmedPosts: Type.Integer(),
    score: Type.Optional(Type.Number()),
    because: Type.Array(Type.String()),
  },
  strict,
);
export type MatchRow = Static<typeof MatchRow>;

/** GET incidents/:id/refutation */
export const ClaimFile = Type.Object(
  {
    now: Time,
    incident: Type.String(),
    title: Type.String(),
    regionName: Type.String(),
    rung: oneOf(TIERS),
    /** The last seq of the file; 0 where it has none yet. */
    seq: Type.Integer(),
    state: oneOf(CLAIM_STATES),
    claim: orNull(
      Type.Object(
        {
          text: Type.String(),
          posts: Type.Integer(),
          firstAt: Time,
          variants: Type.Array(Type.Object({ text: Type.String(), posts: Type.Integer() }, strict)),
        },
        strict,
      ),
    ),
    evidence: Type.Array(EvidenceRow),
    asked: Type.Array(MissingRow),
    /** Every fact the program knows the public to ask for: what a source may tell. */
    facts: Type.Array(Type.String()),
    drafts: Type.Array(DraftRow),
    suggested: Type.Array(MatchRow),
    confirmed: Type.Array(MatchRow),
    /** Who publishes it by the rule. */
    publisher: Type.Object(
      { account: orNull(Type.String()), name: orNull(Type.String()), because: Type.Array(Type.String()) },
      strict,
    ),
    versions: VersionsBody,
    /** The office has its own webhook: a confirmed text may be sent there. */
    canSend: Type.Boolean(),
  },
  strict,
);
export type ClaimFile = Static<typeof ClaimFile>;
