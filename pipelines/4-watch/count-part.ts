import type { FoldedPost } from '../domain/post.ts';
import { countBurst } from './burst-signs.ts';
import { countPost } from './count-post.ts';
import { PARTS, slim, type Part } from './part.ts';
import { newTally, type Opened, type Tally } from './tally.ts';

/** Counts one distinct post, and keeps it while there are few. */
export function countPart(tally: Tally, part: Part): void {
  countPost(tally, part.post, part.concern);
  countBurst(tally.burst, part.post, part.isNewcomer);
  if (tally.parts === null) return;
  if (tally.parts.length < (tally.opened === null ? PARTS.before : PARTS.open)) tally.parts.push(slim(part));
  else tally.parts = null;
}

/** Counts a copy of one of its posts. */
export function countCopy(tally: Tally, copy: FoldedPost, isNewcomer: boolean): void {
  tally.copies++;
  const original = tally.parts?.find(({ post }) => post.id === copy.group);
  if (original !== undefined) original.copies++;
  countBurst(tally.burst, copy, isNewcomer);
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
