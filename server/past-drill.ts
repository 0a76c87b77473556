import type { Incident } from '../pipelines/domain/incident.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';

const HOUR = 3_600_000;
/** What came before is known to the detector as what is usual. */
const BEFORE = 24 * HOUR;
const LEAD_IN = 5 * 60_000;
const AFTER = HOUR / 2;
const PAGE = 200;
/** A drill is played on the machine of the office; more than this is no drill any more. */
export const MOST_POSTS = 100_000;

export interface PastPosts {
  /** Event time the drill begins and ends at, epoch ms. */
  readonly from: number;
  readonly until: number;
  /** Canonical posts, oldest first. */
  readonly posts: readonly { readonly at: number; readonly value: { readonly time: string } }[];
}

/**
 * All that the office's store has of the time of a past incident and the day before it, and the incident's own evidence whatever its
 * age. Posts come masked and without authors, as they are kept. undefined where none of the evidence is kept any more.
 * @throws StoreUnavailable, RangeError where it was too much for a drill
 */
export async function pastPosts(
  incident: Incident,
  evidence: readonly PostId[],
  store: Pick<PostStore, 'find'>,
): Promise<PastPosts | undefined> {
  const found = new Map<PostId, StoredPost>();
  for (let at = 0; at < evidence.length; at += PAGE)
    for (const post of (await store.find({ ids: evidence.slice(at, at + PAGE), limit: PAGE })).posts)
      found.set(post.id, post);
  if (![...found.values()].some(isReadable)) return undefined;
  const until = incident.lastPostAt + AFTER;
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.find({
      ...{ from: incident.firstPostAt - BEFORE, to: until, limit: PAGE },
      ...(after === undefined ? {} : { after }),
    });
    for (const post of page.posts) found.set(post.id, post);
    if (found.size > MOST_POSTS) throw new RangeError(`这件事前后的帖文超过${MOST_POSTS}条，不适合当演练重放`);
    after = page.next;
  }
  const posts = [...found.values()]
    .filter(isReadable)
    .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    .map((post) => ({ at: post.time, value: canonical(post) }));
  return { from: incident.firstPostAt - LEAD_IN, until, posts };
}

const isReadable = ({ text }: StoredPost): boolean => text.trim() !== '';

/** As a source would send it; its place goes with it, because what it was found by may have been a hint. */
function canonical(post: StoredPost): { readonly time: string } {
  const { id, platform, kind, text, title, url, source, authorKind, regionName, counts } = post;
  return {
    ...{ id, platform, kind, text, counts },
    time: new Date(post.time).toISOString(),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    // Nobody's key: each post its own voice, for who wrote it was never kept.
    author: { key: id, kind: authorKind ?? 'ordinary' },
    ...(regionName === null ? {} : { hints: { poi: regionName } }),
    ...{ source },
  } as { readonly time: string };
}
