import type { PostId } from '../domain/post.ts';

/** What was erased on request and must never come back. */
export interface Erased {
  /** True where this post was erased, or was written before its author's erasure. `authors`: the author under every key. */
  has(post: PostId, time: number, authors: () => readonly string[]): boolean;
  /** Durably kept when it answers. */
  add(posts: readonly PostId[], authors: readonly string[], at: number): void;
  /** Every post, in the order of erasing; grows only at the end. */
  posts(): readonly PostId[];
}
