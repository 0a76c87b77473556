import type { Bucket, PostQuery, StoredPost } from './post-store.ts';

/** Rules of PostQuery that do not depend on the store, so that every adapter answers the same question alike. */

const DEFAULT_LIMIT = 50;
const HIGHEST_LIMIT = 200;
const MOST_BUCKETS = 10_000;

/** Totals are exact up to here. */
export const COUNTED_EXACTLY = 10_000;

/** @throws RangeError where the limit is not 1…200. */
export function limitOf({ limit = DEFAULT_LIMIT }: PostQuery): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
    throw new RangeError(`limit is ${limit}; it must be a whole number from 1 to ${HIGHEST_LIMIT}`);
  }
  return limit;
}

/** A place in the order newest first, same time by id. */
export interface Position {
  readonly time: number;
  readonly id: string;
}

/** The cursor that continues after a post. */
export const cursorAfter = ({ time, id }: StoredPost): string => `${time}~${id}`;

/** @throws RangeError where the cursor is none of ours. */
export function positionOf(cursor: string): Position {
  const parts = /^(-?\d{1,16})~(.+)$/su.exec(cursor);
  if (parts?.[1] === undefined || parts[2] === undefined) {
    throw new RangeError(
      `not a cursor: "${cursor.slice(0, 80)}"; use \`next\` of an earlier answer to the same question`,
    );
  }
  return { time: Number(parts[1]), id: parts[2] };
}

/** @throws RangeError where the span is empty, or the step so short that there would be over 10,000 buckets. */
export function checkSpan(from: number, to: number, stepMs: number): void {
  if (!Number.isInteger(from) || !Number.isInteger(to) || to <= from) {
    throw new RangeError(`from ${from} to ${to} is not a span of time in milliseconds`);
  }
  if (!Number.isInteger(stepMs) || stepMs < 1)
    throw new RangeError(`a step of ${stepMs} ms is not a whole number above 0`);
  if ((to - from) / stepMs > MOST_BUCKETS) {
    throw new RangeError(
      `a step of ${stepMs} ms makes over ${MOST_BUCKETS} buckets; take a longer step or a shorter span`,
    );
  }
}

/** Every bucket over [from, to) in order, those that nothing fell into as zeros. */
export function filledBuckets(found: readonly Bucket[], from: number, to: number, stepMs: number): Bucket[] {
  const byStart = new Map(found.map((bucket) => [bucket.at, bucket]));
  const buckets: Bucket[] = [];
  for (let at = from; at < to; at += stepMs) {
    buckets.push(byStart.get(at) ?? { at, posts: 0, distinct: 0, negative: 0, needs: 0 });
  }
  return buckets;
}
