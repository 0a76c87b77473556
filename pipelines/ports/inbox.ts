import type { Post, PostId } from '../domain/post.ts';
import type { DeadLetter, DeadLetterShelf, KeptLetter } from './dead-letters.ts';

export type { DeadLetter } from './dead-letters.ts';

/** Where a row stands in the inbox: grows by one a post, never reused. */
export type Offset = number;

/** Who reads the inbox. A row may leave once every consumer has passed it. */
export const CONSUMERS = ['watch', 'index'] as const;
export type Consumer = (typeof CONSUMERS)[number];

export interface InboxRow {
  readonly offset: Offset;
  readonly post: Post;
  /** The group that watching folded this post onto, once it has passed; undefined before, and where it is its own group. */
  readonly group?: PostId;
}

export interface SourceTally {
  readonly name: string;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** Who wrote what, by pseudonym, for as long as pseudonyms can still be made from a platform's id: only to erase by it. */
export interface Authorship {
  postsOf(authors: readonly string[]): readonly PostId[];
  /** How many pairs of posts were seen before (epoch ms). */
  countBefore(before: number): number;
  /** Forgets pairs of posts seen before (epoch ms), and cuts the file's log back, so that nothing removed is left in it. */
  forget(before: number): void;
}

/**
 * The durable door. What `append` has answered survives a kill and a power cut; the same post id is taken once, ever
 * (for as long as the deployment remembers ids, 400 days).
 */
export interface Inbox {
  /**
   * Resolves after the rows are on disk, with one boolean a post in order: true where it is new. Calls made at the same time
   * share one commit. @throws InboxFull where the disk takes no more.
   */
  append(posts: readonly Post[]): Promise<readonly boolean[]>;
  /** The next rows after an offset, oldest first. */
  read(after: Offset, limit: number): readonly InboxRow[];
  /** The last offset given out, 0 where nothing was ever accepted. */
  last(): Offset;
  /** How far a consumer has come, 0 at first. */
  passed(consumer: Consumer): Offset;
  /** Moves a consumer forward; with it, what was folded onto what. Rows that all consumers have passed are removed in time. */
  pass(consumer: Consumer, offset: Offset, folded?: ReadonlyMap<Offset, PostId>): void;
  /** Keeps refused rows with their reasons: `letters.bury`. */
  bury(letters: readonly DeadLetter[]): void;
  /** Newest first: `letters.list`. */
  deadLetters(limit: number): readonly KeptLetter[];
  readonly letters: DeadLetterShelf;
  readonly authors: Authorship;
  /** Takes posts out that wait here, and who wrote them. Their ids stay known, so they are not accepted again. */
  erase(ids: readonly PostId[]): void;
  /** What each source brought, since ever. */
  tally(): readonly SourceTally[];
  count(source: string, accepted: number, duplicate: number, rejected: number): void;
  close(): Promise<void>;
}

/** The disk is full or read-only: nothing was accepted, send it again later. */
export class InboxFull extends Error {
  override readonly name = 'InboxFull';
}
