import type { CountsBook } from '../../pipelines/ports/counts-book.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';

const AT_ONCE = 500;
/** A post that no store holds after this was erased or refused. */
const GIVEN_UP_MS = 24 * 3_600_000;

/** Brings the newest counts of posts seen again into the search store. @throws StoreUnavailable, and they stay due */
export async function showCounts(counts: CountsBook, store: Pick<PostStore, 'amend'>, now: number): Promise<number> {
  let shown = 0;
  for (;;) {
    const due = counts.due(AT_ONCE);
    if (due.length === 0) return shown;
    const missing = new Set(await store.amend(due.map(({ post, counts: latest }) => ({ id: post, counts: latest }))));
    const done = due.filter(({ post, since }) => !missing.has(post) || now - since > GIVEN_UP_MS);
    counts.shown(done);
    shown += done.length;
    // Those that wait for the indexer stand first; what is behind them comes with the next round.
    if (due.length < AT_ONCE || done.length === 0) return shown;
  }
}
