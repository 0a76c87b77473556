import type { PostId } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import { countBurst, newBurst, type BurstCount } from './burst-signs.ts';
import { countedAnew } from './count-part.ts';
import { regionOfFew, sureRegion } from './count-places.ts';
import type { Counted } from './counted.ts';
import { PARTS, slim, type Part } from './part.ts';
import type { Tally } from './tally.ts';

/**
 * A cluster of few posts, kept as these posts alone: most clusters never have more, and everything that is counted of one can be
 * counted from them when it is asked for.
 */
export interface Young {
  readonly parts: Part[];
  /** Only once there are copies: most posts have none. */
  burst: BurstCount | null;
}

export const newYoung = (part: Part): Young => ({ parts: [slim(part)], burst: null });

/** False where it has as many posts as are kept: it has to grow up first. */
export function takeIn(young: Young, part: Part): boolean {
  if (young.parts.length === PARTS.before) return false;
  young.parts.push(slim(part));
  if (young.burst !== null) countBurst(young.burst, part.post, part.isNewcomer);
  return true;
}

export function takeInCopy(young: Young, copy: Counted, isNewcomer: boolean): void {
  const original = young.parts.find(({ post }) => post.id === copy.group);
  if (original !== undefined) original.copies++;
  if (young.burst === null) {
    young.burst = newBurst();
    for (const { post, isNewcomer: wasNew } of young.parts) countBurst(young.burst, post, wasNew);
  }
  countBurst(young.burst, copy, isNewcomer);
}

/** Everything that is counted of a cluster, of these posts. */
export function tallyOfYoung(serial: number, { parts, burst }: Young): Tally {
  const tally = countedAnew(serial, parts, null);
  if (burst !== null) tally.burst = burst;
  return tally;
}

export const concernOfYoung = ({ parts }: Young): number => {
  let sum = 0;
  for (const { concern } of parts) sum += concern.score;
  return sum / parts.length;
};

export function voicesOfYoung({ parts }: Young): number {
  let voices = 0;
  for (let at = 0; at < parts.length; at++) {
    const author = authorOf(parts[at]!.post);
    let first = 0;
    while (authorOf(parts[first]!.post) !== author) first++;
    if (first === at) voices++;
  }
  return voices;
}

const authorOf = (post: Counted): string | PostId => post.author?.key ?? post.id;

/** Where it is, as `regionOf` says of the whole tally. */
export const regionOfYoung = ({ parts }: Young): RegionCode | null =>
  regionOfFew(parts.map(({ post }) => sureRegion(post)).filter((region) => region !== null));
