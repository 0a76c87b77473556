import type { Counts, PostId } from '../domain/post.ts';

/** What a post's counts were when a source saw it. */
export interface Counted {
  readonly at: number;
  readonly counts: Counts;
}

/** The most observations kept of one post: then the middle ones thin out and the first stays. */
export const MOST_COUNTED = 200;

/**
 * How the counts of posts went, so that a spread curve exists. Detection does not read it: it counts posts and people, never
 * likes. The search stores show the latest, brought there from `due`.
 */
export interface CountsBook {
  /** Keeps what differs from the observation before it. `fresh`: the post was not known before, so there is nothing to compare. */
  observe(
    rows: readonly { readonly post: PostId; readonly fresh: boolean; readonly at: number; readonly counts: Counts }[],
  ): void;
  /** Oldest first. */
  history(post: PostId): readonly Counted[];
  /** Posts whose latest counts no store shows yet, longest waiting first. */
  due(limit: number): readonly { readonly post: PostId; readonly since: number; readonly counts: Counts }[];
  /** These are shown now, or can never be. Nothing is lost where counts changed meanwhile. */
  shown(rows: readonly { readonly post: PostId; readonly since: number }[]): void;
  erase(posts: readonly PostId[]): void;
  /** Lets go the histories of posts last seen before. */
  forget(before: number): void;
}
