import type { FoldedPost } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';

/** What counting reads of a post: what a cluster keeps of its own. */
export interface Counted extends Pick<
  FoldedPost,
  'id' | 'platform' | 'source' | 'kind' | 'text' | 'time' | 'group' | 'sentiment' | 'rumor' | 'need' | 'duty'
> {
  readonly title?: string | undefined;
  readonly parent?: string | undefined;
  readonly root?: string | undefined;
  readonly author?: FoldedPost['author'] | undefined;
  readonly counts?: FoldedPost['counts'] | undefined;
  readonly hints?: FoldedPost['hints'] | undefined;
  readonly region: { readonly code: RegionCode; readonly confidence: number } | null;
}
