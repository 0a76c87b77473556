import type {
  Actor,
  CaseActKind,
  ClockStart,
  HandoffMode,
  JointLayer,
  Outcome,
  PublicWord,
  ReminderKind,
} from './case-event.ts';
import type { IncidentId } from './incident.ts';
import type { PostId } from './post.ts';
import type { RefutationDraft } from './refutation-draft.ts';
import type { Grade } from './suggestion.ts';

/** 事件档案的现状: the fold of an incident's file (5-respond/fold-case.ts). Times are epoch ms, numbers of acts are their seq. */

export const CASE_STATUSES = ['raised', 'acknowledged', 'assigned', 'answered', 'closed', 'reopened'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];
export const CASE_STATUS_NAMES: Readonly<Record<CaseStatus, string>> = {
  raised: '待接手',
  acknowledged: '已接手',
  assigned: '已交办',
  answered: '已回应',
  closed: '已办结',
  reopened: '重新办理',
};

/** An act with who did it and when: what every part of the state is traced to. */
export interface Done {
  readonly seq: number;
  readonly at: number;
  readonly by: Actor;
  readonly why?: string;
}

/** moved: given to somebody else before it was accepted. taken: overdue, the tier above took over. */
export type HandoffState = 'open' | 'accepted' | 'refused' | 'answered' | 'moved' | 'taken';

/** 交办 · 转办 · 吹哨: one account was asked. */
export interface Handoff extends Done {
  readonly account: string;
  readonly mode: HandoffMode;
  /** Asked by a dispatch. */
  readonly dispatched?: true;
  /** Who had the ball before; null where nobody had. */
  readonly from: string | null;
  /** 几分钟内回传: its own minutes, from when it was kept. Epoch ms; a clock that was set back since moves both. */
  readonly asked?: { readonly from: number; readonly due: number };
  /** What came of its own minutes: who was reminded, and once they were over. */
  readonly reminded?: 'half' | 'eighty';
  readonly late?: Done;
  readonly state: HandoffState;
  readonly accepted?: Done;
  readonly refused?: Done & { readonly next: string };
  /** A decision between two that sent it to and fro; it cannot be refused. */
  readonly decided: boolean;
  /** The end of its turn; absent while the ball may still come from it. */
  readonly endedAt?: number;
}

/** What met the clock. answered: a public word. dispatched: the police and rescue are sent. closed: the file was closed without either. */
export const CLOCK_STOPS = ['answered', 'dispatched', 'closed'] as const;
export type ClockStop = (typeof CLOCK_STOPS)[number];

/** How one public word relates to the first answer. */
export type WordKind = 'answered' | 'relayed' | 'supplemented' | 'corrected';

export interface Word extends Done {
  readonly kind: WordKind;
  readonly word: PublicWord;
  /** The answer it relays, supplements or corrects. */
  readonly of?: number;
}

export interface DraftedClaim extends Done {
  readonly claim: string;
  readonly text: string;
  readonly evidence: readonly PostId[];
  readonly sources: readonly string[];
  readonly draft?: RefutationDraft;
  readonly confirmed?: Done;
  readonly rejected?: Done;
}

/** 联动发布 as planned; where each layer stands is its fold with the words (5-respond/follow-joint.ts). */
export interface JointPlan extends Done {
  readonly title: string;
  readonly layers: readonly JointLayer[];
  readonly declined: readonly (Done & { readonly account: string })[];
}

/** A turn that ended without an answer. */
export interface Overdue extends Done {
  readonly account: string | null;
  /** Who took over; null: nobody stands above. */
  readonly next: string | null;
  /** When the next one's turn began, epoch ms by the wall clock; a clock that was set back since moves it back. */
  readonly from: number;
}

export interface CaseState {
  readonly incident: IncidentId;
  /** The last seq kept: what a writer says as `expected`. */
  readonly seq: number;
  readonly status: CaseStatus;
  /** Of the status. */
  readonly since: number;
  /** Who has to answer: the last that accepted or took over, else who received it first (首接负责). */
  readonly owner: string | null;
  /** Who has the ball now; null: nobody does, which is so while it is closed. */
  readonly court: { readonly account: string | null; readonly since: number };
  readonly starts: { readonly firstPost: number; readonly firstSeen: number; readonly notified?: number };
  readonly start: ClockStart;
  /** Absent where the office's default stands. */
  readonly startChosen?: Done;
  /** What the rule said when the file was begun. */
  readonly suggested: string | null;
  readonly overridden?: Done & { readonly suggested: string | null; readonly chosen: string };
  /** How often people chose another than the rule. */
  readonly overrides: number;
  readonly grade: Grade | null;
  readonly acknowledged?: Done & { readonly comment?: string };
  readonly comments: readonly (Done & { readonly comment: string })[];
  readonly handoffs: readonly Handoff[];
  readonly facts: readonly (Done & { readonly account: string; readonly text: string })[];
  readonly words: readonly Word[];
  /** By the clock of the whole file, or by a person. */
  readonly reminded: readonly (Done & { readonly account: string; readonly when: ReminderKind })[];
  readonly overdue: readonly Overdue[];
  readonly supervisors: readonly string[];
  readonly dispatched: readonly (Done & { readonly to: readonly string[]; readonly plea: PostId })[];
  readonly contactShown: readonly (Done & { readonly to: string; readonly plea: PostId })[];
  readonly claims: readonly DraftedClaim[];
  readonly joints: readonly JointPlan[];
  /** 解决了/没解决, as citizens said. */
  readonly voices: readonly (Done & { readonly solved: boolean; readonly comment?: string })[];
  /** What the public page calls it; absent where it is not shown there. */
  readonly public?: Done & { readonly title: string; readonly line?: string };
  readonly closed?: Done & { readonly outcome: Outcome };
  /** A reopened file runs anew: what counts for its clock came after `seq`. The first round begins at 0 and has no `from`. */
  readonly round: { readonly n: number; readonly seq: number; readonly from?: number };
  /** The last act that stands: what may be undone. */
  readonly last: Done & { readonly act: CaseActKind; readonly keptAt: number };
}
