import type { CaseState, DraftedClaim, Word } from '../pipelines/domain/case-state.ts';
import type { Actor } from '../pipelines/domain/case-event.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Viewer } from '../pipelines/domain/person.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { compareVersions } from '../pipelines/5-respond/compare-versions.ts';
import type { WrittenDraft } from '../pipelines/5-respond/draft-refutation.ts';
import type { MissingFact } from '../pipelines/5-respond/find-missing.ts';
import { followJoint } from '../pipelines/5-respond/follow-joint.ts';
import { ECHOES, type EchoReport, type EchoRules, type EchoWindow } from '../pipelines/5-respond/measure-echo.ts';
import { shareOf } from '../pipelines/5-respond/share-interval.ts';
import type { Account } from '../pipelines/domain/account.ts';
import type { EchoRow, EchoWindowRow, JointRow, MissingRow, VersionsBody } from './contract/answering.ts';
import type { ClaimFile, DraftBody, DraftRow } from './contract/refutation.ts';

/** What follows an answer, as the contract shows it. Pure. */
const iso = (at: number): string => new Date(at).toISOString();
const SECOND = 1_000;

export const whoDid = (by: Actor, account: (id: string) => Account | undefined): string => {
  switch (by.kind) {
    case 'person':
      return by.name;
    case 'unit':
      return account(by.account)?.name ?? by.account;
    case 'rule':
      return `规则：${by.rule}`;
    case 'citizen':
      return '群众';
  }
};

const windowRow = ({ from, to, n, by, unsettled }: EchoWindow): EchoWindowRow => ({
  ...{ from: iso(from), to: iso(to), n },
  by: ECHOES.map((echo) => ({ echo, share: shareOf(by[echo].count, n), posts: [...by[echo].posts] })),
  unsettled,
});

export const echoRow = (report: EchoReport, rules: EchoRules, cut: boolean): EchoRow => ({
  ...{ verdict: report.verdict, because: report.because, answeredAt: iso(report.after.from) },
  ...{ before: windowRow(report.before), after: windowRow(report.after), fall: report.fall },
  ...{ residual: report.residual, claimReach: report.claimReach, correctionReach: report.correctionReach },
  lag: report.lag === null ? null : report.lag / SECOND,
  rules: { ...rules, window: rules.window / SECOND },
  cut,
});

export const missingRow = ({ fact, asked, posts }: MissingFact): MissingRow => ({ fact, asked, posts: [...posts] });

/** Where a later word of the same account corrects an earlier one, or a correction names it, the earlier no longer stands. */
const supersededBy = (word: Word, words: readonly Word[]): number | undefined =>
  words.find(({ kind, of }) => kind === 'corrected' && of === word.seq)?.seq;

/** The words in the order they were published, and what those that stand say differently of the same. Relays that only repeat are listed too. */
export function versionsBody(words: readonly Word[], account: (id: string) => Account | undefined): VersionsBody {
  const told = [...words].sort((a, b) => a.word.publishedAt - b.word.publishedAt || a.seq - b.seq);
  const standing = told.filter((word) => supersededBy(word, told) === undefined);
  const comparisons = standing.flatMap((a, at) =>
    standing.slice(at + 1).map((b) => {
      const { differs, onlyA, onlyB } = compareVersions(a.word, b.word);
      return { a: a.seq, b: b.seq, differs: [...differs], onlyA: [...onlyA], onlyB: [...onlyB] };
    }),
  );
  return {
    versions: told.map((one) => {
      const { seq, kind, word } = one;
      const later = supersededBy(one, told);
      return {
        ...{ seq, kind, account: word.account, accountName: account(word.account)?.name ?? word.account },
        tier: account(word.account)?.tier ?? null,
        text: word.text,
        ...(word.link === undefined ? {} : { link: word.link }),
        publishedAt: iso(word.publishedAt),
        ...(later === undefined ? {} : { supersededBy: later }),
      };
    }),
    comparisons,
  };
}

export const jointRows = (
  state: CaseState,
  incident: Incident,
  now: number,
  account: (id: string) => Account | undefined,
): JointRow[] =>
  state.joints.map((plan) => ({
    ...{ incident: incident.id, incidentTitle: incident.title, seq: plan.seq, title: plan.title },
    ...{ plannedAt: iso(plan.at), by: whoDid(plan.by, account) },
    layers: followJoint(state, plan, now).map((layer) => ({
      ...{ account: layer.account, accountName: account(layer.account)?.name ?? layer.account, does: layer.does },
      ...{ tier: account(layer.account)?.tier ?? null, from: iso(layer.from), state: layer.state },
      ...(layer.text === undefined ? {} : { text: layer.text }),
      ...(layer.word === undefined ? {} : { publishedAt: iso(layer.word.word.publishedAt) }),
      ...(layer.word?.word.link === undefined ? {} : { link: layer.word.word.link }),
      ...(layer.why === undefined ? {} : { why: layer.why }),
    })),
  }));

export const writtenOf = ({ claim, finding, sources, sentences }: DraftBody): WrittenDraft => ({
  ...{ claim, finding },
  sources: sources.map(({ at, ...rest }) => ({ ...rest, at: Date.parse(at) })),
  sentences: sentences.map(({ text, posts, sources: cited }) => ({ text, posts: posts as PostId[], sources: cited })),
});

export const draftBody = ({ claim, finding, sources, sentences }: WrittenDraft): DraftBody => ({
  ...{ claim, finding },
  sources: sources.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
  sentences: sentences.map(({ text, posts, sources: cited }) => ({ text, posts: [...posts], sources: [...cited] })),
});

export function draftRow(
  drafted: DraftedClaim,
  viewer: Viewer,
  account: (id: string) => Account | undefined,
): DraftRow | undefined {
  const { seq, at, by, text, draft, confirmed, rejected } = drafted;
  if (draft === undefined) return undefined;
  return {
    ...{ seq, at: iso(at), by: whoDid(by, account), own: by.kind === 'person' && by.id === viewer.id, text },
    draft: draftBody(draft),
    ...(confirmed === undefined ? {} : { confirmed: { at: iso(confirmed.at), by: whoDid(confirmed.by, account) } }),
    ...(rejected === undefined
      ? {}
      : { rejected: { at: iso(rejected.at), by: whoDid(rejected.by, account), why: rejected.why ?? '' } }),
  };
}

/** How far a claim has come. A word after the confirmation publishes it. */
export function claimState(state: CaseState | undefined): ClaimFile['state'] {
  const drafts = (state?.claims ?? []).filter(({ draft }) => draft !== undefined);
  const confirmed = drafts.findLast((draft) => draft.confirmed !== undefined);
  if (confirmed?.confirmed !== undefined) {
    const since = confirmed.confirmed.seq;
    return state?.words.some(({ seq }) => seq > since) === true ? 'published' : 'confirmed';
  }
  return drafts.some(({ rejected }) => rejected === undefined) ? 'drafted' : 'unchecked';
}
