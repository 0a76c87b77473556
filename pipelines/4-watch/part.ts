import type { FoldedPost } from '../domain/post.ts';
import type { Concern } from './concern.ts';
import { TEXT_KEPT } from './tally.ts';
import type { Terms } from './terms.ts';
import type { Vector } from './vector.ts';

/** One post of a young cluster, with what it takes to count it anew should it turn out to be of another event. */
export interface Part {
  readonly post: FoldedPost;
  readonly concern: Concern;
  readonly isNewcomer: boolean;
  /** Its heaviest words, its roads and its divisions. */
  readonly terms: Terms;
  copies: number;
}

/** Parts kept of a cluster that is no incident (yet), and of one that is. With more it is never taken apart. */
export const PARTS = { before: 8, open: 48 } as const;

/** The terms a part is kept with: as many words as a cluster is looked up by. */
export function heaviestTerms(terms: Terms, vector: Vector): Terms {
  const kept = terms.ids.flatMap((_, at) => (vector.order.includes(at) ? [at] : []));
  return { ...terms, ids: kept.map((at) => terms.ids[at]!), words: kept.map((at) => terms.words[at]!), grams: [] };
}

const NO_SIGNATURE = new Uint32Array(0);

/** Without what only other stages read, and no more of its text than a title may be cut from. */
export const slim = (part: Part): Part => ({ ...part, post: slimPost(part.post) });

const slimPost = (post: FoldedPost): FoldedPost => ({
  ...post,
  text: post.text.slice(0, TEXT_KEPT),
  tokens: [],
  because: [],
  signature: NO_SIGNATURE,
});
