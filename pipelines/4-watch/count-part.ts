import type { FoldedPost } from '../domain/post.ts';
import { countBurst, newBurst, type BurstCount } from './burst-signs.ts';
import { countPost } from './count-post.ts';
import { PARTS, type Part } from './part.ts';
import { newTally, TEXT_KEPT, type Opened, type Tally } from './tally.ts';

/** The one post of a cluster, without what only other stages read. */
export interface Alone {
  readonly part: Part;
  /** Only once there are copies: most posts stay alone and have none. */
  burst: BurstCount | null;
}

function burstAround({ part }: Alone): BurstCount {
  const burst = newBurst();
  countBurst(burst, part.post, part.isNewcomer);
  return burst;
}

/** Counts one distinct post, and keeps it while there are few. */
export function countPart(tally: Tally, part: Part): void {
  countPost(tally, part.post, part.concern);
  countBurst(tally.burst, part.post, part.isNewcomer);
  if (tally.parts === null) return;
  if (tally.parts.length < (tally.opened === null ? PARTS.before : PARTS.open)) tally.parts.push(slim(part));
  else tally.parts = null;
}

const NO_SIGNATURE = new Uint32Array(0);

export const slim = (part: Part): Part => ({ ...part, post: slimPost(part.post) });

const slimPost = (post: FoldedPost): FoldedPost => ({
  ...post,
  text: post.text.slice(0, TEXT_KEPT),
  tokens: [],
  because: [],
  signature: NO_SIGNATURE,
});

/** Counts a copy of one of its posts. */
export function countCopy(tally: Tally, copy: FoldedPost, isNewcomer: boolean): void {
  tally.copies++;
  const original = tally.parts?.find(({ post }) => post.id === copy.group);
  if (original !== undefined) original.copies++;
  countBurst(tally.burst, copy, isNewcomer);
}

export function countCopyOfAlone(alone: Alone, copy: FoldedPost, isNewcomer: boolean): void {
  alone.part.copies++;
  alone.burst ??= burstAround(alone);
  countBurst(alone.burst, copy, isNewcomer);
}

/** A tally of just these posts. `opened`: as what they are kept, which says how many may be. */
export function countedAnew(serial: number, parts: readonly Part[], opened: Opened | null): Tally {
  const tally = newTally(serial, parts[0]!.post);
  tally.opened = opened;
  for (const part of parts) {
    countPart(tally, part);
    tally.copies += part.copies;
  }
  return tally;
}
