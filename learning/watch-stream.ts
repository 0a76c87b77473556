/** Raw texts to folded posts, as the server does it, with the detector's own time kept apart. */
import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { foldPosts } from '../pipelines/1-intake/fold-posts.ts';
import type { Detector } from '../pipelines/4-watch/detect.ts';
import type { Watch } from '../pipelines/4-watch/ledger.ts';
import type { FoldedPost, Post, PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { understanding, type UnderstandingParts } from '../pipelines/pipeline.ts';
import type { Stage } from '../pipelines/stage.ts';

const BATCH = 500;

export interface Raw {
  readonly id: string;
  readonly text: string;
  /** Epoch ms. */
  readonly time: number;
  readonly kind?: Post['kind'];
  readonly author?: Post['author'];
  readonly province?: string;
  /** The post it forwards. */
  readonly root?: string;
}

export const toPost = (raw: Raw): Post => ({
  id: raw.id as PostId,
  platform: '评测',
  nativeId: raw.id,
  kind: raw.kind ?? 'post',
  text: raw.text,
  time: raw.time,
  seenAt: raw.time,
  source: '评测',
  ...(raw.root === undefined ? {} : { root: raw.root }),
  ...(raw.author === undefined ? {} : { author: raw.author }),
  ...(raw.province === undefined ? {} : { hints: { province: raw.province } }),
});

export interface Stream {
  /** Called after each batch with what it changed. */
  readonly onBatch: (batch: readonly FoldedPost[], watch: Watch, detector: Detector) => void;
}

/** Understands posts batch by batch, each once. `posts` must be in the order in which they are to come. */
export function* understood(parts: UnderstandingParts, posts: readonly Raw[]): Generator<UnderstoodPost[]> {
  const stage: Stage<Post, UnderstoodPost> = understanding(parts);
  for (let at = 0; at < posts.length; at += BATCH) yield stage(posts.slice(at, at + BATCH).map(toPost));
}

/** Folds and watches what was understood; answers the processor seconds that the detector alone took. */
export function watchStream(
  batches: Iterable<readonly UnderstoodPost[]>,
  detector: Detector,
  { onBatch }: Stream,
): { posts: number; seconds: number } {
  const folding = foldPosts(new FoldIndex(), (_, id) => id as PostId);
  let posts = 0;
  let micros = 0;
  for (const batch of batches) {
    const folded = folding(batch);
    const before = process.cpuUsage();
    const watch = detector.watch(folded);
    const spent = process.cpuUsage(before);
    micros += spent.user + spent.system;
    posts += folded.length;
    onBatch(folded, watch, detector);
  }
  return { posts, seconds: micros / 1e6 };
}

/**
 * Which cluster each post went to in the end, read from the detector's own state (`save().book.groups`), so that what is
 * measured is the detector itself. A serial that a merge has changed is noted again while the detector remembers the post.
 */
export class ClusterIds {
  readonly #serials = new Map<PostId, number>();
  readonly #groups = new Map<PostId, PostId>();

  note(batch: readonly FoldedPost[], detector: Detector): void {
    for (const post of batch) this.#groups.set(post.id, post.group);
    for (const [post, serial] of detector.save().book.groups) this.#serials.set(post, serial);
  }

  /** A post that went to no cluster is one of its own. */
  of(id: PostId): string {
    const group = this.#groups.get(id) ?? id;
    const serial = this.#serials.get(group);
    return serial === undefined ? `alone ${group}` : String(serial);
  }
}
