import type { Inbox } from '../../pipelines/ports/inbox.ts';
import type { Pseudonyms } from '../../pipelines/ports/pseudonyms.ts';
import { DAY_MS, PAGE, sortAged, type RetentionParts } from './retention.ts';

export interface PreviewParts extends Pick<RetentionParts, 'store' | 'desk' | 'marks' | 'mask' | 'now' | 'days'> {
  readonly inbox: { readonly authors: Pick<Inbox['authors'], 'countBefore'> };
  readonly pseudonyms: Pick<Pseudonyms, 'old'>;
  /** Posts looked at before it says "at least". */
  readonly most: number;
}

export interface RetentionPreview {
  /** Posts that would be looked at, masked, and kept whole as evidence. */
  readonly aged: number;
  readonly masked: number;
  readonly held: number;
  /** Held from earlier runs and evidence no more. */
  readonly freed: number;
  /** Pairs of pseudonym and post that would be forgotten, and keys destroyed. */
  readonly authors: number;
  readonly keys: number;
  /** There are more posts than were looked at: the first three are at least so many. */
  readonly more: boolean;
}

/** What a run of the retention job would do now with texts kept `days` days. Changes nothing. @throws StoreUnavailable */
export async function previewRetention(parts: PreviewParts): Promise<RetentionPreview> {
  const { store, desk, marks, inbox, pseudonyms, now, days, most } = parts;
  const cutoff = now - days * DAY_MS;
  const from = marks.maskedUpTo();
  let [aged, masked, held] = [0, 0, 0];
  let after: string | undefined;
  if (cutoff > from)
    do {
      const page = await store.find({
        ...(from > 0 && { seenFrom: from }),
        seenTo: cutoff,
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const sorted = sortAged(page.posts, parts);
      aged += page.posts.length;
      masked += sorted.amendments.length;
      held += sorted.held.length;
      after = page.next;
    } while (after !== undefined && aged < most);
  const earlier = marks.held();
  const evidence = desk.evidenceAmong(earlier);
  return {
    ...{ aged, masked, held },
    freed: earlier.filter((id) => !evidence.has(id)).length,
    authors: inbox.authors.countBefore(cutoff),
    keys: pseudonyms.old(days).length,
    more: after !== undefined,
  };
}
