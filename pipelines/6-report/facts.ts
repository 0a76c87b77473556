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
  /** null: the whole deployment, with what no place is known of; else strictly this region. */
  readonly of: RegionCode | null;
  /** The region's own name and what it is divided into. */
  readonly home: { readonly code: RegionCode; readonly name: string };
  readonly sources: readonly SourceFacts[];
  /** Only where no post from before the week is kept: since when there are posts, epoch ms; null: there are none yet. */
  readonly since?: number | null;
  /** Rows refused in all, still kept with their reasons; null: they are of no region. */
  readonly letters: number | null;
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
  /** What the week's pleas concern; a post of several duties counts with each. */
  readonly duties: readonly { readonly duty: string; readonly need: NeedKind; readonly first: number }[];
  /** People in the whole region, by the public figure. */
  readonly people: PeopleFacts | null;
  readonly counties: readonly CountyFacts[];
  /** Those opened, risen, answered or closed in the week, and those open at its end. */
  readonly incidents: readonly IncidentFacts[];
  readonly claims: readonly ClaimFacts[];
  readonly accounts: readonly AccountFacts[];
  /** Of the coming week, by day. */
  readonly dates: readonly DateFacts[];
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

export interface PeopleFacts {
  readonly number: number;
  readonly source: string;
}

/** A division right below: a county of a city, a street of a county. */
export interface CountyFacts {
  readonly code: RegionCode;
  readonly name: string;
  readonly people: PeopleFacts | null;
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
  readonly refuted: {
    readonly at: number;
    readonly finding: 'untrue' | 'partly' | 'true' | 'unknown';
    readonly sources: readonly string[];
  } | null;
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
  /** null where nothing was answered, or it was not measured. */
  readonly echo: EchoFacts | null;
}

/** A share of `n` distinct posts; null where there are none. */
export interface ShareFacts {
  readonly share: number | null;
  readonly n: number;
}

/** Distinct posts, and all with their copies. */
export interface ReachFacts {
  readonly distinct: number;
  readonly posts: number;
}

/** What became of a claim or complaint after its first answer, as the incident's file measures it. */
export interface EchoFacts {
  readonly verdict: 'landed' | 'notYet' | 'tooFew';
  /** Of those that repeat or ask the same: in the hours before the answer, after it, and on the day that begins 24 h after it. */
  readonly before: ShareFacts;
  readonly after: ShareFacts;
  readonly late: ShareFacts | null;
  /** Posts that repeat the claim or ask about it, and posts that quote the answer or deny the claim. */
  readonly claim: ReachFacts;
  readonly correction: ReachFacts;
  /** Fewer distinct posts than this make no share. */
  readonly least: number;
  /** There are more posts than were judged: reaches are lower bounds. */
  readonly cut: boolean;
}

export interface ClaimFacts {
  readonly incident: Incident;
  readonly claim: string;
  readonly firstAt: number;
  readonly status: 'needsCheck' | 'untrue' | 'partly' | 'true';
  readonly source: string | null;
  readonly correctedAt: number | null;
  /** Distinct posts that word it alike, as the watch counted them. */
  readonly reach: number;
  /** Of a claim that was corrected: how far it and its correction came. */
  readonly echo: EchoFacts | null;
}

export interface AccountFacts {
  readonly name: string;
  readonly unit: string;
  /** Since its last word in any file; null where it never spoke in one. */
  readonly daysSilent: number | null;
  /** Hand-offs that wait for it, and since when the oldest, ms. */
  readonly waiting: number;
  readonly oldestUnanswered: number | null;
  /** Hand-offs that came to it in the week, and its public words of the week. */
  readonly asked: number;
  readonly spoke: number;
}

/** One date of the coming week that the office keeps: an examination, a forecast, a policy that takes effect. */
export interface DateFacts {
  /** 2026-11-27. */
  readonly day: string;
  readonly what: string;
  readonly source: string;
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
