import type { FoldedPost } from '../domain/post.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeadLetter } from '../ports/inbox.ts';
import type { PostStore } from '../ports/post-store.ts';

/**
 * Brings a batch to the store. What the store can never take comes back as dead letters (`row` is the place in the batch,
 * from 1); everything else is durably stored when this resolves.
 * @throws StoreUnavailable where nothing may be assumed; call again with the same batch, saving is idempotent.
 */
export const indexPosts =
  (store: PostStore, clock: Clock) =>
  async (batch: readonly FoldedPost[]): Promise<readonly DeadLetter[]> => {
    const rejected = await store.save(batch);
    if (rejected.length === 0) return [];
    const reasons = new Map(rejected.map(({ id, because }) => [id, because]));
    return batch.flatMap((post, index) => {
      const because = reasons.get(post.id);
      if (because === undefined) return [];
      return [
        { at: clock.now(), source: post.source, row: index + 1, because, raw: rawOf(post), door: 'index' as const },
      ];
    });
  };

const LONGEST_RAW = 64 * 1024;

/** The post without what is recomputed from it. */
const rawOf = ({ signature: _signature, tokens: _tokens, because: _because, ...post }: FoldedPost): string =>
  JSON.stringify(post).slice(0, LONGEST_RAW);
