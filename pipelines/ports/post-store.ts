import type { AuthorKind, Counts, FoldedPost, Mood, NeedKind, PostId, PostKind, Sentiment } from '../domain/post.ts';
import type { Duty } from '../domain/duty.ts';
import type { PostMatch } from '../domain/post-match.ts';
import type { AskedWords } from '../domain/typed-question.ts';
import type { RegionCode } from '../domain/region.ts';
import type { TallyKey, TallyRow } from './post-tally.ts';

/** A post as a reader of the store gets it back. */
export interface StoredPost {
  readonly id: PostId;
  readonly platform: string;
  readonly kind: PostKind;
  readonly text: string;
  readonly title?: string;
  readonly url?: string;
  readonly time: number;
  readonly seenAt: number;
  readonly source: string;
  readonly authorKind?: AuthorKind;
  readonly region: RegionCode | null;
  readonly regionName: string | null;
  readonly sentiment: Sentiment;
  readonly mood: Mood;
  readonly rumor: number;
  readonly needsCheck: boolean;
  readonly need: NeedKind | null;
  readonly urgent: boolean;
  readonly duty: readonly Duty[];
  readonly group: PostId;
  readonly counts: { readonly like: number; readonly comment: number; readonly repost: number; readonly view: number };
}

export interface PostQuery {
  /** Words as the tokeniser cut them; all must occur. Empty: every post. */
  readonly words?: readonly string[];
  /** What a person asked for with words, phrases and exclusions. */
  readonly asked?: AskedWords;
  /** This region and everything below it. */
  readonly region?: RegionCode;
  /** Any of these and everything below them: what the asker may see. Absent: everything; empty: nothing. A post of no known place is in none. */
  readonly within?: readonly RegionCode[];
  /** Event time, epoch ms, from ≤ time < to. */
  readonly from?: number;
  readonly to?: number;
  readonly platform?: string;
  readonly sentiment?: Sentiment;
  readonly need?: NeedKind;
  readonly source?: string;
  readonly mood?: Mood;
  readonly kind?: PostKind;
  readonly duty?: Duty;
  readonly urgent?: boolean;
  readonly needsCheck?: boolean;
  /** Posts of these texts: each named by the first of its text. */
  readonly groups?: readonly PostId[];
  /** Exactly what matchesPost takes. */
  readonly match?: PostMatch;
  /** Only these posts. */
  readonly ids?: readonly PostId[];
  /** None of these posts. */
  readonly notIds?: readonly PostId[];
  /** Exactly this address. A rare question: it may look at every post. */
  readonly url?: string;
  /** When our source saw it, epoch ms, seenFrom ≤ seenAt < seenTo. */
  readonly seenFrom?: number;
  readonly seenTo?: number;
  /** One row a text group: the first seen. */
  readonly folded?: boolean;
  /** Newest first; 1…200, default 50. */
  readonly limit?: number;
  /** Continue after this cursor of an earlier answer. */
  readonly after?: string;
}

/** The question of a tally: a page of posts means nothing to it. */
export type TallyQuery = Omit<PostQuery, 'limit' | 'after'>;

export interface FoundPosts {
  readonly posts: readonly StoredPost[];
  /** Exact up to 10,000, then a lower bound with `atLeast`. */
  readonly total: number;
  readonly atLeast: boolean;
  readonly next?: string;
}

export interface Bucket {
  /** Start of the bucket, epoch ms. */
  readonly at: number;
  readonly posts: number;
  /** Distinct text groups. */
  readonly distinct: number;
  readonly negative: number;
  readonly needs: number;
}

export interface RejectedByStore {
  readonly id: PostId;
  readonly because: string;
}

/** A change to a stored post that leaves the rest of it as it is. */
export type Amendment = { readonly id: PostId } & (
  | { readonly counts: Counts }
  /** The words that find a post never hold what masking hides, so they stay. */
  | { readonly text: string; readonly title: string | undefined }
  | { readonly erased: true }
);

/**
 * Where understood posts can be searched. Saving is idempotent by id: writing the same post again, in any order, leaves one
 * document, the one with the highest `seenAt`.
 */
export interface PostStore {
  /** `embedded` or `elasticsearch`. */
  readonly name: string;
  /** Opens or upgrades the index. @throws StampMismatch where it was built with another tokeniser. */
  open(stamp: string): Promise<void>;
  /**
   * Every post is durably stored or named in the answer as one the store can never take; anything else throws StoreUnavailable
   * and nothing may be assumed, so the caller saves the same batch again.
   */
  save(posts: readonly FoldedPost[]): Promise<readonly RejectedByStore[]>;
  /**
   * Counts, texts masked later, and erasures. Answers the ids that are not stored (yet); the rest is durably changed. An amended
   * post keeps its `seenAt`. After an erasure no byte of the post is readable through this store. @throws StoreUnavailable
   */
  amend(amendments: readonly Amendment[]): Promise<readonly PostId[]>;
  /** What was saved is visible here within two seconds. */
  find(query: PostQuery): Promise<FoundPosts>;
  /** Counts a bucket of `stepMs` over [from, to); empty buckets are given as zeros. */
  histogram(query: PostQuery & { from: number; to: number }, stepMs: number): Promise<readonly Bucket[]>;
  /** Counts by one to three keys, exact on every store, in the order of tidyTally. @throws RangeError */
  tally(query: TallyQuery, by: readonly TallyKey[]): Promise<readonly TallyRow[]>;
  /** Number of documents. */
  count(): Promise<number>;
  /** Resolves where the store can be written now. @throws StoreUnavailable */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A store whose words can be cut anew: what `wenbida reindex` needs beside the rest. */
export interface RestampedStore extends PostStore {
  /** Opens the index whatever it was made with, and stamps it: from then on `open` takes this stamp and no other. */
  restamp(stamp: string): Promise<void>;
}

/** The stamp of an index in which some words are cut with the old tokeniser and some with the new. */
export const unfinishedStamp = (stamp: string): string => `unfinished ${stamp}`;

/** Why an index can't be opened with a stamp, and what to do. */
export const stampSentence = (what: string, found: string, stamp: string): string =>
  found.startsWith('unfinished ')
    ? `${what} is being reindexed and that was not finished: stop the server and run "wenbida reindex", it goes on where it was.`
    : `${what} was made with the tokeniser ${found}, this one is ${stamp}: words cut differently are not found again. ` +
      'Stop the server and run "wenbida reindex", or use a fresh store.';

/** The store can't be reached or is not taking writes; try again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The index was built with another tokeniser or dictionary. */
export class StampMismatch extends Error {
  override readonly name = 'StampMismatch';
}
