import type { PostId } from '../../pipelines/domain/post.ts';
import type { CountsBook } from '../../pipelines/ports/counts-book.ts';
import type { Erased } from '../../pipelines/ports/erased.ts';
import type { Inbox } from '../../pipelines/ports/inbox.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';

const AT_ONCE = 500;

export interface EraseParts {
  readonly erased: Erased;
  readonly inbox: Pick<Inbox, 'erase'>;
  readonly counts: Pick<CountsBook, 'erase'>;
  readonly store: Pick<PostStore, 'amend'>;
}

/**
 * Takes out of every place here what the list of tombstones names from place `from` on, and answers how far it came. A server
 * does it at every start, so whatever a restore brought back goes again. @throws StoreUnavailable: go on from the same place
 */
export async function applyErasures({ erased, inbox, counts, store }: EraseParts, from: number): Promise<number> {
  const posts = erased.posts();
  let at = from;
  while (at < posts.length) {
    const ids: readonly PostId[] = posts.slice(at, at + AT_ONCE);
    inbox.erase(ids);
    counts.erase(ids);
    await store.amend(ids.map((id) => ({ id, erased: true })));
    at += ids.length;
  }
  return at;
}
