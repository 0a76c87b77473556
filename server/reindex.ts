import type { FoldedPost, Post, UnderstoodPost } from '../pipelines/domain/post.ts';
import {
  unfinishedStamp,
  type PostQuery,
  type RestampedStore,
  type StoredPost,
} from '../pipelines/ports/post-store.ts';
import { asPost } from './review-desk.ts';

/** How far a reindexing has come. */
export interface ReindexMark {
  /** What it is made with; a mark of another is of no use. */
  readonly stamp: string;
  readonly after: string;
  readonly done: number;
}

export interface ReindexParts {
  readonly store: RestampedStore;
  readonly stamp: string;
  readonly understand: (posts: readonly Post[]) => readonly UnderstoodPost[];
  /** Where the last run was stopped; undefined: at the beginning. */
  readonly mark: ReindexMark | undefined;
  /** Called after every page; undefined once all is done. */
  readonly keep: (mark: ReindexMark | undefined) => void;
}

const PAGE: Pick<PostQuery, 'limit'> = { limit: 200 };

/**
 * Reads every post the store has, understands it again and writes it back under the same id, so that its words are cut by this tokeniser.
 * Until all are, the index bears a stamp that nobody can open it with. A kill costs one page: the same posts are written again.
 * @returns how many posts were read over all runs, and how many of this run the store would not take back
 * @throws StoreUnavailable: run it again
 */
export async function reindex(parts: ReindexParts): Promise<{ readonly posts: number; readonly refused: number }> {
  const { store, stamp, understand, mark, keep } = parts;
  const begun = mark?.stamp === stamp ? mark : undefined;
  let { after, done } = { after: begun?.after, done: begun?.done ?? 0 };
  let refused = 0;
  await store.restamp(unfinishedStamp(stamp));
  do {
    const page = await store.find({ ...PAGE, ...(after !== undefined && { after }) });
    const understood = understand(page.posts.map(asPost));
    refused += (await store.save(page.posts.map((post, at) => foldedOf(post, understood[at]!)))).length;
    done += page.posts.length;
    after = page.next;
    if (after !== undefined) keep({ stamp, after, done });
  } while (after !== undefined);
  await store.restamp(stamp);
  keep(undefined);
  return { posts: done, refused };
}

/** As it stood, with what is read of its text now. Hints that told its place are kept nowhere, so a place that only they told stays. */
function foldedOf(post: StoredPost, read: UnderstoodPost): FoldedPost {
  const kept =
    post.region === null || post.regionName === null
      ? null
      : { code: post.region, name: post.regionName, confidence: 1, candidates: [{ code: post.region, weight: 1 }] };
  return {
    ...read,
    ...(post.url === undefined ? {} : { url: post.url }),
    counts: post.counts,
    region: read.region ?? kept,
    group: post.group,
  };
}
