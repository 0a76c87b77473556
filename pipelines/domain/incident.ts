import type { Duty } from './duty.ts';
import type { NeedKind, PostId } from './post.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';

export type IncidentId = string & { readonly __incident: unique symbol };

/** 扩散台阶: a dated rise, with the posts it rests on. Drives alert, timeline and report. Times are event time, epoch ms. */
export interface SpreadStep {
  readonly from: Tier | null;
  readonly to: Tier;
  readonly at: number;
  /** Sentences in Chinese, each naming its rule and figures. */
  readonly because: readonly string[];
  readonly evidence: readonly PostId[];
}

/** 传言核查 · 求助 · 事故 …: what `who-answers` calls kind. */
export const INCIDENT_KINDS = ['求助', '谣言', '投诉', '事故', '灾害', '舆情', '咨询', '建议', '举报'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_EVENTS = ['opened', 'step', 'merged', 'split', 'cooled'] as const;
export type IncidentEventKind = (typeof INCIDENT_EVENTS)[number];

/** What the detector says at one moment of event time. Nothing else changes an incident's measured state. */
export interface IncidentEvent {
  /** Event time, epoch ms. */
  readonly at: number;
  readonly event: IncidentEventKind;
  readonly incident: IncidentId;
  readonly region: RegionCode | null;
  readonly regionName: string;
  readonly rung: Tier;
  /** 0…100, log scaled. */
  readonly heat: number;
  readonly title: string;
  readonly terms: readonly string[];
  /** Evidence of this event, newest last, at most 50. */
  readonly posts: readonly PostId[];
  /** Distinct posts after folding, so far. */
  readonly count: number;
  readonly kind: IncidentKind;
  readonly need: NeedKind | null;
  readonly duty: readonly Duty[];
  readonly urgent: boolean;
  readonly lifeAtRisk: boolean;
  /** Rumor-like: the mean needs-check score over its distinct posts, 0…1. */
  readonly rumor: number;
  readonly because: readonly string[];
  /** For `merged`: the incident that lives on. */
  readonly into?: IncidentId;
  /** For `opened`: the incident it was a part of until now, which says `split` of the same posts; they move from it. */
  readonly from?: IncidentId;
}

/** Signs of how a burst came about, of the burst as a whole and never of a person. Shares are 0…1. */
export interface Burst {
  /** All posts, and those that are no copies. */
  readonly raw: number;
  readonly distinct: number;
  /** Pseudonyms for each post. */
  readonly authorShare: number;
  readonly copyShare: number;
  /** 0: like clockwork … 1: gaps of every length alike. */
  readonly intervalEntropy: number;
  /** Posts by authors this stream had never seen. */
  readonly newcomerShare: number;
  /** Reposts of the first post itself; null where there are no reposts. */
  readonly directShare: number | null;
  readonly looksCoordinated: boolean;
  /** Why it looks so; empty where it does not. */
  readonly because: readonly string[];
  /** By hour, at most 72; `at` is the hour's beginning, epoch ms. */
  readonly curve: readonly { readonly at: number; readonly raw: number; readonly distinct: number }[];
}

/** 传言 in one sentence of a post. That it is heard says nothing of whether it is true. */
export interface Claim {
  readonly text: string;
  /** Its first appearance among the incident's posts. */
  readonly post: PostId;
  readonly firstAt: number;
  /** Distinct posts that word it alike. */
  readonly posts: number;
  /** Other wordings. */
  readonly variants: readonly {
    readonly text: string;
    readonly post: PostId;
    readonly firstAt: number;
    readonly posts: number;
  }[];
  /** Posts by hour, at most 72, and how many of them ask whether it is so or deny it. */
  readonly curve: readonly {
    readonly at: number;
    readonly posts: number;
    readonly asking: number;
    readonly denying: number;
  }[];
}

/** How likely it is to climb a rung soon, from how such spreads went on. */
export interface Forecast {
  readonly to: Tier;
  /** Hours. */
  readonly within: number;
  /** 0…1. */
  readonly probability: number;
  /** Share of all such moments at which one climbed, 0…1. */
  readonly base: number;
  /** Moments that the model was judged on. */
  readonly n: number;
}

/** The incident as the fold of its events and its counted posts. */
export interface Incident {
  readonly id: IncidentId;
  readonly title: string;
  readonly region: RegionCode | null;
  readonly regionName: string;
  readonly rung: Tier;
  readonly heat: number;
  readonly terms: readonly string[];
  readonly kind: IncidentKind;
  readonly need: NeedKind | null;
  readonly duty: readonly Duty[];
  readonly urgent: boolean;
  readonly lifeAtRisk: boolean;
  readonly rumor: number;
  readonly firstPostAt: number;
  readonly openedAt: number;
  readonly lastPostAt: number;
  /** Distinct posts after folding, and with copies. */
  readonly count: number;
  readonly copies: number;
  readonly steps: readonly SpreadStep[];
  readonly state: 'open' | 'cooled' | 'merged';
  /** From 20 posts on. */
  readonly burst?: Burst;
  /** Of a rumor-like incident. */
  readonly claim?: Claim;
  /** Of an open one, where the forecast is known to do better than the base rate. */
  readonly forecast?: Forecast;
  /** The incident it was split off from. */
  readonly from?: IncidentId;
  readonly into?: IncidentId;
}
