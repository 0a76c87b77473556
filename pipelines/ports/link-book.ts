import type { PostId } from '../domain/post.ts';

/** Which post forwards or answers which. The search store does not keep it, and the shape of a cascade needs it. */
export interface PostLink {
  readonly post: PostId;
  /** The post right above it, where that is known. */
  readonly parent?: PostId;
  /** The first post of the whole cascade, where that is known. */
  readonly root?: PostId;
  /** Event time of the post, epoch ms. */
  readonly at: number;
}

export type Links = ReadonlyMap<PostId, Pick<PostLink, 'parent' | 'root'>>;

/** Only what a cascade is drawn from: ids and times, no text and no author. */
export interface LinkBook {
  /** Idempotent by post. */
  record(links: readonly PostLink[]): void;
  of(posts: readonly PostId[]): Links;
  /** Posts of before this moment that were not yet looked at for forgetting, oldest first. */
  older(than: number, limit: number): readonly PostId[];
  /** Forgets some of these, and keeps the rest for good. */
  settle(posts: readonly PostId[], kept: ReadonlySet<PostId>): void;
  count(): number;
  close(): void;
}
