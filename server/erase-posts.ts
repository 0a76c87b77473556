import { urlWithoutAuthor } from '../pipelines/1-intake/url-without-author.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { FrontDoor } from './front-door.ts';
import { applyErasures } from './jobs/erase.ts';

/** One post by its address, or all of one author by the id the platform gave them. */
export type EraseWhat = { readonly url: string } | { readonly author: string; readonly platform: string };

/** What was found. `authors` are pseudonyms: the id itself is only made into them here, in memory, and is written nowhere. */
export interface Found {
  readonly by: 'url' | 'author';
  readonly posts: readonly PostId[];
  readonly authors: readonly string[];
}

/** @throws StoreUnavailable */
export async function findToErase(what: EraseWhat, front: FrontDoor, store: PostStore): Promise<Found> {
  if ('url' in what) return { by: 'url', posts: await postsAt(what.url, front, store), authors: [] };
  const authors = front.pseudonyms.everyKeyed(`${what.platform}|${what.author}`);
  return { by: 'author', posts: front.inbox.authors.postsOf(authors), authors };
}

/**
 * Takes these out of every place, after it was written down who wanted it and why. A tombstone keeps what was erased from coming back
 * by an import, a replay or a restore. @throws StoreUnavailable: what the store still has goes with the next round of housekeeping
 */
export async function eraseFound(
  { by, posts, authors }: Found,
  { who, why, at }: { readonly who: string; readonly why: string; readonly at: number },
  front: FrontDoor,
  store: PostStore,
): Promise<void> {
  const { inbox, erased, door } = front;
  door.accesses.add({ at, who, why, what: 'erase', subject: `${by} ${posts.length}` });
  const from = erased.posts().length;
  erased.add(posts, authors, at);
  await applyErasures({ erased, inbox, counts: door.counts, store }, from);
  inbox.authors.forget(0);
}

/** In the store, and among what still waits to be indexed. */
async function postsAt(url: string, { inbox }: FrontDoor, store: PostStore): Promise<PostId[]> {
  const shown = urlWithoutAuthor(url, undefined) ?? url;
  const found = new Set<PostId>();
  for (const address of new Set([url, shown])) {
    let after: string | undefined;
    do {
      const page = await store.find({ url: address, limit: 200, ...(after !== undefined && { after }) });
      for (const { id } of page.posts) found.add(id);
      after = page.next;
    } while (after !== undefined);
  }
  for (let at = inbox.passed('index'); ;) {
    const rows = inbox.read(at, 1_000);
    for (const { post } of rows) if (post.url === url || post.url === shown) found.add(post.id);
    const last = rows.at(-1);
    if (last === undefined) return [...found];
    at = last.offset;
  }
}
