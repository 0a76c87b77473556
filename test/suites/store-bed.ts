import type { FoldedPost } from '../../pipelines/domain/post.ts';
import type { PostQuery, RestampedStore } from '../../pipelines/ports/post-store.ts';

export const STAMP = 'nodejieba@3.5.8+0123456789ab';

/** What a topic of the suite stands on: `store` is opened anew before each test. */
export interface StoreBed {
  readonly store: RestampedStore;
  /** A second store over the same documents, closed after the test. */
  another(): RestampedStore;
  settle(): Promise<void>;
  /** Saves, expects nothing to be refused, and settles. */
  saved(...posts: FoldedPost[]): Promise<void>;
  idsOf(query: PostQuery): Promise<string[]>;
}

/** Asks again until it holds. No limit of its own: a test that waits in vain is ended by the runner. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
}
