import type { Silence, SourceBook } from '../../pipelines/ports/source-book.ts';
import { silentFrom } from './usual-interval.ts';

export interface SilenceParts {
  readonly book: SourceBook;
  readonly now: number;
  /** When this process began to listen: what could not have been heard is no silence of the source. */
  readonly since: number;
}

/** Raises an alert row for every source that has been quiet for twice its usual interval. Answers those that are new. */
export function noticeSilence({ book, now, since }: SilenceParts): readonly Omit<Silence, 'id' | 'endedAt'>[] {
  return book.list().flatMap((about) => {
    if (about.paused) return [];
    const beat = book.beat(about.name, now);
    const from = silentFrom(about, beat);
    if (from === null || beat === undefined) return [];
    const patience = from.at - beat.lastAt;
    if (now < Math.max(from.at, since + patience)) return [];
    const silence = { source: about.name, since: beat.lastAt, noticedAt: now, usualMs: from.usualMs };
    return book.fallSilent(silence) ? [silence] : [];
  });
}
