import type { FoldedPost } from '../pipelines/domain/post.ts';
import type { Watched } from '../pipelines/ports/desk-store.ts';

/**
 * What else goes along with each watched batch: after its events and alerts were kept and sent, in order, and again for what a crash
 * made the flow read twice. A follower that fails is named in the log, and holds up nobody.
 */
export interface BatchFollower {
  take(posts: readonly FoldedPost[], watched: Watched): void;
  /** Plain data that goes into the snapshot beside the detector's; undefined: it keeps none. */
  save(): unknown;
  load(state: unknown): void;
}
