import type { Duty } from './duty.ts';
import type { RegionCode } from './region.ts';

export const POST_KINDS = ['post', 'comment', 'repost', 'hotlist', 'article'] as const;
export type PostKind = (typeof POST_KINDS)[number];

export const AUTHOR_KINDS = ['official', 'media', 'verified', 'ordinary'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

/** sha256(platform|native id) in hex: the same post always gets the same id, so any replay is idempotent. */
export type PostId = string & { readonly __post: unique symbol };

export interface Counts {
  readonly like?: number;
  readonly comment?: number;
  readonly repost?: number;
  readonly view?: number;
}

/** An accepted post: checked, pseudonymised, with repaired times. Times are epoch milliseconds (UTC). */
export interface Post {
  readonly id: PostId;
  readonly platform: string;
  /** The id the platform gave it; what the command line prints. */
  readonly nativeId: string;
  readonly kind: PostKind;
  readonly text: string;
  readonly title?: string;
  readonly url?: string;
  /** Event time, when it was published. */
  readonly time: number;
  /** When our source saw it. */
  readonly seenAt: number;
  readonly parent?: string;
  readonly root?: string;
  /** `key` is a keyed pseudonym (HMAC); the platform's own user id never passes intake. */
  readonly author?: { readonly key: string; readonly kind: AuthorKind; readonly followersLog10?: number };
  readonly counts?: Counts;
  readonly hints?: { readonly province?: string; readonly poi?: string };
  readonly topics?: readonly string[];
  /** The name of the source that brought it. */
  readonly source: string;
}

export interface TokenisedPost extends Post {
  /** Words of the text in order, as the tokeniser cut them (no blanks). */
  readonly tokens: readonly string[];
}

export interface RegionCandidate {
  readonly code: RegionCode;
  /** 0…1; the weights of all candidates add up to at most 1. */
  readonly weight: number;
}

export interface PlaceOf {
  /** The deepest division the event is in. */
  readonly code: RegionCode;
  /** Full path in words: 河南省洛阳市宜阳县城关镇. */
  readonly name: string;
  /** 0…1, the winner's share of the votes. */
  readonly confidence: number;
  /** All readings still possible, best first; more than one where the text is ambiguous. */
  readonly candidates: readonly RegionCandidate[];
}

export interface LocatedPost extends TokenisedPost {
  /** null: neither text nor hints name a place. */
  readonly region: PlaceOf | null;
}

export const MOODS = ['happy', 'angry', 'sad', 'fear', 'surprise', 'neutral'] as const;
export type Mood = (typeof MOODS)[number];
export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];
export const NEEDS = ['咨询', '投诉', '求助', '建议', '举报'] as const;
export type NeedKind = (typeof NEEDS)[number];

/** One reason for one label: a cue word with its place in the text (UTF-16 offsets), or a feature's weight. */
export interface Reason {
  readonly label: string;
  readonly cue: string;
  readonly start?: number;
  readonly end?: number;
  readonly weight?: number;
}

export interface Understanding {
  /** score: 0 negative … 1 positive. */
  readonly sentiment: { readonly label: Sentiment; readonly score: number; readonly mood: Mood };
  /** score 0…1; needsCheck is never a verdict. */
  readonly rumor: { readonly score: number; readonly needsCheck: boolean };
  /** score 0…1 for the kind; lifeAtRisk is the part of `urgent` that means a person in danger (轻生, 被困, 走失 …). */
  readonly need: {
    readonly kind: NeedKind | null;
    readonly urgent: boolean;
    readonly lifeAtRisk: boolean;
    readonly score: number;
  };
  readonly duty: readonly Duty[];
  readonly because: readonly Reason[];
}

export interface UnderstoodPost extends LocatedPost, Understanding {
  /** MinHash of the text without its forward chain; see pipelines/1-intake/fold.ts. */
  readonly signature: Uint32Array;
}

export interface FoldedPost extends UnderstoodPost {
  /** The first post seen of the same or nearly the same text; its own id where it is the first. */
  readonly group: PostId;
}
