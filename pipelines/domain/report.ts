import type { IncidentId } from './incident.ts';
import type { PostId } from './post.ts';
import type { RegionCode } from './region.ts';
import type { Tier } from './tier.ts';
import type { Week } from './week.ts';

/** 舆情周报 as a document: what every format shows, in one order and with the same numbers. */

/** A list that the search page or the desk opens. */
export type Question =
  | {
      readonly of: 'posts';
      readonly from: number;
      readonly to: number;
      readonly region?: string;
      readonly platform?: string;
      readonly source?: string;
      readonly sentiment?: string;
      readonly need?: string;
      readonly duty?: string;
    }
  | {
      readonly of: 'incidents' | 'sources' | 'refutations' | 'handoffs' | 'accounts' | 'dates';
      readonly from: number;
      readonly to: number;
    };

/** What a figure or a sentence rests on. At least one of the three says something. */
export interface Evidence {
  readonly incidents: readonly IncidentId[];
  readonly posts: readonly PostId[];
  readonly question?: Question;
}

/** Only `say` of 6-report makes these, and it refuses one without evidence. */
export interface Sentence {
  readonly text: string;
  readonly evidence: Evidence;
}

/** A sentence or figure of the report that rests on nothing: the report is not made. */
export class NoEvidence extends Error {
  override readonly name = 'NoEvidence';
}

export interface Cell {
  readonly text: string;
  /** What the text was written from; null where there is nothing to count (no data, too few). */
  readonly value: number | null;
  readonly evidence?: Evidence;
  /** Drawn as hatched: not zero, not known. */
  readonly noData?: true;
}

export interface Tile {
  readonly label: string;
  readonly value: number | null;
  readonly text: string;
  readonly unit: string;
  /** 上周 and 八周中位, in words. */
  readonly against: string;
  /** The eight weeks before and this one, oldest first; null where nothing is known. */
  readonly weeks: readonly (number | null)[];
  readonly evidence: Evidence;
}

export interface Series {
  readonly name: string;
  /** One a category; null: no data. */
  readonly values: readonly (number | null)[];
  /** What each value rests on; null, or absent in a report that was made earlier: what the chart does. */
  readonly evidence?: readonly (Evidence | null)[];
  readonly tone: 'ink' | 'mood' | 'rung';
}

export interface IncidentMark {
  readonly at: number;
  readonly kind: 'step' | 'answer' | 'cooled' | 'closed';
  readonly tier: Tier;
  readonly text: string;
}

/** 重点事件, one card. */
export interface IncidentCard {
  readonly incident: IncidentId;
  readonly letter: string;
  readonly title: string;
  readonly state: string;
  readonly facts: readonly string[];
  readonly evidence: Evidence;
  /** Distinct posts an hour; empty where the incident was too small to keep one. */
  readonly curve: readonly { readonly at: number; readonly distinct: number }[];
  readonly marks: readonly IncidentMark[];
  readonly terms: readonly { readonly term: string; readonly says: string }[];
  readonly voices: readonly { readonly label: string; readonly text: string; readonly evidence: Evidence }[];
  readonly next: readonly Sentence[];
}

export type Block =
  | { readonly kind: 'sentences'; readonly items: readonly Sentence[]; readonly numbered?: true }
  | { readonly kind: 'tiles'; readonly items: readonly Tile[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** Parts that the columns are wide, in order; absent: as their words need. */
      readonly widths?: readonly number[];
      /** The column drawn as bars beside its number. */
      readonly bar?: number;
      readonly empty: string;
    }
  | {
      /** Stacked bars; `share`: each bar is the whole. */
      readonly kind: 'bars';
      readonly says: string;
      readonly caption: string;
      readonly categories: readonly string[];
      readonly series: readonly Series[];
      readonly share: boolean;
      readonly lying: boolean;
      /** Categories whose total is a lower bound: a source was silent. */
      readonly atLeast: readonly number[];
      readonly evidence: Evidence;
    }
  | { readonly kind: 'card'; readonly card: IncidentCard }
  | { readonly kind: 'note'; readonly text: string }
  /** Written by a person, kept apart from the numbers. */
  | { readonly kind: 'comment'; readonly slot: string };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly small?: string;
  readonly blocks: readonly Block[];
}

export interface Report {
  readonly week: Week;
  /** What it is of; null: the whole deployment, with what no place is known of. */
  readonly of: RegionCode | null;
  readonly title: string;
  readonly region: string;
  readonly period: string;
  readonly madeAt: number;
  readonly drill: boolean;
  readonly versions: string;
  readonly sections: readonly Section[];
}

export interface Comment {
  readonly slot: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
}
