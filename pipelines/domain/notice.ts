import type { IncidentId, IncidentKind } from './incident.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

/** 通知: one thing that people are told. What happened decides its id, so that the same thing told twice can be known as one. */
export const NOTICE_KINDS = [
  'alert',
  'rise',
  'reminder',
  'overdue',
  'handOff',
  'answer',
  'refutation',
  'page',
  'audit',
  'shiftNote',
  'sourceSilent',
  'sourceBack',
  'test',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_KIND_NAMES: Readonly<Record<NoticeKind, string>> = {
  alert: '新事件',
  rise: '台阶上升',
  reminder: '催办',
  overdue: '超时',
  handOff: '流转',
  answer: '已回应',
  refutation: '辟谣稿',
  page: '值班呼叫',
  audit: '核对发现漏呼',
  shiftNote: '交接单',
  sourceSilent: '数据源静默',
  sourceBack: '数据源恢复',
  test: '试发',
};

export interface Notice {
  /** `alert-12`, `case-<incident>-7`, `silence-3`, `page-<incident>-1`: the same in every retry and after every restart. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** When it happened, epoch ms. */
  readonly at: number;
  /** The incident or the source it is about: messages of one thread keep their order, and the second is an update of the first. */
  readonly thread: string;
  readonly incident: IncidentId | null;
  readonly region: RegionCode | null;
  readonly rung: Tier | null;
  readonly incidentKind: IncidentKind | null;
  readonly lifeAtRisk: boolean;
  /** Written out of posts, so masked before it gets here. */
  readonly title: string;
  /** 河南省洛阳市嵩县, or empty. */
  readonly place: string;
  /** What is said beside title and place, one sentence each: who answers, by which rule, why. */
  readonly says: readonly string[];
  /** By when, epoch ms. */
  readonly due: number | null;
  /** The page that shows it, without the address of the deployment: `desk#/incident/…`. */
  readonly path: string;
  /** Of a refutation: the text as two people confirmed it, for the program that takes it. `confirmedAt`: epoch ms. */
  readonly refutation?: {
    readonly draft: number;
    readonly account: string | null;
    readonly text: string;
    readonly confirmedAt: number;
  };
}

/** waiting 待发 · sent 已送达 · dead 没送成 · muted 静音未发. */
export const DELIVERY_STATES = ['waiting', 'sent', 'dead', 'muted'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
