import type { Duty } from './duty.ts';
import type { IncidentKind } from './incident.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/** What an account can be asked to do. 首发 转发 补充 更正 提醒 督办 接管 派警 告知 提供事实 公开答复 协调. */
export const ACTS = [
  'publish',
  'relay',
  'supplement',
  'correct',
  'remind',
  'supervise',
  'takeOver',
  'dispatch',
  'inform',
  'giveFacts',
  'replyPublicly',
  'coordinate',
] as const;
export type Act = (typeof ACTS)[number];

export const ACT_NAMES: Readonly<Record<Act, string>> = {
  publish: '首发',
  relay: '转发',
  supplement: '补充',
  correct: '更正',
  remind: '提醒',
  supervise: '督办',
  takeOver: '接管',
  dispatch: '派警',
  inform: '告知',
  giveFacts: '提供事实',
  replyPublicly: '公开答复',
  coordinate: '协调',
};

/** 突发事件分级: a legal grade, entered by a person and never guessed; 社会安全事件 has none. */
export const GRADES = ['特别重大', '重大', '较大', '一般'] as const;
export type Grade = (typeof GRADES)[number];

/** 退回: a unit said it is not theirs. It must name whose it is, or it does not count. Accounts by id, unit or name. */
export interface Refusal {
  readonly account: string;
  readonly next?: string;
  readonly why?: string;
}

/** The question put to suggest-tier: an incident, or one line of `who-answers`. */
export interface AnswerCase {
  readonly id: string;
  readonly text?: string;
  readonly region: RegionCode | null;
  /** Every place it touches, where it is more than one; the account of their lowest common region speaks first. */
  readonly regions?: readonly RegionCode[];
  readonly place?: string;
  readonly duty: readonly Duty[];
  readonly kind: IncidentKind;
  readonly urgent: boolean;
  /** A person in danger (轻生, 被困, 走失 …), where that is known; where left out it is judged from kind, urgency and text. */
  readonly lifeAtRisk?: boolean;
  readonly grade?: Grade;
  readonly spread: Tier;
  /** The account that has answered already. */
  readonly answeredBy?: string;
  /** Accounts that have answered or relayed after it. */
  readonly alsoAnswered?: readonly string[];
  /** Facts the public asks for that the answer lacks. */
  readonly missing?: readonly string[];
  /** The account whose words the answer contradicts (or true: it contradicts known facts). */
  readonly contradicts?: string | boolean;
  readonly overdue?: boolean;
  /** Accounts that took it over when it was overdue and let it run out too, oldest first: 接管 goes on to the tier above the last. */
  readonly tookOver?: readonly string[];
  /** The account or unit the case has been handed to. */
  readonly handedTo?: string;
  /** Oldest first. */
  readonly refusals?: readonly Refusal[];
  /** 涉国务院重大政策: said by a person; then a department of the State Council speaks first. */
  readonly nationalPolicy?: boolean;
  /** The moment that is asked for, epoch ms; hours on duty are judged by it. Left out: they are not looked at. */
  readonly at?: number;
}

export interface NextAct {
  readonly account: string;
  readonly act: Act;
  /** The rule in words a duty officer understands. */
  readonly because: string;
}

export interface AnswerClock {
  /** Which rule set the limit, in words. */
  readonly rule: string;
  readonly minutes: number;
}

export interface Suggestion {
  readonly id: string;
  /** Who speaks first, or has; null where no account of this matrix may. */
  readonly first: string | null;
  /** The region it belongs to where it is not ours. */
  readonly outside: RegionCode | null;
  readonly then: readonly NextAct[];
  readonly clock: AnswerClock;
  readonly because: readonly string[];
}
