import type { PostId } from '../domain/post.ts';
import type { ReviewDraft, ReviewedCase } from '../domain/review.ts';

export type Added =
  | { readonly kept: ReviewedCase }
  /** Somebody was quicker: nothing was kept, this is their case. */
  | { readonly meanwhile: ReviewedCase };

/** What people said about judgements. Cases are only ever added: none is changed or removed by the program. */
export interface ReviewStore {
  /**
   * Keeps a case; it is on disk before this answers. `seen` is the newest case of this post that the person had before them (0:
   * none): where the store holds a newer one, nothing is kept. Without `seen` it is kept whatever was said before.
   */
  add(draft: ReviewDraft, seen?: number): Added;
  /** Newest first; `before` is the id of the last case of an earlier answer. */
  list(query: { readonly limit: number; readonly before?: number }): readonly ReviewedCase[];
  /** All cases of these posts, oldest first; posts without any are absent. */
  of(posts: readonly PostId[]): ReadonlyMap<PostId, readonly ReviewedCase[]>;
  /** Every case, oldest first, read as it is asked for. */
  all(): Iterable<ReviewedCase>;
  count(): number;
  close(): void;
}
