import type { Duty } from '../domain/duty.ts';
import type { Incident } from '../domain/incident.ts';
import type { NeedKind, PostId, Sentiment } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import type { Week } from '../domain/week.ts';

/** What a week's report is made from: read once from the stores, then only counted and put into words. Times are epoch ms. */
export interface WeekFacts {
  readonly week: Week;
  readonly madeAt: number;
  readonly drill: boolean;
  readonly home: { readonly code: RegionCode; readonly name: string };
  readonly sources: readonly SourceFacts[];
  /** Rows refused in all, still kept with their reasons. */
  readonly letters: number;
  readonly daily: readonly {
    readonly day: string;
    readonly platform: string;
    readonly posts: number;
    readonly first: number;
  }[];
  readonly moods: readonly { readonly day: string; readonly sentiment: Sentiment; readonly first: number }[];
  readonly needs: readonly {
    readonly need: NeedKind;
    readonly urgent: boolean;
    readonly posts: number;
    readonly first: number;
  }[];
  /** Within home, by the region the text names; null: none named. */
  readonly places: readonly { readonly region: RegionCode | null; readonly first: number }[];
  readonly counties: readonly CountyFacts[];
  /** Those opened, risen, answered or closed in the week, and those open at its end. */
  readonly incidents: readonly IncidentFacts[];
  readonly claims: readonly ClaimFacts[];
  readonly accounts: readonly AccountFacts[];
  /** Oldest first, at most eight; weeks before the first known one are left out. */
  readonly before: readonly PastWeek[];
  readonly versions: { readonly program: string; readonly weights: string; readonly store: string };
}

export interface SourceFacts {
  readonly name: string;
  readonly region: RegionCode | null;
  readonly posts: number;
  readonly first: number;
  /** When it was silent, cut to the week. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** What it leaves out, as its person states it. */
  readonly caps: readonly string[];
}

export interface CountyFacts {
  readonly code: RegionCode;
  readonly name: string;
  readonly people: { readonly number: number; readonly source: string } | null;
  /** False where no living source fed it for the whole week. */
  readonly fed: boolean;
}

export interface AnswerFacts {
  readonly at: number;
  readonly account: string;
  readonly tier: Tier | null;
  readonly act: 'answered' | 'relayed' | 'supplemented' | 'corrected';
  readonly text: string;
}

export interface HandoffFacts {
  readonly to: string;
  readonly duty: readonly Duty[];
  readonly mode: string;
  readonly since: number;
  readonly state: 'open' | 'accepted' | 'refused' | 'done';
  /** For `refused`: who was named instead. */
  readonly next: string | null;
}

/** What people did, folded from the incident's file. */
export interface CaseFacts {
  readonly status: string;
  readonly start: number;
  readonly due: number;
  readonly answers: readonly AnswerFacts[];
  readonly handoffs: readonly HandoffFacts[];
  readonly closedAt: number | null;
  readonly outcome: string | null;
  /** A draft that a second person confirmed; null where there is none. */
  readonly refuted: { readonly at: number; readonly sources: readonly string[] } | null;
  readonly reopened: number;
  readonly solved: number;
  readonly unsolved: number;
  readonly takenOver: number;
}

export interface IncidentFacts {
  readonly incident: Incident;
  readonly place: string;
  readonly file: CaseFacts | null;
  /** Evidence posts, newest first. */
  readonly posts: readonly PostId[];
  readonly voices: readonly {
    readonly label: string;
    readonly share: number;
    readonly text: string;
    readonly copies: number;
    readonly post: PostId;
  }[];
  /** null: they were not searched. */
  readonly precedents: readonly { readonly title: string; readonly says: string }[] | null;
  /** After the first answer; null where too few posts came or nothing was answered. */
  readonly echo: {
    readonly verdict: string;
    readonly before: number;
    readonly after: number;
    readonly n: number;
  } | null;
}

export interface ClaimFacts {
  readonly incident: Incident;
  readonly claim: string;
  readonly firstAt: number;
  readonly status: 'needsCheck' | 'suggested' | 'confirmed' | 'untrue' | 'true';
  readonly source: string | null;
  readonly correctedAt: number | null;
  /** Distinct posts that repeat it, and that quote the correction. */
  readonly reach: number;
  readonly correctionReach: number | null;
  readonly residual24h: number | null;
}

export interface AccountFacts {
  readonly name: string;
  readonly unit: string;
  readonly daysSilent: number | null;
  readonly oldestUnanswered: number | null;
}

/** The five figures of a week. */
export interface WeekFigures {
  readonly opened: number;
  readonly risen: number;
  readonly onTime: { readonly onTime: number; readonly of: number };
  /** Hours; null where nothing waited. */
  readonly longestWait: number | null;
  readonly corrected: number;
}

export interface PastWeek {
  readonly week: Week;
  readonly figures: WeekFigures;
  /** Incidents that reached each rung, lowest first. */
  readonly reached: readonly number[];
}
