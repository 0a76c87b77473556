import { countBurst } from './burst-signs.ts';
import { countPost } from './count-post.ts';
import type { Counted } from './counted.ts';
import { PARTS, slim, type Part } from './part.ts';
import { newTally, type Opened, type Tally } from './tally.ts';

/** Counts one distinct post, and keeps it while there are few. */
export function countPart(tally: Tally, part: Part): void {
  count(tally, part);
  if (tally.parts === null) return;
  if (tally.parts.length < mostParts(tally)) tally.parts.push(slim(part));
  else tally.parts = null;
}

const mostParts = ({ opened }: Tally): number => (opened === null ? PARTS.before : PARTS.open);

function count(tally: Tally, { post, concern, isNewcomer }: Part): void {
  countPost(tally, post, concern);
  countBurst(tally.burst, post, isNewcomer);
}

/** Counts a copy of one of its posts. */
export function countCopy(tally: Tally, copy: Counted, isNewcomer: boolean): void {
  tally.copies++;
  const original = tally.parts?.find(({ post }) => post.id === copy.group);
  if (original !== undefined) original.copies++;
  countBurst(tally.burst, copy, isNewcomer);
}

/** A tally of just these posts, which it keeps as they are. `opened`: as what they are kept, which says how many may be. */
export function countedAnew(serial: number, parts: readonly Part[], opened: Opened | null): Tally {
  const tally = newTally(serial, parts[0]!.post);
  tally.opened = opened;
  for (const part of parts) {
    count(tally, part);
    tally.copies += part.copies;
  }
  tally.parts = parts.length <= mostParts(tally) ? [...parts] : null;
  return tally;
}
