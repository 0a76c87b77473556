import type { Outcome } from './case-event.ts';
import type { IncidentDocument } from './incident-document.ts';
import type { Tier } from './tier.ts';

/** 先例: a past incident that is like this one. Shares are 0…1. */
export interface Ranked {
  readonly incident: IncidentDocument;
  /** How like: words .5, kind .15, duty .1, place .15, rung .1. */
  readonly score: number;
  readonly parts: {
    readonly words: number;
    readonly kind: number;
    readonly duty: number;
    readonly place: number;
    readonly rung: number;
  };
  readonly sharedWords: readonly string[];
  /** Sentences in Chinese: what the two have in common, and how long ago it was. */
  readonly because: readonly string[];
}

/** What was done about a past incident, as its file says. Times are epoch ms, spans ms. */
export interface PastAnswer {
  /** The first public answer. */
  readonly first: {
    readonly account: string;
    readonly text: string;
    readonly link?: string;
    readonly at: number;
    /** Since the clock of its file began; an answer from before counts as at once. */
    readonly after: number;
  } | null;
  readonly relayed: number;
  readonly supplemented: number;
  readonly corrected: number;
  readonly closed: { readonly outcome: Outcome; readonly at: number; readonly after: number } | null;
  /** 解决了/没解决, as citizens said. */
  readonly solved: number;
  readonly unsolved: number;
}

/** What the hourly curve did, and the ladder. */
export interface CurveAfter {
  /** From when on it is told: the first answer, or else the opening. Epoch ms. */
  readonly from: number;
  readonly peak: { readonly at: number; readonly posts: number; readonly afterAnswer: boolean };
  /** Whole hours from the peak until an hour held at most half of it; null while that is not known. */
  readonly hoursToHalf: number | null;
  /** The first rise after `from`. */
  readonly nextRung: { readonly to: Tier; readonly at: number; readonly after: number } | null;
}
