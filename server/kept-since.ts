import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { Reported } from './report-parts.ts';

const MINUTE = 60_000;
/** No post of a deployment is older: 2000. */
const EARLIEST = 946_684_800_000;

/**
 * Since when posts of a report's region are kept, by the time they were written, to the minute; null where there are none yet. Asks
 * some twenty times for one post, each cheap, and never counts.
 */
export async function keptSince(
  store: Pick<PostStore, 'find'>,
  reported: Reported,
  now: number,
): Promise<number | null> {
  let before = Math.floor(EARLIEST / MINUTE);
  let until = Math.ceil(now / MINUTE) + 1;
  if (!(await isKeptBefore(store, reported, until * MINUTE))) return null;
  // Nothing is kept before `before`, something before `until`.
  while (until - before > 1) {
    const middle = Math.floor((before + until) / 2);
    if (await isKeptBefore(store, reported, middle * MINUTE)) until = middle;
    else before = middle;
  }
  return before * MINUTE;
}

/** Whether any post of a report's region is kept from before a time. */
export async function isKeptBefore(store: Pick<PostStore, 'find'>, { of }: Reported, time: number): Promise<boolean> {
  const { posts } = await store.find({ to: time, limit: 1, ...(of === null ? {} : { region: of }) });
  return posts.length > 0;
}
