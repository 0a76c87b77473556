import type { PostRow } from '../../../server/contract/http.ts';
import { markKindOf, type MarkKind } from '../incident/marked-text.ts';
import { markWords } from './mark-words.ts';

export interface MarkedPiece {
  readonly text: string;
  /** One of the words that were searched for. */
  readonly isWord: boolean;
  /** What it made the post be read as; undefined where it says nothing. */
  readonly reason: MarkKind | undefined;
}

/**
 * Cuts a text where a searched word or a reason (UTF-16 offsets) begins or ends. Reasons out of range are left out. The pieces joined are
 * the text again, so they can only be shown as text.
 */
export function markText(
  text: string,
  words: readonly string[],
  reasons: readonly NonNullable<PostRow['because']>[number][],
): readonly MarkedPiece[] {
  let at = 0;
  const found = markWords(text, words).map(({ text: { length }, marked }) => {
    const span = { start: at, end: at + length, marked };
    at += length;
    return span;
  });
  const told = reasons.flatMap(({ label, start, end }) =>
    start !== undefined && end !== undefined && start >= 0 && end > start && end <= text.length
      ? [{ start, end, kind: markKindOf(label) }]
      : [],
  );
  const edges = [...new Set([...found, ...told].flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const start = edges[index]!;
    const covers = (span: { readonly start: number; readonly end: number }): boolean =>
      span.start <= start && span.end >= end;
    return {
      text: text.slice(start, end),
      isWord: found.some((span) => span.marked && covers(span)),
      reason: told.find(covers)?.kind,
    };
  });
}
