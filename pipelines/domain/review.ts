import type { Duty } from './duty.ts';
import type { AuthorKind, Mood, NeedKind, PostId, Sentiment } from './post.ts';
import type { RegionCode } from './region.ts';

/**
 * What a person finds about a claim: it is a rumor, it is true, an earlier finding is taken back, or the post claims nothing
 * that anybody would check. The first three name the source they rest on.
 */
export const RUMOR_FINDINGS = ['confirmed-rumor', 'confirmed-true', 'withdrawn', 'nothing-to-check'] as const;
export type RumorFinding = (typeof RUMOR_FINDINGS)[number];

/** True where the finding says something about the world and therefore needs a source. */
export const needsSource = (finding: RumorFinding): boolean => finding !== 'nothing-to-check';

/** What a person says about a suggested match: this post spreads that claim, or it does not. */
export const MATCH_FINDINGS = ['confirmed', 'rejected'] as const;
export type MatchFinding = (typeof MATCH_FINDINGS)[number];

/** The judgements a person can correct; the order is that of the form. */
export const REVIEW_HEADS = ['place', 'mood', 'need', 'lifeAtRisk', 'rumor', 'duty'] as const;
export type ReviewHead = (typeof REVIEW_HEADS)[number];

/** What one person said. A head that is absent was not looked at; the machine's own value means it was found right. */
export interface Correction {
  /** null: no place at all. */
  readonly place?: RegionCode | null;
  readonly mood?: Mood;
  /** null: asks for nothing. */
  readonly need?: NeedKind | null;
  readonly lifeAtRisk?: boolean;
  readonly rumor?: { readonly finding: RumorFinding; readonly source?: string; readonly url?: string };
  /** Empty: no department's business. */
  readonly duty?: readonly Duty[];
}

/** One match as a person decided it, with the refutation as it read then: an import may change it later. */
export interface DecidedMatch {
  readonly id: string;
  readonly finding: MatchFinding;
  readonly claim: string;
  readonly verdict: string;
  readonly source: string;
  readonly url?: string;
  /** Epoch ms. */
  readonly publishedAt: number;
}

/** What the machine had said when the person looked. Scores are 0…1. */
export interface MachineJudgement {
  readonly place: RegionCode | null;
  readonly sentiment: Sentiment;
  readonly mood: Mood;
  readonly positive: number;
  readonly need: NeedKind | null;
  readonly needScore: number;
  readonly urgent: boolean;
  readonly lifeAtRisk: boolean;
  readonly rumor: number;
  readonly needsCheck: boolean;
  readonly duty: readonly Duty[];
}

/**
 * 已核案例: the text as it was judged, what the machine said, what a person says. Kept as it is for as long as the case is kept;
 * who wrote the post is not in it, only what kind of account, which the rumor score depends on.
 */
export interface ReviewDraft {
  readonly post: PostId;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  readonly title?: string;
  readonly authorKind?: AuthorKind;
  /** Version of the weights that judged, and of the calibration over them; null: as released. */
  readonly weights: string;
  readonly calibration: string | null;
  readonly machine: MachineJudgement;
  readonly says: Correction;
  readonly matches: readonly DecidedMatch[];
  readonly comment?: string;
}

export interface ReviewedCase extends ReviewDraft {
  /** From 1, by one a case, never used again. */
  readonly id: number;
}

/** A decided match with the case that decided it. */
export interface StandingMatch extends DecidedMatch {
  readonly review: number;
  /** Epoch ms. */
  readonly decidedAt: number;
}

/** Of one post: the newest word on each head, and on each refutation. Older cases stay in the store. */
export interface Standing {
  readonly says: Correction;
  readonly matches: readonly StandingMatch[];
  /** The newest case, and how many there are. */
  readonly last: number;
  readonly at: number;
  readonly cases: number;
  readonly comment?: string;
}

/** @param cases of one post, oldest first; undefined where there are none */
export function standingOf(cases: readonly ReviewedCase[]): Standing | undefined {
  const newest = cases.at(-1);
  if (newest === undefined) return undefined;
  const matches = new Map<string, StandingMatch>();
  let says: Correction = {};
  let comment: string | undefined;
  for (const each of cases) {
    says = { ...says, ...each.says };
    for (const match of each.matches) matches.set(match.id, { ...match, review: each.id, decidedAt: each.at });
    comment = each.comment ?? comment;
  }
  return {
    says,
    matches: [...matches.values()],
    last: newest.id,
    at: newest.at,
    cases: cases.length,
    ...(comment === undefined ? {} : { comment }),
  };
}

/** Whether the machine had said the same; undefined where this head was not looked at, or the finding was taken back. */
export function agrees(head: ReviewHead, machine: MachineJudgement, says: Correction): boolean | undefined {
  switch (head) {
    case 'place':
      return says.place === undefined ? undefined : says.place === machine.place;
    case 'mood':
      return says.mood === undefined ? undefined : says.mood === machine.mood;
    case 'need':
      return says.need === undefined ? undefined : says.need === machine.need;
    case 'lifeAtRisk':
      return says.lifeAtRisk === undefined ? undefined : says.lifeAtRisk === machine.lifeAtRisk;
    case 'rumor': {
      const checked = rumorLabel(says);
      return checked === undefined ? undefined : checked === machine.needsCheck;
    }
    case 'duty':
      return says.duty === undefined
        ? undefined
        : says.duty.length === machine.duty.length && says.duty.every((duty) => machine.duty.includes(duty));
  }
}

/** True: a check was needed and found a rumor; false: it was true or claimed nothing; undefined: not said, or taken back. */
export function rumorLabel(says: Correction): boolean | undefined {
  switch (says.rumor?.finding) {
    case 'confirmed-rumor':
      return true;
    case 'confirmed-true':
    case 'nothing-to-check':
      return false;
    case 'withdrawn':
    case undefined:
      return undefined;
  }
}

export interface Agreement {
  readonly head: ReviewHead;
  /** Posts on which a person said something about this head, and those where the machine had said the same. */
  readonly n: number;
  readonly agreed: number;
}

/** One row a head, over posts: the newest word on each counts once, against what the machine had said then. @param cases in any order */
export function agreementOf(cases: Iterable<ReviewedCase>): readonly Agreement[] {
  const newest = new Map<string, { readonly id: number; readonly same: boolean | undefined }>();
  for (const { id, post, machine, says } of cases)
    for (const head of REVIEW_HEADS) {
      const key = `${head}|${post}`;
      if (says[head] !== undefined && (newest.get(key)?.id ?? 0) < id)
        newest.set(key, { id, same: agrees(head, machine, says) });
    }
  const words = [...newest].flatMap(([key, { same }]) => (same === undefined ? [] : [{ key, same }]));
  return REVIEW_HEADS.map((head) => {
    const own = words.filter(({ key }) => key.startsWith(`${head}|`));
    return { head, n: own.length, agreed: own.filter(({ same }) => same).length };
  });
}
