import type { IncidentId } from './incident.ts';
import type { PostId } from './post.ts';
import type { RefutationDraft } from './refutation-draft.ts';
import type { Act, Grade } from './suggestion.ts';

/** 事件档案: what people and rules did about an incident. Only ever added to; the status is its fold (5-respond/fold-case.ts). */

/** Who did it. A unit answers by its signed link, a citizen on the public page; neither signs in. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly name: string; readonly account?: string }
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'unit'; readonly account: string }
  | { readonly kind: 'citizen' };

/** Three possible starts of a clock; the texts name none, so all are kept and the office's choice is shown. */
export const CLOCK_STARTS = ['firstSeen', 'firstPost', 'notified'] as const;
export type ClockStart = (typeof CLOCK_STARTS)[number];
export const CLOCK_START_NAMES: Readonly<Record<ClockStart, string>> = {
  firstSeen: '首次发现',
  firstPost: '首帖发出',
  notified: '通知到责任单位',
};

/** 交办: by an upper tier to a lower one. 转办: to another department of the same tier. 吹哨: one calls several together. */
export const HANDOFF_MODES = ['assign', 'transfer', 'whistle'] as const;
export type HandoffMode = (typeof HANDOFF_MODES)[number];
export const HANDOFF_MODE_NAMES: Readonly<Record<HandoffMode, string>> = {
  assign: '交办',
  transfer: '转办',
  whistle: '吹哨',
};

/** The public word of an account, as it was published on its own platform. */
export interface PublicWord {
  readonly account: string;
  readonly text: string;
  readonly link?: string;
  /** When it was published, epoch ms; may lie before the event that reports it. */
  readonly publishedAt: number;
}

/** Half the time gone, four fifths gone, or a person asked. */
export type ReminderKind = 'half' | 'eighty' | 'asked';

export const OUTCOMES = ['solved', 'explained', 'notOurs', 'untrue', 'duplicate', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  solved: '已解决',
  explained: '已说明',
  notOurs: '不属本地',
  untrue: '不实',
  duplicate: '重复',
  withdrawn: '诉求人撤回',
};

/** One layer of a joint publication: 市局, 分局, 派出所. */
export interface JointLayer {
  readonly account: string;
  /** What it does with the notice. */
  readonly does: Extract<Act, 'publish' | 'relay' | 'supplement'>;
  /** From when on, epoch ms. */
  readonly from: number;
  /** Its own words or facts, such as the local telephone number. */
  readonly text?: string;
}

export type CaseAct =
  /** By the rule that found the incident. Epoch ms; `notified` joins once the responsible unit has been told. */
  | {
      readonly act: 'raised';
      readonly starts: { readonly firstPost: number; readonly firstSeen: number };
      readonly suggested: string | null;
    }
  | { readonly act: 'acknowledged'; readonly comment?: string }
  | { readonly act: 'commented'; readonly comment: string }
  | { readonly act: 'graded'; readonly grade: Grade | null }
  | { readonly act: 'clockChosen'; readonly start: ClockStart }
  /** The responsible unit was told, by whichever way: the third possible start. */
  | { readonly act: 'notified'; readonly account: string }
  /** A person chose another first responder than the rule. `why` is required. */
  | { readonly act: 'overridden'; readonly suggested: string | null; readonly chosen: string }
  | { readonly act: 'assigned'; readonly account: string; readonly mode: HandoffMode; readonly minutes?: number }
  | { readonly act: 'accepted'; readonly account: string }
  /** Not ours: must say whose it is. */
  | { readonly act: 'refused'; readonly account: string; readonly next: string }
  /** A unit without an account gives its facts; the receiving account replies in public. */
  | { readonly act: 'factsGiven'; readonly account: string; readonly text: string }
  | { readonly act: 'answered'; readonly word: PublicWord }
  | { readonly act: 'relayed'; readonly word: PublicWord; readonly of: number }
  | { readonly act: 'supplemented'; readonly word: PublicWord; readonly of: number }
  | { readonly act: 'corrected'; readonly word: PublicWord; readonly of: number }
  /** `handoff` is the seq of the hand-off whose own minutes run; absent where the clock of the whole file does, or a person asked. */
  | { readonly act: 'reminded'; readonly account: string; readonly when: ReminderKind; readonly handoff?: number }
  /** The minutes a hand-off was given are over and nothing came back. The ball stays where it is. `handoff` is its seq. */
  | { readonly act: 'late'; readonly account: string; readonly handoff: number; readonly minutes: number }
  /** The clock ran out with nobody's answer; `next` takes over. */
  | { readonly act: 'overdue'; readonly account: string | null; readonly next: string | null }
  | { readonly act: 'supervised'; readonly account: string }
  /** 派警: to the nearest station and the command centre in one act. */
  | { readonly act: 'dispatched'; readonly to: readonly string[]; readonly plea: PostId }
  | { readonly act: 'contactShown'; readonly to: string; readonly plea: PostId }
  | {
      readonly act: 'claimDrafted';
      readonly claim: string;
      readonly text: string;
      readonly evidence: readonly PostId[];
      readonly sources: readonly string[];
      /** Sentence by sentence, each with what it rests on. A draft without it is free text and is never confirmed as a refutation. */
      readonly draft?: RefutationDraft;
    }
  /** By a second person. `draft` is the seq of the draft. */
  | { readonly act: 'claimConfirmed'; readonly draft: number }
  | { readonly act: 'claimRejected'; readonly draft: number }
  /** 联动发布: who publishes what when. Nobody is made to: a layer may decline. */
  | { readonly act: 'jointPlanned'; readonly title: string; readonly layers: readonly JointLayer[] }
  /** `plan` is the seq of the plan; `why` is required. */
  | { readonly act: 'jointDeclined'; readonly plan: number; readonly account: string }
  /** The office shows the case on the public page, in its own words; nothing of any post. */
  | { readonly act: 'publicShown'; readonly title: string; readonly line?: string }
  | { readonly act: 'publicHidden' }
  /** On the public page. */
  | { readonly act: 'citizenSaid'; readonly solved: boolean; readonly comment?: string }
  | { readonly act: 'closed'; readonly outcome: Outcome }
  | { readonly act: 'reopened' }
  /** Takes one's own last act back where nothing has followed from it. `of` is its seq. */
  | { readonly act: 'undone'; readonly of: number };

export type CaseActKind = CaseAct['act'];

/** An act on its way into the file. */
export type CaseDraft = CaseAct & {
  /** Epoch ms, when it was done; an act sent later from an offline phone keeps its own time. */
  readonly at: number;
  readonly by: Actor;
  /** The reason, in words. */
  readonly why?: string;
  /** Made by the sender for this one act: sent twice by the same actor, it is kept once. */
  readonly key?: string;
};

export type CaseEvent = CaseDraft & {
  readonly incident: IncidentId;
  /** 1, 2, 3 … within the incident. */
  readonly seq: number;
  /** When it was kept, epoch ms. */
  readonly keptAt: number;
};
