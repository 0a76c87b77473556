import type { PostRow } from '../../../server/contract/http.ts';

type Reason = NonNullable<PostRow['because']>[number];
export type MarkKind = 'claim' | 'place' | 'need' | 'mood' | 'other';

export interface TextPiece {
  readonly text: string;
  readonly mark: MarkKind | undefined;
}

const KINDS: readonly (readonly [RegExp, MarkKind])[] = [
  [/rumou?r|claim|谣|传/iu, 'claim'],
  [/region|place|locat|地|属/iu, 'place'],
  [/need|urgent|life|求助|投诉|咨询|建议|举报|急|诉求|duty/iu, 'need'],
  [/sentiment|mood|negative|positive|情|负|正/iu, 'mood'],
];

export const markKindOf = (label: string): MarkKind => KINDS.find(([pattern]) => pattern.test(label))?.[1] ?? 'other';

/**
 * Cuts a text into pieces with and without a mark, by the reasons' UTF-16 offsets. Reasons out of range are left out; where
 * two overlap, the one that starts first stays whole. The pieces joined are the text again, so they can only be shown as text.
 */
export function markPieces(text: string, reasons: readonly Reason[]): readonly TextPiece[] {
  const spans = reasons
    .flatMap(({ label, start, end }) =>
      start !== undefined && end !== undefined && start >= 0 && end > start && end <= text.length
        ? [{ start, end, mark: markKindOf(label) }]
        : [],
    )
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    if (span.start > at) pieces.push({ text: text.slice(at, span.start), mark: undefined });
    pieces.push({ text: text.slice(span.start, span.end), mark: span.mark });
    at = span.end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: undefined });
  return pieces;
}
