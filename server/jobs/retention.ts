import type { PostId } from '../../pipelines/domain/post.ts';
import type { CountsBook } from '../../pipelines/ports/counts-book.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';
import type { Inbox } from '../../pipelines/ports/inbox.ts';
import type { Amendment, PostStore, StoredPost } from '../../pipelines/ports/post-store.ts';
import type { Pseudonyms } from '../../pipelines/ports/pseudonyms.ts';
import type { RetentionMarks } from '../../pipelines/ports/retention-marks.ts';

export const DAY_MS = 86_400_000;
export const PAGE = 200;
/** Counts of a post that nobody has seen for so long. */
const COUNTS_DAYS = 90;

export interface RetentionParts {
  readonly store: Pick<PostStore, 'find' | 'amend'>;
  readonly desk: Pick<DeskStore, 'evidenceAmong'>;
  readonly marks: RetentionMarks;
  readonly inbox: Pick<Inbox, 'authors'>;
  readonly counts: Pick<CountsBook, 'forget'>;
  readonly pseudonyms: Pick<Pseudonyms, 'destroyOld'>;
  readonly mask: (text: string) => string;
  readonly now: number;
  /** How long texts are kept whole. */
  readonly days: number;
}

export interface Retained {
  readonly masked: number;
  /** Kept whole as evidence. */
  readonly held: number;
  readonly keysDestroyed: number;
}

/**
 * Masks texts that were seen more than `days` ago, but for evidence of an incident whose file is kept; forgets who wrote what,
 * and destroys the keys of that time. Running it twice changes nothing more. @throws StoreUnavailable: run it again later
 */
export async function retain(parts: RetentionParts): Promise<Retained> {
  const { store, marks, inbox, counts, pseudonyms, now, days } = parts;
  const cutoff = now - days * DAY_MS;
  const from = marks.maskedUpTo();
  let masked = 0;
  const holding: PostId[] = [];
  if (cutoff > from) {
    let after: string | undefined;
    do {
      const page = await store.find({
        ...(from > 0 && { seenFrom: from }),
        seenTo: cutoff,
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const { amendments, held } = sortAged(page.posts, parts);
      await store.amend(amendments);
      masked += amendments.length;
      holding.push(...held);
      after = page.next;
    } while (after !== undefined);
  }
  const freed: PostId[] = [];
  const earlier = marks.held();
  for (let at = 0; at < earlier.length; at += PAGE) {
    const ids = earlier.slice(at, at + PAGE);
    const evidence = parts.desk.evidenceAmong(ids);
    const free = ids.filter((id) => !evidence.has(id));
    if (free.length === 0) continue;
    const { amendments } = sortAged((await store.find({ ids: free, limit: PAGE })).posts, parts);
    await store.amend(amendments);
    masked += amendments.length;
    freed.push(...free);
  }
  marks.keep(Math.max(from, cutoff), holding, freed);
  inbox.authors.forget(cutoff);
  counts.forget(now - COUNTS_DAYS * DAY_MS);
  marks.tidy();
  return {
    masked,
    held: earlier.length - freed.length + holding.length,
    keysDestroyed: pseudonyms.destroyOld(days).length,
  };
}

/** What of these would be masked, and what of that is held as evidence. */
export function sortAged(
  posts: readonly StoredPost[],
  { desk, mask }: Pick<RetentionParts, 'desk' | 'mask'>,
): { readonly amendments: readonly Amendment[]; readonly held: readonly PostId[] } {
  const telling = posts.flatMap((post) => {
    const text = mask(post.text);
    const title = post.title === undefined ? undefined : mask(post.title);
    return text === post.text && title === post.title ? [] : [{ id: post.id, text, title }];
  });
  const evidence = desk.evidenceAmong(telling.map(({ id }) => id));
  return {
    amendments: telling.filter(({ id }) => !evidence.has(id)),
    held: telling.filter(({ id }) => evidence.has(id)).map(({ id }) => id),
  };
}
